"""Search over the full-text tables of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, RowMapping, Select, Text, bindparam, insert, select
from sqlalchemy.dialects import sqlite

from dossiers.citizens import NumberIndex
from dossiers.page import Page, PageState
from dossiers.search import Hit, Query
from dossiers.search_words import best_line, check_query, phrases_of, words_of
from dossiers.text_folding import to_nfc
from storage.records.blind_words import blinded, spellings
from storage.records.number_entries import entries_of
from storage.records.schema import page_index, page_texts, pages
from storage.records.search_plan import USUAL_LIMITS, SearchLimits, SearchPlan
from storage.records.search_reach import reach_of
from storage.records.trouble import not_found
from storage.records.turns import survey
from storage.records.upsert import insertion
from storage.records.word_match import match_for


# Made once: making a statement costs more than the database takes to answer it.
@cache
def _keeping(dialect: str) -> sqlite.Insert:
    """Keeps the text of a page that is there, in place of an older one: ``the_page``, ``new_text``."""
    statement = insertion(dialect, page_texts).from_select(
        ["page_id", "text"], _of_page(pages.c.page_id, bindparam("new_text", type_=Text))
    )
    keeping = statement.on_conflict_do_update(
        index_elements=[page_texts.c.page_id], set_={"text": statement.excluded.text}
    )
    return keeping.execution_options(preserve_rowcount=True)


@cache
def _indexing(dialect: str) -> Insert:
    """Indexes the words of a page in place of older ones: ``the_page``, ``new_folded``, ``new_toned``."""
    words = (bindparam("new_folded", type_=Text), bindparam("new_toned", type_=Text))
    names, own = ["rowid", "folded", "toned"], _of_page(pages.c.seq, *words)
    if dialect == "sqlite":  # a full-text table knows no other words for it
        return insert(page_index).prefix_with("OR REPLACE").from_select(names, own)
    statement = insertion(dialect, page_index).from_select(names, own)
    return statement.on_conflict_do_update(
        index_elements=[page_index.c.rowid],
        set_={"folded": statement.excluded.folded, "toned": statement.excluded.toned},
    )


def _of_page(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(pages.c.page_id == bindparam("the_page"))


class SqlSearchIndex:
    """Implements ``dossiers.ports.SearchIndex``."""

    def __init__(
        self, connection: Connection, numbers: NumberIndex, limits: SearchLimits = USUAL_LIMITS
    ) -> None:
        self._connection = connection
        self._numbers = numbers
        self._limits = limits

    def index_page(self, page: Page, text: str) -> None:
        """Makes the text of a page findable in place of what was indexed for it before."""
        kept = to_nfc(text).replace("\0", "")  # no text of PostgreSQL may hold it, and no word does
        dialect, own = self._connection.dialect.name, {"the_page": page.page_id}
        if self._connection.execute(_keeping(dialect), {**own, "new_text": kept}).rowcount == 0:
            raise not_found(f"page {page.page_id}")
        stored = match_for(self._connection).stored
        folded, toned = (
            stored(blinded(words_of(kept, exact_tones=exact), self._numbers)) for exact in (False, True)
        )
        told = {**own, "new_folded": folded, "new_toned": toned}
        self._connection.execute(_indexing(dialect), told)

    def find(self, query: Query) -> Sequence[Hit]:
        """Answers the query, newest dossier first, then by document and page.

        Where what is asked of papers holds for few of them, those are looked at; otherwise dossiers are
        walked through, newest first, until there are answers enough.

        Raises:
            InputError: ``BAD_QUERY``, nothing is asked.
        """
        check_query(query)
        entries = entries_of(query.citizen_number, self._numbers) if query.citizen_number else ()
        survey(self._connection)
        reach = reach_of(self._connection, query)
        if reach is None:
            return ()
        match = match_for(self._connection, partial(spellings, numbers=self._numbers))
        rows = SearchPlan(self._connection, query, entries, match, self._limits).rows(reach)
        texts = self._texts(rows) if query.words else {}
        return tuple(self._hit(row, query, texts) for row in rows)

    def _hit(self, row: RowMapping, query: Query, texts: Mapping[tuple[str, int], str]) -> Hit:
        text = texts.get((row["dossier_id"], row["page_number"]), "")
        phrases = phrases_of(query.words or "", exact_tones=query.exact_tones)
        return Hit(
            dossier_id=row["dossier_id"],
            dossier_code=row["code"],
            document_id=row["document_id"],
            type_id=row["type_id"],
            page_number=row["page_number"],
            snippet=best_line(text, phrases, exact_tones=query.exact_tones) if query.words else "",
        )

    def _texts(self, rows: Sequence[RowMapping]) -> Mapping[tuple[str, int], str]:
        """The text of each page that answers, by dossier and number."""
        # Not by pairs: for those SQLite walks through the pages of all dossiers.
        statement = (
            select(pages.c.dossier_id, pages.c.number, page_texts.c.text)
            .join(page_texts, pages.c.page_id == page_texts.c.page_id)
            .where(pages.c.dossier_id.in_({row["dossier_id"] for row in rows}))
            .where(pages.c.number.in_({row["page_number"] for row in rows}))
            .where(pages.c.state != PageState.REPLACED.value)
        )
        return {(row.dossier_id, row.number): row.text for row in self._connection.execute(statement)}
