"""What the domain needs from the world. Adapters live in ``storage`` and ``pipeline``; memory adapters for
tests and trials are shipped in ``dossiers.testing``.

Every operation may raise ``ResourceError`` when the thing behind it is unavailable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from dossiers.account_ports import AccountRecords, SignInRecords
from dossiers.arranging_step import ArrangingStep
from dossiers.batches import BatchRecords
from dossiers.case_ports import CaseRecords, ResultRecords
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.events import Event
from dossiers.idempotency import KeptAnswers
from dossiers.inspection_ports import Inspection as Inspection
from dossiers.inspection_ports import Inspector as Inspector
from dossiers.inspection_ports import Segmenter as Segmenter
from dossiers.ledger import LedgerRecords
from dossiers.object_ports import ObjectStore as ObjectStore
from dossiers.page import Page, PageState, ReceivedFile, Refusal
from dossiers.queue_ports import QueueRecords
from dossiers.reading import PageReading
from dossiers.render_order import RenderOrder
from dossiers.reports.report_ports import ReportRecords, TicketRecords
from dossiers.review_ports import ReviewRecords, SavedSearches
from dossiers.scanner_use import ScannerUse
from dossiers.search import Hit, Query
from dossiers.slot import Slot
from dossiers.task_ports import TaskRecords
from dossiers.training_example import TrainingExample
from dossiers.vault_ports import DecisionRecords, HolderRecords, PaperRecords
from dossiers.webhooks import WebhookRecords

#: Returns the present moment, aware, in UTC.
Clock = Callable[[], datetime]


class DossierRecords(Protocol):
    """Dossiers and what was received for them."""

    def next_number(self, agency: str, day: str) -> int:
        """Counts up within agency and day (``YYMMDD``) from 1 without gaps, within the transaction."""
        ...

    def add(self, dossier: Dossier) -> None:
        """Adds a dossier.

        Raises:
            RecordError: ``DUPLICATE``, its id, code or intake key is taken.
        """
        ...

    def get(self, dossier_id: str) -> Dossier:
        """Returns the dossier.

        Raises:
            RecordError: ``NOT_FOUND``.
        """
        ...

    def by_intake_key(self, intake_key: str) -> Dossier | None:
        """Returns the dossier opened with this intake key, if any."""
        ...

    def by_code(self, code: str) -> Dossier | None:
        """Returns the dossier with this code, if any."""
        ...

    def procedures_used(self, since: datetime) -> Mapping[str, int]:
        """How many dossiers were opened from a moment on, by the number of their procedure."""
        ...

    def several(self, dossier_ids: Sequence[str]) -> Mapping[str, Dossier]:
        """Those of these dossiers that are there, by id; for looking only, any number of them."""
        ...

    def opened_between(self, start: datetime, end: datetime, branch: str = "") -> Sequence[Dossier]:
        """Dossiers opened from ``start`` until before ``end``, oldest first; those with codes of a branch."""
        ...

    def unfinished(self, since: datetime, limit: int, within: Sequence[str] = ()) -> Sequence[Dossier]:
        """Dossiers not digitized completely and opened at this moment or later, newest first, so many.

        ``within``: only those that one of these agencies, or one below it, received, decides or supports.
        """
        ...

    def save(self, dossier: Dossier) -> None:
        """Saves over the version it carries and counts the version up.

        Raises:
            StaleVersion: somebody saved it since.
        """
        ...

    def add_file(self, file: ReceivedFile) -> None:
        """Adds a received file; a second one with the same dossier and receipt key is ``DUPLICATE``."""
        ...

    def file_by_receipt(self, dossier_id: str, receipt_key: str) -> ReceivedFile | None:
        """Returns the file received under this key, if any."""
        ...

    def files(self, dossier_id: str) -> Sequence[ReceivedFile]:
        """Files of the dossier in the order of receipt."""
        ...

    def add_refusal(self, refusal: Refusal) -> None:
        """Notes a refused file; noting it again changes nothing."""
        ...

    def refusals(self, dossier_id: str) -> Sequence[Refusal]:
        """Refused files of the dossier in the order of refusal."""
        ...

    def set_slots(self, dossier_id: str, slots: Sequence[Slot]) -> None:
        """Replaces the slots of the dossier."""
        ...

    def slots(self, dossier_id: str) -> Sequence[Slot]:
        """Slots of the dossier in checklist order."""
        ...

    def slots_between(self, start: datetime, end: datetime) -> Mapping[str, Sequence[Slot]]:
        """Slots of all dossiers that ``opened_between`` gives, by dossier, in checklist order."""
        ...


class PageRecords(Protocol):
    """Pages and their readings."""

    def add(self, page: Page) -> None:
        """Adds a page; its id or its number and revision taken is ``RecordError`` ``DUPLICATE``."""
        ...

    def get(self, page_id: str) -> Page:
        """Returns the page or raises ``RecordError`` ``NOT_FOUND``."""
        ...

    def of_dossier(self, dossier_id: str) -> Sequence[Page]:
        """Pages of the dossier in their order, without those that were replaced or set aside."""
        ...

    def aside(self, dossier_id: str) -> Sequence[Page]:
        """Pages of the dossier that are no papers, in the order of receipt."""
        ...

    def replaced(self, dossier_id: str) -> Sequence[Page]:
        """Pages of the dossier that others took the place of, by number, then in the order of receipt."""
        ...

    def save(self, *changed: Page) -> None:
        """Saves pages over the versions they carry; ``StaleVersion`` if somebody saved one since."""
        ...

    def place(self, page: Page) -> None:
        """Saves a page with its number and revision; ``DUPLICATE`` if that place of the dossier is taken.

        ``StaleVersion`` if somebody saved it since.
        """
        ...

    def arrange(self, page: Page) -> None:
        """Saves where a clerk put a page: place, turn, named type, whether a document begins there.

        ``StaleVersion`` if somebody saved it since.
        """
        ...

    def add_reading(self, page_id: str, effect_key: str, reading: PageReading, artefact_key: str) -> bool:
        """Adds the reading of a page once.

        Args:
            page_id: the page.
            effect_key: input hash, page index and pipeline version; unique per page (C4).
            reading: what recognition says.
            artefact_key: object key of the full result with all boxes.

        Returns:
            ``False`` where this effect is there already: nothing was changed.
        """
        ...

    def reading(self, page_id: str) -> tuple[PageReading, str] | None:
        """Returns the newest reading of the page and the key of its full result, if any."""
        ...

    def readings(self, dossier_id: str) -> Mapping[str, PageReading]:
        """The newest reading of each page of the dossier that was read, by page id."""
        ...

    def glance(self, page_id: str) -> tuple[Page, bool] | None:
        """The page and whether it was ever read, for looking only; ``None`` where there is no such page."""
        ...

    def is_waiting(self, dossier_id: str) -> bool:
        """Whether a page of the dossier waits to be read."""
        ...

    def last_number(self, dossier_id: str) -> int:
        """The highest number among the pages that ``of_dossier`` gives; 0 where there are none."""
        ...

    def in_state(self, state: PageState, limit: int, within: Sequence[str] = ()) -> Sequence[Page]:
        """Pages in a state, newest first, at most so many; ``within`` as of ``DossierRecords.unfinished``."""
        ...

    def counts(self) -> dict[PageState, int]:
        """How many pages are in each state: the ledger (C8)."""
        ...


class DocumentRecords(Protocol):
    """Documents."""

    def replace_proposed(self, dossier_id: str, documents: Sequence[Document]) -> None:
        """Replaces the proposed documents of the dossier; keeps the PDF of one that stays the same."""
        ...

    def get(self, document_id: str) -> Document:
        """Returns the document or raises ``RecordError`` ``NOT_FOUND``."""
        ...

    def of_dossier(self, dossier_id: str) -> Sequence[Document]:
        """Documents of the dossier by ordinal."""
        ...

    def render_order(self, document_id: str) -> RenderOrder | None:
        """What its PDF is made from, for looking only; ``None`` where the document is gone."""
        ...

    def set_pdf(self, document_id: str, pdf_key: str) -> None:
        """Notes the searchable PDF of a document."""
        ...


class ScannerUses(Protocol):
    """What became of every use of a scanner: its health."""

    def add(self, use: ScannerUse) -> None:
        """Notes a use."""
        ...

    def of_device(self, device: str, since: datetime) -> Sequence[ScannerUse]:
        """Uses of a device that ended at this moment or later, in the order of noting."""
        ...

    def devices(self, since: datetime) -> Sequence[str]:
        """Keys of the devices with a use that ended at this moment or later, sorted."""
        ...


class EventLog(Protocol):
    """Audit facts, appended only."""

    def append(self, event: Event) -> None:
        """Appends a fact, and makes a call due for every address that is told of it."""
        ...

    def of_dossier(self, dossier_id: str) -> Sequence[Event]:
        """Facts of a dossier in the order of appending."""
        ...


class SearchIndex(Protocol):
    """Finds documents and pages."""

    def index_page(self, page: Page, text: str) -> None:
        """Makes the text of a page findable in place of what was indexed for it before."""
        ...

    def find(self, query: Query) -> Sequence[Hit]:
        """Answers the query, newest dossier first, then by document and page."""
        ...


class TrainingExamples(Protocol):
    """Pages that the classifiers may learn from, and forget again."""

    def put(self, example: TrainingExample) -> None:
        """Keeps an example in place of an earlier one of the same page.

        Raises:
            RecordError: ``NOT_FOUND``, there is no such page in the dossier.
        """
        ...

    def all(self) -> Sequence[TrainingExample]:
        """Every example, in the order in which pages were first put."""
        ...

    def erase_dossier(self, dossier_id: str) -> int:
        """Erases those of a dossier; returns how many there were."""
        ...

    def erase_person(self, citizen_number: str) -> int:
        """Erases those of the dossiers of a person or naming the person; returns how many there were."""
        ...


class ArrangingRecords(Protocol):
    """What clerks did to the pages of dossiers."""

    def add(self, step: ArrangingStep) -> None:
        """Adds a step; its id taken is ``RecordError`` ``DUPLICATE``."""
        ...

    def of_dossier(self, dossier_id: str) -> Sequence[ArrangingStep]:
        """Steps of a dossier in the order of adding."""
        ...

    def mark_undone(self, step_id: str, by: str) -> None:
        """Notes who undid a step; ``RecordError`` ``NOT_FOUND`` where there is none."""
        ...


class UnitOfWork(Protocol):
    """Everything that one transaction sees."""

    @property
    def dossiers(self) -> DossierRecords:
        """Dossiers and files."""
        ...

    @property
    def pages(self) -> PageRecords:
        """Pages and readings."""
        ...

    @property
    def arrangings(self) -> ArrangingRecords:
        """What clerks did to pages."""
        ...

    @property
    def documents(self) -> DocumentRecords:
        """Documents."""
        ...

    @property
    def tasks(self) -> TaskRecords:
        """Due work."""
        ...

    @property
    def queue(self) -> QueueRecords:
        """Branches that are paused, and how much is waiting."""
        ...

    @property
    def ledger(self) -> LedgerRecords:
        """Whether every page is somewhere."""
        ...

    @property
    def events(self) -> EventLog:
        """Audit facts."""
        ...

    @property
    def search(self) -> SearchIndex:
        """Search."""
        ...

    @property
    def examples(self) -> TrainingExamples:
        """Training examples."""
        ...

    @property
    def cases(self) -> CaseRecords:
        """Cases: the legal life of dossiers."""
        ...

    @property
    def results(self) -> ResultRecords:
        """Issued results."""
        ...

    @property
    def scanner_uses(self) -> ScannerUses:
        """Uses of scanners."""
        ...

    @property
    def holders(self) -> HolderRecords:
        """People and organisations, consents."""
        ...

    @property
    def papers(self) -> PaperRecords:
        """Confirmed papers."""
        ...

    @property
    def decisions(self) -> DecisionRecords:
        """Decisions on reuse."""
        ...

    @property
    def reviews(self) -> ReviewRecords:
        """Half-done confirmations."""
        ...

    @property
    def saved_searches(self) -> SavedSearches:
        """Searches that clerks keep."""
        ...

    @property
    def tickets(self) -> TicketRecords:
        """Tickets of the waiting room."""
        ...

    @property
    def reports(self) -> ReportRecords:
        """Weekly reports."""
        ...

    @property
    def accounts(self) -> AccountRecords:
        """Accounts."""
        ...

    @property
    def kept_answers(self) -> KeptAnswers:
        """Answers to programs, by the keys of their requests."""
        ...

    @property
    def batches(self) -> BatchRecords:
        """Batches of dossiers."""
        ...

    @property
    def webhooks(self) -> WebhookRecords:
        """Addresses of programs and the calls that they are due."""
        ...

    @property
    def sign_ins(self) -> SignInRecords:
        """Sessions, tokens of programs, failed sign-ins."""
        ...


class RecordStore(Protocol):
    """The records."""

    def transaction(self) -> AbstractContextManager[UnitOfWork]:
        """Opens a transaction that sees no half-done change of others.

        Leaving the block normally commits durably; leaving it by an exception undoes everything. Writers
        follow one another. May be used from several threads, one transaction each; never nested.
        """
        ...

    def look(self) -> AbstractContextManager[UnitOfWork]:
        """Opens a transaction that reads as of one moment, waits for no writer and holds none up.

        Nothing may be changed in it: adapters refuse that, or forget it. Never nested either. What was read
        may be out of date by the time it is used: whoever changes something by it checks again.
        """
        ...

    def close(self) -> None:
        """Frees connections; closing twice is no error."""
        ...
