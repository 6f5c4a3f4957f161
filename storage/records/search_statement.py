"""A query as one SQL statement.

Rule: what a user typed reaches the database as bound parameters only and reduced to letters and digits, so
that nothing typed is ever evaluated (S28).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import (
    ColumnElement,
    exists,
    func,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.sql.selectable import Select, SelectBase

from dossiers.codes.agency_code import AgencyCode
from dossiers.document import DocumentState
from dossiers.search import Query
from dossiers.search_words import opened_between, phrases_of, words_of
from storage.records.case_schema import cases
from storage.records.schema import (
    document_pages,
    documents,
    dossiers,
    field_values,
    page_index,
    pages,
)
from storage.records.word_match import WordMatch

_LIVE: Final = documents.c.state != DocumentState.WITHDRAWN.value


def search_statement(query: Query, entries: Sequence[str], match: WordMatch) -> Select[*tuple[object, ...]]:
    """Returns the statement: one row for each hit, in the order of the port.

    Args:
        query: what is asked.
        entries: entries of the blind index under which the number asked for may be filed.
        match: how this database finds words.
    """
    found: SelectBase = _filed(query, entries, match)
    if not query.type_id:
        found = union_all(_filed(query, entries, match), _unfiled(query, entries, match))
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
        .limit(query.limit)
    )


def _filed(query: Query, entries: Sequence[str], match: WordMatch) -> Select[*tuple[object, ...]]:
    """Documents that answer, each with the first page that does."""
    own = document_pages.c.page_id == pages.c.page_id
    number = select(func.min(pages.c.number)).select_from(document_pages).join(pages, own)
    number = number.where(document_pages.c.document_id == documents.c.document_id, _page_asked(query, match))
    conditions = [_LIVE, *_dossier_conditions(query, entries)]
    if query.type_id:
        conditions.append(documents.c.type_id == query.type_id)
    if query.words:
        conditions.append(documents.c.document_id.in_(_documents_with(_worded(query, match))))
    if query.person:
        on_page = documents.c.document_id.in_(_documents_with(_named(query, match)))
        conditions.append(or_(on_page, documents.c.document_id.in_(_documents_naming(query, match))))
    return (
        select(
            *_dossier_columns(),
            documents.c.document_id,
            documents.c.type_id,
            documents.c.ordinal,
            documents.c.seq.label("document_seq"),
            number.correlate(documents).scalar_subquery().label("page_number"),
        )
        .select_from(documents)
        .join(dossiers, dossiers.c.dossier_id == documents.c.dossier_id)
        .where(*conditions)
    )


def _unfiled(query: Query, entries: Sequence[str], match: WordMatch) -> Select[*tuple[object, ...]]:
    """Dossiers with pages that answer and are in no document, or without any document."""
    conditions = _dossier_conditions(query, entries)
    if query.words:
        conditions.append(dossiers.c.dossier_id.in_(_dossiers_with(_worded(query, match))))
    if query.person:
        conditions.append(dossiers.c.dossier_id.in_(_dossiers_with(_named(query, match))))
    if not query.words and not query.person:
        any_document = select(documents.c.seq).where(documents.c.dossier_id == dossiers.c.dossier_id, _LIVE)
        conditions.append(~exists(any_document.correlate(dossiers)))
    number = select(func.min(pages.c.number)).where(
        pages.c.dossier_id == dossiers.c.dossier_id, _is_unfiled(), _page_asked(query, match)
    )
    return select(
        *_dossier_columns(),
        null().label("document_id"),
        null().label("type_id"),
        null().label("ordinal"),
        null().label("document_seq"),
        number.correlate(dossiers).scalar_subquery().label("page_number"),
    ).where(*conditions)


def _dossier_columns() -> Sequence[ColumnElement[object]]:
    order = dossiers.c.seq.label("dossier_seq")
    return (dossiers.c.dossier_id, dossiers.c.code, dossiers.c.opened_at, order)


def _dossier_conditions(query: Query, entries: Sequence[str]) -> list[ColumnElement[bool]]:
    first, after = opened_between(query)
    conditions: list[ColumnElement[bool]] = []
    if query.procedure_codes:
        conditions.append(dossiers.c.procedure_code.in_(query.procedure_codes))
    if query.agency_codes:
        conditions.append(_is_of_agency(query.agency_codes))
    if query.within:
        conditions.append(_is_within(query.within))
    if query.dossier_code:
        conditions.append(dossiers.c.code == query.dossier_code)
    if first is not None:
        conditions.append(dossiers.c.opened_at >= first)
    if after is not None:
        conditions.append(dossiers.c.opened_at < after)
    if query.older_than is not None:
        anchor = dossiers.alias()
        place = select(anchor.c.opened_at, anchor.c.seq).where(anchor.c.dossier_id == query.older_than)
        conditions.append(tuple_(dossiers.c.opened_at, dossiers.c.seq) < place.scalar_subquery())
    if query.citizen_number:
        owned = dossiers.c.citizen_entry.in_(entries)
        conditions.append(or_(owned, dossiers.c.dossier_id.in_(_dossiers_bearing(entries))))
    return conditions


def _is_of_agency(agencies: Sequence[str]) -> ColumnElement[bool]:
    """The receiving point heads the code of the dossier; the competent agency stands in its case."""
    decided = select(cases.c.dossier_id).where(cases.c.competent_agency.in_(agencies)).correlate(None)
    headed = (dossiers.c.code.startswith(f"{each}-", autoescape=True) for each in agencies)
    return or_(dossiers.c.dossier_id.in_(decided), *headed)


def _is_within(agency: str) -> ColumnElement[bool]:
    """The agency itself or one below it, as identifiers show; a bare level-1 code covers both styles."""
    places = (cases.c.receiving_point, cases.c.competent_agency, cases.c.support_point)
    of_case = [each == agency for each in places]
    of_case += [each.startswith(f"{agency}.", autoescape=True) for each in places]
    of_code = [dossiers.c.code.startswith(f"{agency}{end}", autoescape=True) for end in "-."]
    if AgencyCode.parse(agency).level_one == agency:
        of_case += [each.endswith(f".{agency}", autoescape=True) for each in places]
        of_code.append(dossiers.c.code.contains(f".{agency}-", autoescape=True))
    named = select(cases.c.dossier_id).where(or_(*of_case)).correlate(None)
    return or_(dossiers.c.dossier_id.in_(named), *of_code)


def _dossiers_bearing(entries: Sequence[str]) -> Select[str]:
    same = field_values.c.document_id == documents.c.document_id
    statement = select(documents.c.dossier_id).select_from(field_values).join(documents, same)
    return statement.where(field_values.c.entry.in_(entries), _LIVE).correlate(None)


def _documents_with(page_condition: ColumnElement[bool]) -> Select[str]:
    own = document_pages.c.page_id == pages.c.page_id
    statement = select(document_pages.c.document_id).select_from(pages).join(document_pages, own)
    return statement.where(page_condition).correlate(None)


def _documents_naming(query: Query, match: WordMatch) -> Select[str]:
    name = words_of(query.person or "", exact_tones=query.exact_tones)
    statement = select(field_values.c.document_id)
    return statement.where(match.in_name(name, exact_tones=query.exact_tones)).correlate(None)


def _dossiers_with(page_condition: ColumnElement[bool]) -> Select[str]:
    return select(pages.c.dossier_id).where(page_condition, _is_unfiled()).correlate(None)


def _is_unfiled() -> ColumnElement[bool]:
    same = document_pages.c.document_id == documents.c.document_id
    holder = select(documents.c.seq).select_from(document_pages).join(documents, same)
    return ~exists(holder.where(document_pages.c.page_id == pages.c.page_id, _LIVE).correlate(pages))


def _page_asked(query: Query, match: WordMatch) -> ColumnElement[bool]:
    """The pages whose number is part of the answer; none where no words and no person were asked for."""
    if query.words:
        return _worded(query, match)
    return _named(query, match) if query.person else pages.c.seq.is_(None)


def _worded(query: Query, match: WordMatch) -> ColumnElement[bool]:
    phrases = phrases_of(query.words or "", exact_tones=query.exact_tones)
    found = match.on_page(phrases, exact_tones=query.exact_tones)
    return pages.c.seq.in_(select(page_index.c.rowid).where(found))


def _named(query: Query, match: WordMatch) -> ColumnElement[bool]:
    name = words_of(query.person or "", exact_tones=query.exact_tones)
    found = match.on_page([name], exact_tones=query.exact_tones)
    return pages.c.seq.in_(select(page_index.c.rowid).where(found))
