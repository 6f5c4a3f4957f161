"""Search over the full-text tables of the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, delete, insert, select

from dossiers.citizens import NumberIndex
from dossiers.page import Page
from dossiers.search import Hit, Query
from dossiers.search_words import best_line, check_query, phrases_of, words_of
from dossiers.text_folding import to_nfc
from storage.records.number_entries import entries_of
from storage.records.schema import page_index, page_texts, pages
from storage.records.search_statement import search_statement
from storage.records.trouble import not_found
from storage.records.turns import survey
from storage.records.upsert import upsert
from storage.records.word_match import match_for


class SqlSearchIndex:
    """Implements ``dossiers.ports.SearchIndex``."""

    def __init__(self, connection: Connection, numbers: NumberIndex) -> None:
        self._connection = connection
        self._numbers = numbers

    def index_page(self, page: Page, text: str) -> None:
        """Makes the text of a page findable in place of what was indexed for it before."""
        own = select(pages.c.seq).where(pages.c.page_id == page.page_id)
        seq = self._connection.execute(own).scalar_one_or_none()
        if seq is None:
            raise not_found(f"page {page.page_id}")
        kept = to_nfc(text).replace("\0", "")  # no text of PostgreSQL may hold it, and no word does
        row = upsert(self._connection, page_texts).values(page_id=page.page_id, text=kept)
        same = [page_texts.c.page_id]
        self._connection.execute(row.on_conflict_do_update(index_elements=same, set_={"text": kept}))
        self._connection.execute(delete(page_index).where(page_index.c.rowid == seq))
        stored = match_for(self._connection).stored
        folded, toned = stored(words_of(kept)), stored(words_of(kept, exact_tones=True))
        self._connection.execute(insert(page_index).values(rowid=seq, folded=folded, toned=toned))

    def find(self, query: Query) -> Sequence[Hit]:
        """Answers the query, newest dossier first, then by document and page.

        Raises:
            InputError: ``BAD_QUERY``, nothing is asked.
        """
        check_query(query)
        entries = entries_of(query.citizen_number, self._numbers) if query.citizen_number else ()
        survey(self._connection)
        statement = search_statement(query, entries, match_for(self._connection))
        rows = self._connection.execute(statement).mappings().all()
        return tuple(self._hit(row, query) for row in rows)

    def _hit(self, row: RowMapping, query: Query) -> Hit:
        return Hit(
            dossier_id=row["dossier_id"],
            dossier_code=row["code"],
            document_id=row["document_id"],
            type_id=row["type_id"],
            page_number=row["page_number"],
            snippet=self._snippet(row, query) if query.words else "",
        )

    def _snippet(self, row: RowMapping, query: Query) -> str:
        statement = (
            select(page_texts.c.text)
            .join(pages, pages.c.page_id == page_texts.c.page_id)
            .where(pages.c.dossier_id == row["dossier_id"], pages.c.number == row["page_number"])
            .order_by(pages.c.revision.desc())
        )
        # A page scanned anew shares its number with those it took the place of.
        text = "\n".join(self._connection.execute(statement).scalars())
        phrases = phrases_of(query.words or "", exact_tones=query.exact_tones)
        return best_line(text, phrases, exact_tones=query.exact_tones)
