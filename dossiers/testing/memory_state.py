"""The records in memory: plain tables of immutable values.

Rule: a transaction works on a copy and the copy replaces the state when it commits, so whatever fails
leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from dossiers.accounts import Account, AccountEvent
from dossiers.arranging_step import ArrangingStep
from dossiers.batches import Batch
from dossiers.case import Case, CaseStep, SupplementRequest
from dossiers.citizens import KnownNumber, VaultEvent
from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.consent import ConsentAct
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.errors import RecordError
from dossiers.events import Event
from dossiers.idempotency import KeptAnswer
from dossiers.identity import is_within
from dossiers.page import Page, ReceivedFile, Refusal
from dossiers.reading import PageReading
from dossiers.reports.ticket import Ticket
from dossiers.reports.weekly import WeeklyReport
from dossiers.result import IssuedResult
from dossiers.reuse_decision import ReuseDecision
from dossiers.review_draft import ReviewDraft
from dossiers.saved_search import SavedSearch
from dossiers.scanner_use import ScannerUse
from dossiers.sessions import ApiToken, FailedTries, Session
from dossiers.slot import Slot
from dossiers.tasks import Task
from dossiers.training_example import TrainingExample
from dossiers.webhooks import Delivery, Webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task and what became of it; ``owner`` is ``None`` while nobody holds a lease."""

    task: Task
    turn: int = 1
    fence: int = 0
    starts: int = 0
    interruptions: int = 0
    owner: str | None = None
    lease_until: datetime | None = None
    rung_at: datetime | None = None
    is_finished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A reading and the object key of its full result."""

    page_id: str
    effect_key: str
    reading: PageReading
    artefact_key: str


@dataclass(slots=True, kw_only=True)
class MemoryState:
    """All tables; dictionaries keep the order of insertion, as the sequence columns of the database do."""

    counters: dict[tuple[str, str], int] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    files: dict[str, ReceivedFile] = field(default_factory=dict)
    refusals: dict[tuple[str, str], Refusal] = field(default_factory=dict)
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    arrangings: dict[str, ArrangingStep] = field(default_factory=dict)
    readings: dict[tuple[str, str], ReadingRow] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    tasks: dict[str, TaskRow] = field(default_factory=dict)
    paused: dict[str, datetime] = field(default_factory=dict)
    events: dict[int, Event] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    examples: dict[str, TrainingExample] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    case_steps: dict[int, CaseStep] = field(default_factory=dict)
    supplements: dict[tuple[str, int], SupplementRequest] = field(default_factory=dict)
    results: dict[str, IssuedResult] = field(default_factory=dict)
    scanner_uses: dict[int, ScannerUse] = field(default_factory=dict)
    numbers: dict[str, KnownNumber] = field(default_factory=dict)
    consents: dict[int, ConsentAct] = field(default_factory=dict)
    vault_events: dict[int, VaultEvent] = field(default_factory=dict)
    papers: dict[str, ConfirmedPaper] = field(default_factory=dict)
    facts: dict[str, tuple[ConfirmedFact, ...]] = field(default_factory=dict)
    decisions: dict[int, ReuseDecision] = field(default_factory=dict)
    drafts: dict[str, ReviewDraft] = field(default_factory=dict)
    saved_searches: dict[tuple[str, str], SavedSearch] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    reports: dict[tuple[str, str, int], WeeklyReport] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    password_hashes: dict[str, str] = field(default_factory=dict)
    account_events: dict[int, AccountEvent] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    tokens: dict[str, ApiToken] = field(default_factory=dict)
    tries: dict[str, FailedTries] = field(default_factory=dict)
    kept_answers: dict[str, KeptAnswer] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    batch_dossiers: dict[str, str] = field(default_factory=dict)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    deliveries: dict[tuple[str, int], Delivery] = field(default_factory=dict)

    def agencies(self, dossier_id: str) -> frozenset[str]:
        """The agencies that a dossier names: in its code, and in its case where it has one."""
        case = self.cases.get(dossier_id)
        places = case.places if case is not None else None
        named = (places.receiving_point, places.competent_agency, places.support_point) if places else ()
        return frozenset((self.dossiers[dossier_id].branch, *named)) - {""}

    def is_within(self, dossier_id: str, within: Sequence[str]) -> bool:
        """Whether it names one of these agencies or one below it; true for none."""
        return is_within(within, self.agencies(dossier_id))

    def copy(self) -> MemoryState:
        """Returns an independent state with the same values."""
        return MemoryState(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


def not_found(record: str) -> RecordError:
    """There is no such record."""
    return RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en=f"there is no {record}")


def duplicate(record: str) -> RecordError:
    """A record with one of these keys exists already."""
    return RecordError("DUPLICATE", vi="Dữ liệu này đã có rồi.", en=f"there is already such a {record}")


def check_text(text: str) -> None:
    """Raises ``RecordError`` ``BAD_TEXT`` for text that no database keeps: it holds a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError as trouble:
        raise RecordError(
            "BAD_TEXT",
            vi="Tên tệp hoặc nội dung có ký tự không hợp lệ.",
            en="a text holds half a character (a lone surrogate) and cannot be kept",
        ) from trouble
