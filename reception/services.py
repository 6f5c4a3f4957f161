"""What the desk is given: use cases and ports. ``sohoa`` wires them; the desk connects to nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dossiers.account_desk import AccountDesk
from dossiers.arranging import Arranging
from dossiers.batch_desk import BatchDesk
from dossiers.catalogue import Catalogue
from dossiers.intake import Intake
from dossiers.learning import Learning
from dossiers.page import Page
from dossiers.placing import Placing
from dossiers.ports import Clock, ObjectStore, RecordStore
from dossiers.reports.sheet import Sheet
from dossiers.reports.ticket_desk import TicketDesk
from dossiers.reports.weekly_desk import WeeklyDesk
from dossiers.result_desk import ResultDesk
from dossiers.retrieval import Retrieval
from dossiers.retrying import Retrying
from dossiers.reuse_desk import ReuseDesk
from dossiers.review import Review
from dossiers.review_desk import ReviewDesk
from dossiers.sign_in import SignIn
from dossiers.vault import Vault
from dossiers.webhook_desk import WebhookDesk
from reception.admin.file_ports import OfficeFiles
from reception.admin.ports import OfficeAdministration
from reception.api.ports import UploadSpool
from reception.cases.ports import CaseCounter
from reception.frame.ports import Names, PageLayouts
from reception.intake.ports import CardReader, CounterDesk, ScanDesk


class PagePictures(Protocol):
    """Shows pages; untrusted bytes are decoded in a sandbox."""

    def picture(self, page: Page, width: int, turned: int = 0) -> bytes:
        """Returns the upright page as JPEG; boxes of words lie on it, scaled; may be repeated.

        Args:
            page: which page.
            width: px across the upright page, 16 to 4,000; a smaller page is not enlarged.
            turned: clockwise turn by a clerk on top: 0, 90, 180 or 270.

        Raises:
            InputError: the page cannot be decoded.
            EngineError: the sandbox failed.
            ResourceError: a store is unavailable.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskServices:
    """The parts that screens stand on.

    Attributes:
        language: language of a browser that has not chosen one, ``vi`` or ``en``.
        agency: identifier of the receiving point.
        agency_name: its name.
        counter: name of this counter; may be empty.
        clock: tells the time, UTC.
        records: the records.
        originals: pages as received.
        derivatives: what was made of them.
        catalogue: procedures.
        retrieval: finds dossiers.
        review: confirming fields.
        vault: what is on file of a person.
        reuse: what need not be brought.
        pictures: shows pages.
        arranging: pages put right by a clerk.
        learning: types said by a clerk, learned.
        placing: slots put right by a clerk.
        scanning: scanners.
        counter_desk: opens dossiers, prints receipts.
        cases: what is done to cases, their forms, the register.
        cards: understands card readers.
        intake: receives files.
        results: records and revokes results.
        uploads: files that arrive in pieces.
        sign_in: tells who is asking.
        accounts: what an administrator does with accounts.
        administration: files, scanners and catalogue of the office.
        files: files of the office that are changed at the desk.
        names: what people call fields, issues and types.
        layouts: where words stand on pages.
        review_desk: confirming with claims and drafts.
        weekly: figures and the weekly report.
        tickets: the waiting room.
        retrying: pages read once more.
        batches: batches of dossiers.
        webhooks: programs that are called.
        write_xlsx: tables as a file for spreadsheet programs.
    """

    language: str
    agency: str
    agency_name: str
    counter: str
    clock: Clock
    records: RecordStore
    originals: ObjectStore
    derivatives: ObjectStore
    catalogue: Catalogue
    retrieval: Retrieval
    review: Review
    vault: Vault
    reuse: ReuseDesk
    pictures: PagePictures
    arranging: Arranging
    learning: Learning
    placing: Placing
    scanning: ScanDesk
    counter_desk: CounterDesk
    cases: CaseCounter
    cards: CardReader
    intake: Intake
    results: ResultDesk
    uploads: UploadSpool
    sign_in: SignIn
    accounts: AccountDesk
    administration: OfficeAdministration
    files: OfficeFiles
    names: Names
    layouts: PageLayouts
    review_desk: ReviewDesk
    weekly: WeeklyDesk
    tickets: TicketDesk
    retrying: Retrying
    batches: BatchDesk
    webhooks: WebhookDesk
    write_xlsx: Callable[[Sequence[Sheet]], bytes]
