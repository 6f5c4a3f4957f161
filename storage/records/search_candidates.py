"""Dossiers that a query may mean, found by what is on their papers: where those are few.

Rule: every dossier that answers is among them, and others may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Select, select

from dossiers.search import Query
from dossiers.search_words import phrases_of, words_of
from storage.records.one_of import one_of
from storage.records.schema import documents, dossiers, field_values, page_index, pages
from storage.records.search_reach import Reach
from storage.records.word_match import WordMatch


def candidates(
    connection: Connection, query: Query, entries: Sequence[str], match: WordMatch, most: int
) -> frozenset[int] | None:
    """Numbers of dossiers; ``None`` where each condition alone holds for more than ``most`` papers."""
    if query.dossier_code:
        own = select(dossiers.c.seq).where(dossiers.c.code == query.dossier_code)
        return frozenset(connection.execute(own).scalars())
    if query.citizen_number:
        return _bearing(connection, entries)
    if query.words:
        phrases = phrases_of(query.words, exact_tones=query.exact_tones)
        asked = match.on_page(phrases, exact_tones=query.exact_tones)
        found = _some(connection, select(page_index.c.rowid).where(asked), most)
        if found is not None:
            return _of_pages(connection, found)
    if query.person:
        named = _named(connection, query, match, most)
        if named is not None:
            return named
    if query.type_id:
        typed = select(documents.c.seq).where(documents.c.type_id == query.type_id)
        found = _some(connection, typed, most)
        if found is not None:
            return _of_documents(connection, found)
    return None


def in_order(connection: Connection, found: frozenset[int], reach: Reach) -> Sequence[int]:
    """Those of these dossiers that are meant, in the order of answers."""
    statement = (
        select(dossiers.c.seq)
        .where(one_of(connection, dossiers.c.seq, found), *reach.conditions())
        .order_by(dossiers.c.opened_at.desc(), dossiers.c.seq.desc())
    )
    return connection.execute(statement).scalars().all()


def _some(connection: Connection, statement: Select[int], most: int) -> Sequence[int] | None:
    found = connection.execute(statement.limit(most + 1)).scalars().all()
    return found if len(found) <= most else None


def _bearing(connection: Connection, entries: Sequence[str]) -> frozenset[int]:
    owned = select(dossiers.c.seq).where(dossiers.c.citizen_entry.in_(entries))
    on_paper = (
        select(dossiers.c.seq)
        .select_from(field_values)
        .join(documents, documents.c.document_id == field_values.c.document_id)
        .join(dossiers, dossiers.c.dossier_id == documents.c.dossier_id)
        .where(field_values.c.entry.in_(entries))
    )
    return frozenset((*connection.execute(owned).scalars(), *connection.execute(on_paper).scalars()))


def _named(connection: Connection, query: Query, match: WordMatch, most: int) -> frozenset[int] | None:
    name = words_of(query.person or "", exact_tones=query.exact_tones)
    fields = _some(connection, match.naming(name, exact_tones=query.exact_tones), most)
    if fields is None:
        return None
    on_page = match.on_page([name], exact_tones=query.exact_tones)
    named = _some(connection, select(page_index.c.rowid).where(on_page), most)
    if named is None:
        return None
    own = (
        select(dossiers.c.seq)
        .select_from(field_values)
        .join(documents, documents.c.document_id == field_values.c.document_id)
        .join(dossiers, dossiers.c.dossier_id == documents.c.dossier_id)
        .where(one_of(connection, field_values.c.seq, fields))
    )
    return _of_pages(connection, named) | frozenset(connection.execute(own).scalars())


def _of_pages(connection: Connection, found: Sequence[int]) -> frozenset[int]:
    own = (
        select(dossiers.c.seq)
        .select_from(pages)
        .join(dossiers, dossiers.c.dossier_id == pages.c.dossier_id)
        .where(one_of(connection, pages.c.seq, found))
    )
    return frozenset(connection.execute(own).scalars())


def _of_documents(connection: Connection, found: Sequence[int]) -> frozenset[int]:
    own = (
        select(dossiers.c.seq)
        .select_from(documents)
        .join(dossiers, dossiers.c.dossier_id == documents.c.dossier_id)
        .where(one_of(connection, documents.c.seq, found))
    )
    return frozenset(connection.execute(own).scalars())
