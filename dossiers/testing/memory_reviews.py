"""Half-done confirmations, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.document import DocumentState
from dossiers.document_types import BLANK
from dossiers.errors import StaleVersion
from dossiers.review_draft import ReviewDraft
from dossiers.review_ports import Unconfirmed
from dossiers.testing.memory_state import MemoryState


class MemoryReviewRecords:
    """Implements ``dossiers.review_ports.ReviewRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def find(self, document_id: str) -> ReviewDraft | None:
        """Returns the draft of a document, if somebody began one."""
        return self._state.drafts.get(document_id)

    def put(self, draft: ReviewDraft) -> None:
        """Keeps a draft over the version it carries, 0 for a new one."""
        present = self._state.drafts.get(draft.document_id)
        if (present.version if present else 0) != draft.version:
            raise StaleVersion(f"draft of document {draft.document_id}")
        self._state.drafts[draft.document_id] = replace(draft, version=draft.version + 1)

    def erase(self, document_id: str) -> None:
        """Forgets a draft; none is no error."""
        self._state.drafts.pop(document_id, None)

    def unconfirmed(self, since: datetime, unit: str, type_id: str, limit: int) -> Sequence[Unconfirmed]:
        """Documents that no clerk has confirmed with their values, oldest dossier first, then by ordinal."""
        opened = [
            each
            for each in self._state.dossiers.values()
            if each.opened_at >= since and (not unit or each.code.startswith(f"{unit}-"))
        ]
        opened.sort(key=lambda each: each.opened_at)
        found = [
            Unconfirmed(
                document=document,
                dossier_code=dossier.code,
                procedure_code=dossier.procedure_code,
                opened_at=dossier.opened_at,
                draft=self.find(document.document_id),
            )
            for dossier in opened
            for document in sorted(self._state.documents.values(), key=lambda each: each.ordinal)
            if document.dossier_id == dossier.dossier_id
            and document.state is not DocumentState.WITHDRAWN
            and document.document_id not in self._state.papers
            and (document.type_id == type_id if type_id else document.type_id != BLANK)
        ]
        return tuple(found[:limit])
