"""What of some dossiers answers a query, as one SQL statement.

Rule: what a user typed reaches the database as bound parameters only and reduced to letters and digits, so
that nothing typed is ever evaluated (S28).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, exists, func, null, or_, select, union_all
from sqlalchemy.sql.selectable import FromClause, Select, SelectBase, Subquery

from dossiers.document import DocumentState
from dossiers.page import PageState
from dossiers.search import Query
from dossiers.search_words import words_of
from storage.records.one_of import one_of
from storage.records.schema import document_pages, documents, dossiers, field_values, pages
from storage.records.word_match import in_name

_LIVE: Final = documents.c.state != DocumentState.WITHDRAWN.value
#: A page that was scanned anew is no longer found: the new one stands in its place.
_PRESENT: Final = pages.c.state != PageState.REPLACED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Where to look: numbers of dossiers, and of their pages those with the words and those with the name."""

    dossiers: Collection[int]
    worded: Collection[int]
    named: Collection[int]


class SearchStatement:
    """Makes the statement: one row for each hit, in the order of the port.

    Args:
        connection: says which database it is for.
        query: what is asked of papers; what it says of dossiers was looked at already.
        entries: entries of the blind index under which the number asked for may be filed.
    """

    def __init__(self, connection: Connection, query: Query, entries: Sequence[str]) -> None:
        self._connection = connection
        self._query = query
        self._entries = entries

    def over(self, among: Among) -> Select[*tuple[object, ...]]:
        """The hits in these dossiers."""
        found: SelectBase = self._filed(among)
        if not self._query.type_id:
            found = union_all(self._filed(among), self._unfiled(among))
        hits = found.subquery()
        return (
            select(hits)
            .order_by(
                hits.c.opened_at.desc(),
                hits.c.dossier_seq.desc(),
                hits.c.ordinal.is_(None),
                hits.c.ordinal,
                hits.c.document_seq,
            )
            .limit(self._query.limit)
        )

    def _filed(self, among: Among) -> Select[*tuple[object, ...]]:
        """Documents that answer, each with the first page that does."""
        query = self._query
        worded, named = self._first_pages(among.worded, "worded"), self._first_pages(among.named, "named")
        source: FromClause = documents.join(dossiers, dossiers.c.dossier_id == documents.c.dossier_id)
        conditions = [_LIVE, *self._dossier_conditions(among)]
        number: ColumnElement[Any] = null()
        if query.type_id:
            # Joined to nothing, so that no index of types leads: the dossiers do.
            conditions.append(documents.c.type_id.concat("") == query.type_id)
        if query.person:
            source = source.outerjoin(named, named.c.document_id == documents.c.document_id)
            conditions.append(or_(named.c.number.is_not(None), self._has_name()))
            number = named.c.number
        if query.words:
            source = source.join(worded, worded.c.document_id == documents.c.document_id)
            number = worded.c.number
        return (
            select(
                *_dossier_columns(),
                documents.c.document_id,
                documents.c.type_id,
                documents.c.ordinal,
                documents.c.seq.label("document_seq"),
                number.label("page_number"),
            )
            .select_from(source)
            .where(*conditions)
        )

    def _unfiled(self, among: Among) -> Select[*tuple[object, ...]]:
        """Dossiers with pages that answer and are in no document, or without any document."""
        query = self._query
        worded, named = self._loose_pages(among.worded, "worded"), self._loose_pages(among.named, "named")
        source: FromClause = dossiers
        conditions = self._dossier_conditions(among)
        number: ColumnElement[Any] = null()
        if query.person:
            source = source.join(named, named.c.dossier_id == dossiers.c.dossier_id)
            number = named.c.number
        if query.words:
            source = source.join(worded, worded.c.dossier_id == dossiers.c.dossier_id)
            number = worded.c.number
        if not query.words and not query.person:
            own = select(documents.c.seq).where(documents.c.dossier_id == dossiers.c.dossier_id, _LIVE)
            conditions.append(~exists(own.correlate(dossiers)))
        return (
            select(
                *_dossier_columns(),
                null().label("document_id"),
                null().label("type_id"),
                null().label("ordinal"),
                null().label("document_seq"),
                number.label("page_number"),
            )
            .select_from(source)
            .where(*conditions)
        )

    def _first_pages(self, numbers: Collection[int], name: str) -> Subquery:
        """Documents with one of these pages, and the first of them."""
        return (
            select(document_pages.c.document_id, func.min(pages.c.number).label("number"))
            .select_from(pages.join(document_pages, document_pages.c.page_id == pages.c.page_id))
            .where(one_of(self._connection, pages.c.seq, numbers), _PRESENT)
            .group_by(document_pages.c.document_id)
            .subquery(name)
        )

    def _loose_pages(self, numbers: Collection[int], name: str) -> Subquery:
        """Dossiers with one of these pages in no document, and the first of them."""
        same = document_pages.c.document_id == documents.c.document_id
        holder = select(documents.c.seq).select_from(document_pages.join(documents, same))
        is_filed = exists(holder.where(document_pages.c.page_id == pages.c.page_id, _LIVE).correlate(pages))
        return (
            select(pages.c.dossier_id, func.min(pages.c.number).label("number"))
            .where(one_of(self._connection, pages.c.seq, numbers), _PRESENT, ~is_filed)
            .group_by(pages.c.dossier_id)
            .subquery(name)
        )

    def _has_name(self) -> ColumnElement[bool]:
        name = words_of(self._query.person or "", exact_tones=self._query.exact_tones)
        own = select(field_values.c.seq).where(
            field_values.c.document_id == documents.c.document_id,
            in_name(name, exact_tones=self._query.exact_tones),
        )
        return exists(own.correlate(documents))

    def _dossier_conditions(self, among: Among) -> list[ColumnElement[bool]]:
        query = self._query
        conditions = [one_of(self._connection, dossiers.c.seq, among.dossiers)]
        if query.dossier_code:
            conditions.append(dossiers.c.code == query.dossier_code)
        if query.citizen_number:
            owned = dossiers.c.citizen_entry.in_(self._entries)
            conditions.append(or_(owned, dossiers.c.dossier_id.in_(_dossiers_bearing(self._entries))))
        return conditions


def _dossiers_bearing(entries: Sequence[str]) -> Select[str]:
    same = field_values.c.document_id == documents.c.document_id
    statement = select(documents.c.dossier_id).select_from(field_values).join(documents, same)
    return statement.where(field_values.c.entry.in_(entries), _LIVE).correlate(None)


def _dossier_columns() -> Sequence[ColumnElement[object]]:
    order = dossiers.c.seq.label("dossier_seq")
    return (dossiers.c.dossier_id, dossiers.c.code, dossiers.c.opened_at, order)
