"""How a database finds words: full text on SQLite, trigrams on PostgreSQL; the same answers from both.

Rule: stored words and asked words are made by ``dossiers.search_words`` alone and hold letters and digits
only. Neither database folds anything: ``unaccent`` knows nothing of our two placements of a tone, and an
index over it would be out of date with every release of its rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, and_, literal_column, select
from sqlalchemy.sql.selectable import TableClause

from dossiers.search_words import Phrase
from storage.records.schema import field_values, name_index, page_index


class WordMatch(Protocol):
    """Conditions on words."""

    def stored(self, words: Phrase) -> str:
        """The words of a page as they are kept in ``page_index``."""
        ...

    def on_page(self, phrases: Sequence[Phrase], *, exact_tones: bool) -> ColumnElement[bool]:
        """The rows of ``page_index`` that hold every phrase, its words next to one another."""
        ...

    def in_name(self, name: Phrase, *, exact_tones: bool) -> ColumnElement[bool]:
        """The rows of ``field_values`` whose name holds these words in order, others in between."""
        ...


class FullTextMatch:
    """FTS5 of SQLite: its syntax sees what was asked inside double quotes."""

    def stored(self, words: Phrase) -> str:
        """Plain words: the tokenizer parts them."""
        return " ".join(words)

    def on_page(self, phrases: Sequence[Phrase], *, exact_tones: bool) -> ColumnElement[bool]:
        """By the full-text table."""
        return _full_text(page_index, phrases, exact_tones)

    def in_name(self, name: Phrase, *, exact_tones: bool) -> ColumnElement[bool]:
        """By the full-text table, then by order."""
        entries = select(name_index.c.rowid).where(
            _full_text(name_index, [(word,) for word in name], exact_tones)
        )
        return and_(field_values.c.seq.in_(entries), _in_order(name, exact_tones))


class TrigramMatch:
    """``LIKE`` on PostgreSQL, quick by an index of trigrams (``pg_trgm``)."""

    def stored(self, words: Phrase) -> str:
        """Words with a blank before, between and after them: whole words only are found."""
        return f" {' '.join(words)} "

    def on_page(self, phrases: Sequence[Phrase], *, exact_tones: bool) -> ColumnElement[bool]:
        """Each phrase between blanks."""
        column = page_index.c.toned if exact_tones else page_index.c.folded
        return and_(*(column.like(f"%{self.stored(phrase)}%") for phrase in phrases))

    def in_name(self, name: Phrase, *, exact_tones: bool) -> ColumnElement[bool]:
        """By order; the index covers the columns themselves."""
        return _in_order(name, exact_tones)


def match_for(connection: Connection) -> WordMatch:
    """The way of the database at the other end."""
    return TrigramMatch() if connection.dialect.name == "postgresql" else FullTextMatch()


def padded(words: Phrase) -> str:
    """Puts each word between blanks of its own, so that LIKE finds whole words in order."""
    return "".join(f" {word} " for word in words)


def _in_order(name: Phrase, exact_tones: bool) -> ColumnElement[bool]:
    column = field_values.c.toned if exact_tones else field_values.c.folded
    return column.like("%".join(["", *(padded((word,)) for word in name), ""]))


def _full_text(index: TableClause, phrases: Sequence[Phrase], exact_tones: bool) -> ColumnElement[bool]:
    column = "toned" if exact_tones else "folded"
    quoted = " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
    return literal_column(index.name).op("MATCH", is_comparison=True)(f"{column} : ({quoted})")
