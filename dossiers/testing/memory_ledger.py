"""The page ledger, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from dossiers.dossier import DigitizationState
from dossiers.ledger import Gap, GapKind
from dossiers.page import Page, PageState
from dossiers.tasks import TaskKind
from dossiers.testing.memory_state import MemoryState


class MemoryLedgerRecords:
    """Implements ``dossiers.ledger.LedgerRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def gaps(self, received_since: datetime, limit: int) -> Sequence[Gap]:
        """Pages that are nowhere; see the port."""
        kinds = (
            self._missing(received_since),
            self._stuck(GapKind.NOT_DUE, self._is_not_due),
            self._stuck(GapKind.NOT_FILED, self._is_not_filed),
            self._stuck(GapKind.NO_DOCUMENT, self._has_no_document),
        )
        return tuple(gap for kind in kinds for gap in sorted(kind, key=lambda each: each.subject_id)[:limit])

    def _missing(self, since: datetime) -> Iterator[Gap]:
        for file in self._state.files.values():
            present = sum(page.file_id == file.file_id for page in self._state.pages.values())
            if file.received_at >= since and present < file.page_count:
                yield Gap(
                    kind=GapKind.PAGES_MISSING,
                    branch=self._state.dossiers[file.dossier_id].branch,
                    dossier_id=file.dossier_id,
                    subject_id=file.file_id,
                    pages=file.page_count - present,
                )

    def _stuck(self, kind: GapKind, is_stuck: Callable[[Page], bool]) -> Iterator[Gap]:
        for page in self._state.pages.values():
            if is_stuck(page):
                branch = self._state.dossiers[page.dossier_id].branch
                yield Gap(kind=kind, branch=branch, dossier_id=page.dossier_id, subject_id=page.page_id)

    def _is_not_due(self, page: Page) -> bool:
        return page.state is PageState.RECEIVED and not any(
            row.task.kind is TaskKind.READ_PAGE
            and row.task.subject_id == page.page_id
            and not row.is_finished
            for row in self._state.tasks.values()
        )

    def _is_not_filed(self, page: Page) -> bool:
        is_open = self._state.dossiers[page.dossier_id].state is DigitizationState.RECEIVING
        has_task = any(
            row.task.dossier_id == page.dossier_id and not row.is_finished
            for row in self._state.tasks.values()
        )
        return page.state is PageState.READ and is_open and not has_task

    def _has_no_document(self, page: Page) -> bool:
        is_placed = page.state in (PageState.FILED, PageState.IN_REVIEW)
        return is_placed and page.document_id not in self._state.documents
