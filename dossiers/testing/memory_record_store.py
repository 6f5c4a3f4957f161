"""Records in memory with real transactions: all or nothing, one writer after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

from dossiers.errors import RecordError
from dossiers.testing.memory_accounts import MemoryAccountRecords
from dossiers.testing.memory_arrangings import MemoryArrangingRecords
from dossiers.testing.memory_batches import MemoryBatchRecords
from dossiers.testing.memory_cases import MemoryCaseRecords
from dossiers.testing.memory_decisions import MemoryDecisionRecords
from dossiers.testing.memory_documents import MemoryDocumentRecords
from dossiers.testing.memory_dossiers import MemoryDossierRecords
from dossiers.testing.memory_events import MemoryEventLog
from dossiers.testing.memory_examples import MemoryTrainingExamples
from dossiers.testing.memory_holders import MemoryHolderRecords
from dossiers.testing.memory_kept_answers import MemoryKeptAnswers
from dossiers.testing.memory_ledger import MemoryLedgerRecords
from dossiers.testing.memory_pages import MemoryPageRecords
from dossiers.testing.memory_papers import MemoryPaperRecords
from dossiers.testing.memory_queue import MemoryQueueRecords
from dossiers.testing.memory_reports import MemoryReportRecords
from dossiers.testing.memory_results import MemoryResultRecords
from dossiers.testing.memory_reviews import MemoryReviewRecords
from dossiers.testing.memory_saved_searches import MemorySavedSearches
from dossiers.testing.memory_scanner_uses import MemoryScannerUses
from dossiers.testing.memory_search import MemorySearchIndex
from dossiers.testing.memory_sign_ins import MemorySignInRecords
from dossiers.testing.memory_state import MemoryState
from dossiers.testing.memory_tasks import MemoryTaskRecords
from dossiers.testing.memory_tickets import MemoryTicketRecords
from dossiers.testing.memory_webhooks import MemoryWebhookRecords


class MemoryUnitOfWork:
    """Implements ``dossiers.ports.UnitOfWork`` over one copy of the state."""

    def __init__(self, state: MemoryState) -> None:
        self.dossiers = MemoryDossierRecords(state)
        self.pages = MemoryPageRecords(state)
        self.arrangings = MemoryArrangingRecords(state)
        self.documents = MemoryDocumentRecords(state)
        self.tasks = MemoryTaskRecords(state)
        self.queue = MemoryQueueRecords(state)
        self.ledger = MemoryLedgerRecords(state)
        self.events = MemoryEventLog(state)
        self.search = MemorySearchIndex(state)
        self.examples = MemoryTrainingExamples(state)
        self.cases = MemoryCaseRecords(state)
        self.results = MemoryResultRecords(state)
        self.scanner_uses = MemoryScannerUses(state)
        self.holders = MemoryHolderRecords(state)
        self.papers = MemoryPaperRecords(state)
        self.decisions = MemoryDecisionRecords(state)
        self.reviews = MemoryReviewRecords(state)
        self.saved_searches = MemorySavedSearches(state)
        self.tickets = MemoryTicketRecords(state)
        self.reports = MemoryReportRecords(state)
        self.accounts = MemoryAccountRecords(state)
        self.sign_ins = MemorySignInRecords(state)
        self.kept_answers = MemoryKeptAnswers(state)
        self.batches = MemoryBatchRecords(state)
        self.webhooks = MemoryWebhookRecords(state)


class MemoryRecordStore:
    """Implements ``dossiers.ports.RecordStore``; may be used from several threads."""

    def __init__(self) -> None:
        self._state = MemoryState()
        self._lock = Lock()
        self._holder: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[MemoryUnitOfWork]:
        """Opens a transaction; see the port.

        Raises:
            RecordError: ``NESTED_TRANSACTION``, this thread has one open already.
        """
        with self._copy() as state:
            yield MemoryUnitOfWork(state)
            self._state = state

    @contextmanager
    def look(self) -> Iterator[MemoryUnitOfWork]:
        """Opens a transaction for reading; what is changed in it is forgotten.

        Raises:
            RecordError: ``NESTED_TRANSACTION``.
        """
        with self._copy() as state:
            yield MemoryUnitOfWork(state)

    def close(self) -> None:
        """Does nothing: there is nothing to free."""

    @contextmanager
    def _copy(self) -> Iterator[MemoryState]:
        if self._holder == get_ident():
            raise RecordError(
                "NESTED_TRANSACTION",
                vi="Lỗi chương trình: giao dịch lồng nhau.",
                en="this thread has a transaction open already",
            )
        with self._lock:
            self._holder = get_ident()
            try:
                yield self._state.copy()
            finally:
                self._holder = None
