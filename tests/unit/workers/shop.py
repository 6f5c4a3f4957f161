"""Workers over memory with a reader that does as it is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from dossiers.filing import Filing
from dossiers.intake import Intake, RawFile
from dossiers.opening import Opening
from dossiers.page import PageState
from dossiers.ports import Inspection
from dossiers.proposal import DocumentProposal
from dossiers.reading import Classification, CopyKind, Outcome, PageReading
from dossiers.testing import FixedClock, MemoryObjectStore, MemoryRecordStore
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.reader import ReadPage
from pipeline.text import PageText
from workers.embedded import EmbeddedWorkers
from workers.heartbeat import Heartbeat
from workers.performer import Performer
from workers.reader_pool import ReaderPool
from workers.steps import Services

ONE_DOCUMENT = DocumentProposal(
    type_id="ct01", positions=(0,), confidence=0.9, evidence="", copy_kind=CopyKind.UNKNOWN
)


class OneDocument:
    def assemble(
        self, readings: Sequence[PageReading], expected: Collection[str] = ()
    ) -> tuple[DocumentProposal, ...]:
        return (ONE_DOCUMENT,) if readings else ()


def _result() -> PageResult:
    classification = Classification(type_id="ct01", confidence=0.9, evidence="", is_first_page=True)
    reading = PageReading(
        outcome=Outcome.READ,
        classification=classification,
        fields=(),
        text="TỜ KHAI",
        page_number=None,
        rotated_degrees=0,
        skew_degrees=0.0,
        confidence=0.9,
        has_seal=False,
        issues=(),
        engine="scripted",
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


class ScriptedReader:
    """A reader that fails as it is told to, call by call, and then reads."""

    def __init__(self, failures: list[Exception]) -> None:
        self.failures = failures
        self.reads = 0

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        return Inspection(media_type="image/png", page_count=1)

    def read_to_keep(self, content: bytes, index: int, region: object = None) -> ReadPage:
        self.reads += 1
        if self.failures:
            raise self.failures.pop(0)
        return ReadPage(reading=_result().reading, artefact=encode_result(_result()))

    def render_pdf(self, pages, title: str) -> bytes:
        return b"%PDF " + title.encode()

    def close(self) -> None:
        pass


class Shop:
    """Workers over memory with a scripted reader; one page is waiting."""

    def __init__(self, failures: list[Exception]) -> None:
        self.clock = FixedClock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))
        self.records = MemoryRecordStore()
        self.reader = ScriptedReader(failures)
        self.derivatives = MemoryObjectStore()
        originals = MemoryObjectStore()
        readers = ReaderPool(lambda: self.reader, 1)
        filing = Filing(
            records=self.records, segmenter=OneDocument(), checklist=lambda _: (), clock=self.clock
        )
        self.services = Services(
            records=self.records,
            originals=originals,
            derivatives=self.derivatives,
            filing=filing,
            readers=readers,
            clock=self.clock,
            owner="me",
        )
        self.heartbeat = Heartbeat(records=self.records, clock=self.clock)
        self.performer = Performer(self.services, self.heartbeat)
        intake = Intake(
            records=self.records,
            originals=originals,
            quarantine=MemoryObjectStore(),
            inspector=readers,
            clock=self.clock,
        )
        self.intake, self.opened = intake, 0
        self.dossier_id = self.receive_another()

    def receive_another(self) -> str:
        """Opens a dossier with one page."""
        self.opened += 1
        key = str(self.opened)
        opening = Opening(agency="H29", intake_key=key, procedure_code=None, citizen_number=None, title="t")
        dossier_id = self.intake.open_dossier(opening).dossier_id
        self.intake.receive_file(dossier_id, RawFile(name="a.png", content=f"page {key}".encode()))
        return dossier_id

    def work(self, rounds: int = 1) -> None:
        for _ in range(rounds):
            with self.records.transaction() as work:
                due = [task.task_id for task in work.tasks.due(self.clock(), limit=10)]
            for task_id in due:
                self.performer.answer(task_id)

    def workers(self, threads: int, free_seconds: float = 5.0) -> EmbeddedWorkers:
        return EmbeddedWorkers(
            records=self.records,
            performer=self.performer,
            heartbeat=self.heartbeat,
            clock=self.clock,
            threads=threads,
            free_seconds=free_seconds,
        )

    def state(self) -> PageState:
        return self.state_of(self.dossier_id)

    def state_of(self, dossier_id: str) -> PageState:
        with self.records.transaction() as work:
            return work.pages.of_dossier(dossier_id)[0].state

    def open_tasks(self) -> int:
        with self.records.transaction() as work:
            return work.tasks.open_count(self.dossier_id)
