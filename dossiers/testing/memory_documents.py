"""Documents, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossiers.document import Document, DocumentState
from dossiers.render_order import RenderOrder
from dossiers.testing.memory_state import MemoryState, not_found


class MemoryDocumentRecords:
    """Implements ``dossiers.ports.DocumentRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def replace_proposed(self, dossier_id: str, documents: Sequence[Document]) -> None:
        """Replaces the proposed documents; one that somebody decided on stays as that person left it."""
        self._check(dossier_id, documents)
        proposed = [d for d in self.of_dossier(dossier_id) if d.state is DocumentState.PROPOSED]
        pdf_keys = {d.document_id: d.pdf_key for d in proposed}
        for old in proposed:
            del self._state.documents[old.document_id]
        for new in documents:
            if new.document_id not in self._state.documents:
                kept = new.pdf_key or pdf_keys.get(new.document_id)
                self._state.documents[new.document_id] = replace(new, pdf_key=kept)

    def get(self, document_id: str) -> Document:
        """Returns the document or raises ``NOT_FOUND``."""
        if document_id not in self._state.documents:
            raise not_found(f"document {document_id}")
        return self._state.documents[document_id]

    def of_dossier(self, dossier_id: str) -> Sequence[Document]:
        """Documents of the dossier by ordinal."""
        own = (d for d in self._state.documents.values() if d.dossier_id == dossier_id)
        return tuple(sorted(own, key=lambda document: document.ordinal))

    def render_order(self, document_id: str) -> RenderOrder | None:
        """What its PDF is made from; ``None`` where there is no such document."""
        document = self._state.documents.get(document_id)
        if document is None:
            return None
        newest = {row.page_id: row.artefact_key for row in self._state.readings.values()}
        read = [page_id for page_id in document.page_ids if page_id in newest]
        return RenderOrder(
            dossier_code=self._state.dossiers[document.dossier_id].code,
            ordinal=document.ordinal,
            sheets=tuple((self._state.pages[page_id], newest[page_id]) for page_id in read),
        )

    def set_pdf(self, document_id: str, pdf_key: str) -> None:
        """Notes the searchable PDF of a document; ``NOT_FOUND`` where it was replaced meanwhile."""
        self._state.documents[document_id] = replace(self.get(document_id), pdf_key=pdf_key)

    def _check(self, dossier_id: str, documents: Sequence[Document]) -> None:
        page_ids = {page_id for document in documents for page_id in document.page_ids}
        if dossier_id not in self._state.dossiers or not page_ids <= self._state.pages.keys():
            raise not_found(f"dossier {dossier_id} or a page of it")
