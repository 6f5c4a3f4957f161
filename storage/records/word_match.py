"""How a database finds words: full text on SQLite, trigrams on PostgreSQL; the same answers from both.

Rule: stored words and asked words are made by ``dossiers.search_words`` alone and hold letters and digits
only. Neither database folds anything: ``unaccent`` knows nothing of our two placements of a tone, and an
index over it would be out of date with every release of its rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, and_, literal_column, or_, select
from sqlalchemy.sql.selectable import TableClause

from dossiers.search_words import Phrase
from storage.records.schema import field_values, name_index, page_index

#: The spellings under which the words of pages may hold a phrase.
Spell = Callable[[Phrase], Sequence[Phrase]]


def as_it_is(phrase: Phrase) -> Sequence[Phrase]:
    """The phrase itself."""
    return (phrase,)


class WordMatch(Protocol):
    """Conditions on words."""

    def stored(self, words: Phrase) -> str:
        """The words of a page as they are kept in ``page_index``."""
        ...

    def on_page(self, phrases: Sequence[Phrase], *, exact_tones: bool) -> ColumnElement[bool]:
        """The rows of ``page_index`` that hold every phrase in some spelling, its words side by side."""
        ...

    def in_name(self, name: Phrase, *, exact_tones: bool) -> ColumnElement[bool]:
        """The rows of ``field_values`` whose name holds these words in order, others in between."""
        ...


class FullTextMatch:
    """FTS5 of SQLite: its syntax sees what was asked inside double quotes."""

    def __init__(self, spell: Spell = as_it_is) -> None:
        self._spell = spell

    def stored(self, words: Phrase) -> str:
        """Plain words: the tokenizer parts them."""
        return " ".join(words)

    def on_page(self, phrases: Sequence[Phrase], *, exact_tones: bool) -> ColumnElement[bool]:
        """By the full-text table."""
        return _full_text(page_index, [self._spell(phrase) for phrase in phrases], exact_tones)

    def in_name(self, name: Phrase, *, exact_tones: bool) -> ColumnElement[bool]:
        """By the full-text table, then by order."""
        entries = select(name_index.c.rowid).where(
            _full_text(name_index, [as_it_is((word,)) for word in name], exact_tones)
        )
        return and_(field_values.c.seq.in_(entries), _in_order(name, exact_tones))


class TrigramMatch:
    """``LIKE`` on PostgreSQL, quick by an index of trigrams (``pg_trgm``)."""

    def __init__(self, spell: Spell = as_it_is) -> None:
        self._spell = spell

    def stored(self, words: Phrase) -> str:
        """Words with a blank before, between and after them: whole words only are found."""
        return f" {' '.join(words)} "

    def on_page(self, phrases: Sequence[Phrase], *, exact_tones: bool) -> ColumnElement[bool]:
        """Each phrase between blanks."""
        column = page_index.c.toned if exact_tones else page_index.c.folded
        spelled = [self._spell(phrase) for phrase in phrases]
        return and_(*(or_(*(column.like(f"%{self.stored(each)}%") for each in any_of)) for any_of in spelled))

    def in_name(self, name: Phrase, *, exact_tones: bool) -> ColumnElement[bool]:
        """By order; the index covers the columns themselves."""
        return _in_order(name, exact_tones)


def match_for(connection: Connection, spell: Spell = as_it_is) -> WordMatch:
    """The way of the database at the other end."""
    return TrigramMatch(spell) if connection.dialect.name == "postgresql" else FullTextMatch(spell)


def padded(words: Phrase) -> str:
    """Puts each word between blanks of its own, so that LIKE finds whole words in order."""
    return "".join(f" {word} " for word in words)


def _in_order(name: Phrase, exact_tones: bool) -> ColumnElement[bool]:
    column = field_values.c.toned if exact_tones else field_values.c.folded
    return column.like("%".join(["", *(padded((word,)) for word in name), ""]))


def _full_text(
    index: TableClause, phrases: Sequence[Sequence[Phrase]], exact_tones: bool
) -> ColumnElement[bool]:
    column = "toned" if exact_tones else "folded"
    quoted = " AND ".join(_any_of(spelled) for spelled in phrases)
    return literal_column(index.name).op("MATCH", is_comparison=True)(f"{column} : ({quoted})")


def _any_of(spelled: Sequence[Phrase]) -> str:
    joined = " OR ".join(f'"{" ".join(phrase)}"' for phrase in spelled)
    return f"({joined})" if len(spelled) > 1 else joined
