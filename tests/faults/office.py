"""A whole office without an engine: real intake, filing, records, stores and workers, a reader of codes.

The parts that touch the disk or the time are handed in, so that the same office is killed, starved of disk,
or simulated on a clock of its own.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dossiers.filing import Filing
from dossiers.intake import Intake, RawFile, Receipt
from dossiers.opening import Opening
from dossiers.ports import Clock, Inspection, ObjectStore, RecordStore
from dossiers.proposal import DocumentProposal
from dossiers.reading import Classification, CopyKind, Outcome, PageReading
from dossiers.tasks import Priority
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.reader import ReadPage
from pipeline.text import PageText
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.sqlite_store import open_sqlite
from tests.faults.papers import code_of, paper
from workers.heartbeat import LEASE_TIME, Heartbeat
from workers.owners import current_owner
from workers.performer import Performer
from workers.steps import Services

#: Pages that belong together in the documents of these offices.
PAGES_A_DOCUMENT = 2


class ByTwos:
    """Cuts a dossier into documents of two pages."""

    def assemble(
        self, readings: Sequence[PageReading], expected: Collection[str] = ()
    ) -> tuple[DocumentProposal, ...]:
        starts = range(0, len(readings), PAGES_A_DOCUMENT)
        return tuple(
            DocumentProposal(
                type_id="ct01",
                positions=tuple(range(start, min(start + PAGES_A_DOCUMENT, len(readings)))),
                confidence=0.9,
                evidence="",
                copy_kind=CopyKind.UNKNOWN,
            )
            for start in starts
        )


class CodeReader:
    """Reads the code of a paper; ``before`` is called before every reading and may fail, stall or kill."""

    def __init__(self, before: Callable[[bytes], None] = lambda _: None) -> None:
        self._before = before

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        return Inspection(media_type="image/png", page_count=1)

    def read_to_keep(self, content: bytes, index: int, region: object = None) -> ReadPage:
        self._before(content)
        result = _result(code_of(content))
        return ReadPage(reading=result.reading, artefact=encode_result(result))

    def render_pdf(self, pages: Sequence[object], title: str) -> bytes:
        return b"%PDF " + title.encode() + b"".join(code_of(page.content).encode() for page in pages)

    @contextmanager
    def borrow(self) -> Iterator[CodeReader]:
        yield self

    def close(self) -> None:
        pass


@dataclass(frozen=True, kw_only=True)
class Office:
    """The wired parts."""

    records: RecordStore
    originals: ObjectStore
    derivatives: ObjectStore
    quarantine: ObjectStore
    clock: Clock
    intake: Intake
    heartbeat: Heartbeat
    performer: Performer

    def open(self, key: str = "k") -> str:
        opening = Opening(
            agency="H29.119", intake_key=key, procedure_code=None, citizen_number=None, title="t"
        )
        return self.intake.open_dossier(opening).dossier_id

    def receive(
        self,
        dossier_id: str,
        number: int,
        priority: Priority = Priority.COUNTER,
        content: bytes | None = None,
    ) -> Receipt:
        content = paper(number) if content is None else content
        return self.intake.receive_file(
            dossier_id, RawFile(name=f"{number}.png", content=content, priority=priority)
        )

    def work(self, most: int = 1000) -> None:
        for _ in itertools.takewhile(lambda _: self.performer.answer(), range(most)):
            pass


def wire(
    *,
    records: RecordStore,
    originals: ObjectStore,
    derivatives: ObjectStore,
    quarantine: ObjectStore,
    clock: Clock,
    owner: str,
    reader: CodeReader | None = None,
    lease_time: timedelta = LEASE_TIME,
) -> Office:
    """Puts an office together from its parts."""
    reader = reader or CodeReader()
    filing = Filing(records=records, segmenter=ByTwos(), checklist=lambda _: (), clock=clock)
    services = Services(
        records=records,
        originals=originals,
        derivatives=derivatives,
        filing=filing,
        readers=reader,
        clock=clock,
        owner=owner,
    )
    heartbeat = Heartbeat(records=records, clock=clock, lease_time=lease_time)
    return Office(
        records=records,
        originals=originals,
        derivatives=derivatives,
        quarantine=quarantine,
        clock=clock,
        intake=Intake(
            records=records, originals=originals, quarantine=quarantine, inspector=reader, clock=clock
        ),
        heartbeat=heartbeat,
        performer=Performer(services, heartbeat),
    )


@contextmanager
def office_in(
    folder: Path, reader: CodeReader | None = None, later: timedelta = timedelta(0)
) -> Iterator[Office]:
    """An office on the disk, as an embedded one is; its clock is so much ahead."""
    records = open_sqlite(folder / "records.sqlite3")
    try:
        yield wire(
            records=records,
            originals=FilesystemObjectStore(folder / "originals"),
            derivatives=FilesystemObjectStore(folder / "derivatives"),
            quarantine=FilesystemObjectStore(folder / "quarantine"),
            clock=lambda: datetime.now(tz=UTC) + later,
            owner=current_owner(),
            reader=reader,
        )
    finally:
        records.close()


def new_office(folder: Path, template: Path) -> Path:
    """Makes the folder of a new office; its records are copied from a template, made when it is missing."""
    if not template.exists():
        with office_in(template):
            pass
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(template / "records.sqlite3", folder)
    return folder


def _result(code: str) -> PageResult:
    classification = Classification(type_id="ct01", confidence=0.9, evidence="", is_first_page=True)
    reading = PageReading(
        outcome=Outcome.READ,
        classification=classification,
        fields=(),
        text=code,
        page_number=None,
        rotated_degrees=0,
        skew_degrees=0.0,
        confidence=0.9,
        has_seal=False,
        issues=(),
        engine="codes",
        pipeline_version="0",
        seconds=0.0,
    )
    placement = Placement(
        original_width=10,
        original_height=10,
        width=10,
        height=10,
        dpi=300.0,
        rotated_degrees=0,
        skew_degrees=0.0,
        to_original=(1, 0, 0, 0, 1, 0, 0, 0, 1),
    )
    text = PageText(width=10, height=10, dpi=300.0, blocks=())
    return PageResult(reading=reading, text=text, placement=placement)
