"""How a database finds words: full text on SQLite, trigrams on PostgreSQL; the same answers from both.

Rule: stored words and asked words are made by ``dossiers.search_words`` alone and hold letters and digits
only. Neither database folds anything: ``unaccent`` knows nothing of our two placements of a tone, and an
index over it would be out of date with every release of its rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from sqlalchemy import ColumnElement, Connection, Select, and_, literal_column, or_, select, text
from sqlalchemy.sql.selectable import TableClause

from dossiers.search_words import Phrase
from storage.records.one_of import one_of
from storage.records.schema import field_values, name_index, page_index

#: Passing over so many rows of the full text costs about as much as a look of its own.
_CLOSE: Final = 200
#: The order of the two tables is meant: the outer one says where to look.
_STRETCHES: Final = text(
    "SELECT page_index.rowid FROM json_each(:stretches) AS stretch CROSS JOIN page_index "
    "WHERE page_index MATCH :asked "
    "AND page_index.rowid >= json_extract(stretch.value, '$[0]') "
    "AND page_index.rowid <= json_extract(stretch.value, '$[1]')"
)
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

    def naming(self, name: Phrase, *, exact_tones: bool) -> Select[int]:
        """Numbers of ``field_values`` whose name may hold these words; ``in_name`` says which do."""
        ...

    def among(
        self, connection: Connection, numbers: Sequence[int], phrases: Sequence[Phrase], *, exact_tones: bool
    ) -> frozenset[int]:
        """Those of these rows of ``page_index`` that hold every phrase."""
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

    def naming(self, name: Phrase, *, exact_tones: bool) -> Select[int]:
        """By the full-text table, which knows nothing of order."""
        return select(name_index.c.rowid).where(
            _full_text(name_index, [as_it_is((word,)) for word in name], exact_tones)
        )

    def among(
        self, connection: Connection, numbers: Sequence[int], phrases: Sequence[Phrase], *, exact_tones: bool
    ) -> frozenset[int]:
        """By the full-text table, one look for numbers that lie close to one another."""
        told = {
            "stretches": json.dumps(stretches_of(numbers)),
            "asked": _asked([self._spell(phrase) for phrase in phrases], exact_tones),
        }
        return frozenset(connection.execute(_STRETCHES, told).scalars().all()) & frozenset(numbers)


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

    def naming(self, name: Phrase, *, exact_tones: bool) -> Select[int]:
        """By order; the index covers the columns themselves."""
        return select(field_values.c.seq).where(in_name(name, exact_tones=exact_tones))

    def among(
        self, connection: Connection, numbers: Sequence[int], phrases: Sequence[Phrase], *, exact_tones: bool
    ) -> frozenset[int]:
        """By the words of each page."""
        asked = self.on_page(phrases, exact_tones=exact_tones)
        statement = select(page_index.c.rowid).where(one_of(connection, page_index.c.rowid, numbers), asked)
        return frozenset(connection.execute(statement).scalars())


def match_for(connection: Connection, spell: Spell = as_it_is) -> WordMatch:
    """The way of the database at the other end."""
    return TrigramMatch(spell) if connection.dialect.name == "postgresql" else FullTextMatch(spell)


def stretches_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of numbers that lie close to one another, ascending."""
    found: list[tuple[int, int]] = []
    for each in sorted(numbers):
        if found and each - found[-1][1] <= _CLOSE:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return found


def padded(words: Phrase) -> str:
    """Puts each word between blanks of its own, so that LIKE finds whole words in order."""
    return "".join(f" {word} " for word in words)


def in_name(name: Phrase, *, exact_tones: bool) -> ColumnElement[bool]:
    """The rows of ``field_values`` whose name holds these words in order, others in between."""
    column = field_values.c.toned if exact_tones else field_values.c.folded
    return column.like("%".join(["", *(padded((word,)) for word in name), ""]))


def _full_text(
    index: TableClause, phrases: Sequence[Sequence[Phrase]], exact_tones: bool
) -> ColumnElement[bool]:
    return literal_column(index.name).op("MATCH", is_comparison=True)(_asked(phrases, exact_tones))


def _asked(phrases: Sequence[Sequence[Phrase]], exact_tones: bool) -> str:
    column = "toned" if exact_tones else "folded"
    quoted = " AND ".join(_any_of(spelled) for spelled in phrases)
    return f"{column} : ({quoted})"


def _any_of(spelled: Sequence[Phrase]) -> str:
    joined = " OR ".join(f'"{" ".join(phrase)}"' for phrase in spelled)
    return f"({joined})" if len(spelled) > 1 else joined
