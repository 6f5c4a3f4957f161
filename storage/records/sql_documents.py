"""Documents, in the database; their field values are made findable with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from dossiers.citizens import NumberIndex
from dossiers.document import Document, DocumentState
from dossiers.reading import CopyKind
from dossiers.render_order import RenderOrder
from storage.records.fields_codec import (
    fields_from_text,
    fields_to_text,
    strings_from_text,
    strings_to_text,
)
from storage.records.name_index import forget_names, index_names
from storage.records.schema import document_pages, dossiers, pages, readings
from storage.records.schema import documents as _documents
from storage.records.sql_pages import page_of
from storage.records.trouble import not_found
from storage.records.turns import take_turn

# Made once: making a statement costs more than the database takes to answer it.
_HEAD: Final = (
    select(dossiers.c.code, _documents.c.ordinal)
    .join(_documents, _documents.c.dossier_id == dossiers.c.dossier_id)
    .where(_documents.c.document_id == bindparam("document_id"))
)
_ARTEFACT: Final = (
    select(readings.c.artefact_key)
    .where(readings.c.page_id == pages.c.page_id)
    .order_by(readings.c.seq.desc())
    .limit(1)
    .correlate(pages)
    .scalar_subquery()
)
_SHEETS: Final = (
    select(pages, _ARTEFACT.label("artefact"))
    .join(document_pages, document_pages.c.page_id == pages.c.page_id)
    .where(document_pages.c.document_id == bindparam("document_id"))
    .order_by(document_pages.c.position)
)


class SqlDocumentRecords:
    """Implements ``dossiers.ports.DocumentRecords``."""

    def __init__(self, connection: Connection, numbers: NumberIndex) -> None:
        self._connection = connection
        self._numbers = numbers

    def replace_proposed(self, dossier_id: str, documents: Sequence[Document]) -> None:
        """Replaces the proposed documents; one that somebody decided on stays as that person left it."""
        self._check(dossier_id)
        present = self.of_dossier(dossier_id)
        proposed = {d.document_id: d.pdf_key for d in present if d.state is DocumentState.PROPOSED}
        decided = {d.document_id for d in present} - proposed.keys()
        for document_id in proposed:
            self._delete(document_id)
        for new in documents:
            if new.document_id not in decided:
                self._insert(new, new.pdf_key or proposed.get(new.document_id))

    def get(self, document_id: str) -> Document:
        """Returns the document or raises ``NOT_FOUND``."""
        statement = select(_documents).where(_documents.c.document_id == document_id)
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            raise not_found(f"document {document_id}")
        if take_turn(self._connection, "dossier", row["dossier_id"]):
            return self.get(document_id)
        pages = select(document_pages).where(document_pages.c.document_id == document_id)
        ordered = self._connection.execute(pages.order_by(document_pages.c.position)).mappings()
        return _document(row, tuple(page["page_id"] for page in ordered))

    def several(self, document_ids: Sequence[str]) -> Mapping[str, Document]:
        """Those of these documents that are there, by id: two statements for all."""
        known = select(_documents).where(_documents.c.document_id.in_(document_ids))
        rows = self._connection.execute(known).mappings().all()
        pages = select(document_pages).where(document_pages.c.document_id.in_(document_ids))
        page_ids: dict[str, list[str]] = {}
        for page in self._connection.execute(pages.order_by(document_pages.c.position)).mappings():
            page_ids.setdefault(page["document_id"], []).append(page["page_id"])
        return {
            row["document_id"]: _document(row, tuple(page_ids.get(row["document_id"], ()))) for row in rows
        }

    def of_dossier(self, dossier_id: str) -> Sequence[Document]:
        """Documents of the dossier by ordinal."""
        take_turn(self._connection, "dossier", dossier_id)
        own = _documents.c.dossier_id == dossier_id
        statement = select(_documents).where(own).order_by(_documents.c.ordinal, _documents.c.seq)
        rows = self._connection.execute(statement).mappings().all()
        page_ids = self._page_ids(dossier_id)
        return tuple(_document(row, tuple(page_ids.get(row["document_id"], ()))) for row in rows)

    def render_order(self, document_id: str) -> RenderOrder | None:
        """What its PDF is made from; takes no turn. ``None`` where there is no such document."""
        told = {"document_id": document_id}
        head = self._connection.execute(_HEAD, told).one_or_none()
        if head is None:
            return None
        rows = self._connection.execute(_SHEETS, told).mappings()
        sheets = tuple((page_of(row), row["artefact"]) for row in rows if row["artefact"] is not None)
        return RenderOrder(dossier_code=head.code, ordinal=head.ordinal, sheets=sheets)

    def set_pdf(self, document_id: str, pdf_key: str) -> None:
        """Notes the searchable PDF of a document; ``NOT_FOUND`` where it was replaced meanwhile."""
        own = _documents.c.document_id == document_id
        if self._connection.execute(update(_documents).where(own).values(pdf_key=pdf_key)).rowcount == 0:
            raise not_found(f"document {document_id}")

    def _check(self, dossier_id: str) -> None:
        take_turn(self._connection, "dossier", dossier_id)
        known = select(dossiers.c.seq).where(dossiers.c.dossier_id == dossier_id)
        if self._connection.execute(known).first() is None:
            raise not_found(f"dossier {dossier_id}")

    def _page_ids(self, dossier_id: str) -> Mapping[str, Sequence[str]]:
        statement = (
            select(document_pages.c.document_id, document_pages.c.page_id)
            .join(_documents, _documents.c.document_id == document_pages.c.document_id)
            .where(_documents.c.dossier_id == dossier_id)
            .order_by(document_pages.c.document_id, document_pages.c.position)
        )
        page_ids: dict[str, list[str]] = {}
        for document_id, page_id in self._connection.execute(statement):
            page_ids.setdefault(document_id, []).append(page_id)
        return page_ids

    def _delete(self, document_id: str) -> None:
        forget_names(self._connection, document_id)
        self._connection.execute(delete(_documents).where(_documents.c.document_id == document_id))

    def _insert(self, document: Document, pdf_key: str | None) -> None:
        self._connection.execute(
            insert(_documents).values(
                document_id=document.document_id,
                dossier_id=document.dossier_id,
                ordinal=document.ordinal,
                type_id=document.type_id,
                confidence=document.confidence,
                evidence=document.evidence,
                copy_kind=document.copy_kind.value,
                fields=fields_to_text(document.fields),
                issues=strings_to_text(document.issues),
                state=document.state.value,
                pdf_key=pdf_key,
            )
        )
        own = [
            {"document_id": document.document_id, "position": position, "page_id": page_id}
            for position, page_id in enumerate(document.page_ids)
        ]
        if own:
            self._connection.execute(insert(document_pages), own)
        index_names(self._connection, document, self._numbers)


def _document(row: RowMapping, page_ids: tuple[str, ...]) -> Document:
    return Document(
        document_id=row["document_id"],
        dossier_id=row["dossier_id"],
        ordinal=row["ordinal"],
        type_id=row["type_id"],
        page_ids=page_ids,
        confidence=row["confidence"],
        evidence=row["evidence"],
        copy_kind=CopyKind(row["copy_kind"]),
        fields=fields_from_text(row["fields"]),
        issues=strings_from_text(row["issues"]),
        state=DocumentState(row["state"]),
        pdf_key=row["pdf_key"],
    )
