"""Performing tasks: done once, tried again after a pause, given up after the last start, never held."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from dossiers.batch_desk import BatchDesk
from dossiers.batches import BatchState
from dossiers.errors import (
    ConfigurationError,
    EngineError,
    InputCode,
    InputError,
    IntegrityError,
    ResourceError,
    SohoaError,
    StoreInDoubt,
)
from dossiers.filing import Filing
from dossiers.intake import Intake, RawFile
from dossiers.opening import Opening
from dossiers.page import PageState
from dossiers.ports import Inspection
from dossiers.proposal import DocumentProposal
from dossiers.reading import Classification, CopyKind, Outcome, PageReading
from dossiers.tasks import Priority, TaskKind
from dossiers.testing import FixedClock, MemoryObjectStore, MemoryRecordStore
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.reader import ReadPage
from pipeline.text import PageText
from workers.doorbells import Doorbell
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


def test_a_page_is_read_filed_and_rendered():
    shop = Shop([])
    shop.work(3)
    assert shop.state() is PageState.FILED
    assert shop.open_tasks() == 0
    with shop.records.transaction() as work:
        [document] = work.documents.of_dossier(shop.dossier_id)
    assert shop.derivatives.get(document.pdf_key).startswith(b"%PDF ")


def test_a_task_performed_twice_has_one_effect():
    shop = Shop([])
    with shop.records.transaction() as work:
        [task] = work.tasks.due(shop.clock(), limit=10)
    for _ in range(5):  # the page, the dossier, its document, and then nothing
        shop.performer.answer(task.task_id)
    assert shop.reader.reads == 1
    assert shop.open_tasks() == 0


@pytest.mark.parametrize("error", [EngineError("TIMEOUT", "x"), RuntimeError("a bug")])
def test_a_failure_is_tried_again_after_a_pause(error):
    shop = Shop([error])
    shop.work()
    assert shop.state() is PageState.RECEIVED
    shop.work()
    assert shop.reader.reads == 1, "not before its pause is over"
    shop.clock.advance(60)
    shop.work(3)
    assert shop.state() is PageState.FILED


@pytest.mark.parametrize("error", [EngineError("CRASHED", "x"), RuntimeError("a bug")])
def test_the_third_failure_sends_the_page_to_a_person(error):
    shop = Shop([error] * 9)
    for _ in range(5):
        shop.work()
        shop.clock.advance(60)
    assert shop.reader.reads == 3
    assert shop.state() is PageState.QUARANTINED
    assert shop.open_tasks() == 0


def test_damage_found_while_reading_sends_the_page_to_a_person_at_once():
    shop = Shop([InputError(InputCode.DAMAGED)])
    shop.work(2)
    assert shop.reader.reads == 1
    assert shop.state() is PageState.QUARANTINED


def test_a_page_that_always_kills_its_worker_is_given_up_without_being_read_again():
    shop = Shop([])
    with shop.records.transaction() as work:
        now = shop.clock()
        [task] = work.tasks.due(now, limit=10)
    for _ in range(3):  # starts that never ended: their leases lapse
        with shop.records.transaction() as work:
            assert work.tasks.lease(task.task_id, "dead", shop.clock(), shop.clock()) is not None
        shop.clock.advance(1)
    shop.work()
    assert shop.reader.reads == 0
    assert shop.state() is PageState.QUARANTINED


def test_a_store_that_fails_leaves_the_task_due():
    shop = Shop([])

    class Away(SohoaError):
        retryable = True

    def fail(content: bytes) -> str:
        raise Away("AWAY", vi="v", en="e")

    shop.derivatives.put_once = fail
    shop.work()
    assert shop.state() is PageState.RECEIVED
    assert shop.open_tasks() == 1


def test_a_task_of_a_document_that_is_gone_ends_quietly():
    shop = Shop([])
    shop.work(2)
    with shop.records.transaction() as work:
        work.documents.replace_proposed(shop.dossier_id, [])
    shop.work()
    assert shop.open_tasks() == 0


def test_embedded_workers_do_everything_that_is_due_and_stop():
    shop = Shop([EngineError("TIMEOUT", "x")])
    workers = shop.workers(threads=2)
    workers.start()
    try:
        deadline = time.monotonic() + 20
        while shop.open_tasks() and time.monotonic() < deadline:
            shop.clock.advance(1)
            time.sleep(0.02)
    finally:
        workers.stop()
    assert shop.state() is PageState.FILED


@pytest.mark.parametrize(
    "trouble",
    [
        ConfigurationError("MISSING_TOOL", vi="v", en="e"),
        StoreInDoubt("STORE_UNAVAILABLE", vi="v", en="e"),
    ],
)
def test_what_only_a_new_process_can_mend_stops_the_workers_and_leaves_the_page_due(trouble):
    shop = Shop([trouble] * 9)
    workers = shop.workers(threads=1)
    workers.start()
    try:
        deadline = time.monotonic() + 20
        while shop.reader.reads == 0 and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)
        with pytest.raises(type(trouble)):
            workers.check()
    finally:
        workers.stop()
    assert shop.reader.reads == 1
    assert shop.state() is PageState.RECEIVED
    assert shop.open_tasks() == 1


def test_starts_while_the_store_was_in_doubt_do_not_count_against_the_page():
    shop = Shop([StoreInDoubt("STORE_UNAVAILABLE", vi="v", en="e")] * 5)
    for _ in range(5):
        with pytest.raises(StoreInDoubt):
            shop.work()
        shop.clock.advance(60)
    shop.work(3)
    assert shop.state() is PageState.FILED


def test_tasks_of_a_process_that_dies_meanwhile_are_taken_over():
    shop = Shop([])
    script = "from workers.owners import current_owner as o; print(o(), flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    workers = EmbeddedWorkers(
        records=shop.records,
        performer=shop.performer,
        heartbeat=shop.heartbeat,
        clock=shop.clock,
        threads=1,
        free_seconds=0.2,
    )
    try:
        with shop.records.transaction() as work:
            now = shop.clock()
            [task] = work.tasks.due(now, limit=10)
            owner = other.stdout.readline().strip()
            assert work.tasks.lease(task.task_id, owner, now, now + timedelta(minutes=50)) is not None
        workers.start()
        time.sleep(1)
        assert shop.state() is PageState.RECEIVED, "the other process is at work on it"
        other.kill()
        other.communicate()
        deadline = time.monotonic() + 20
        while shop.open_tasks() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        workers.stop()
        other.kill()
    assert shop.state() is PageState.FILED


def test_a_paused_batch_waits_goes_on_and_what_is_stuck_is_read_again():
    failures = [InputError(InputCode.DAMAGED)]
    shop = Shop(failures)
    batches = BatchDesk(records=shop.records, clock=shop.clock)
    batches.join("b1", "H29", "Hộp 12", shop.dossier_id)
    assert batches.pause("b1", "hoa").state is BatchState.PAUSED
    workers = shop.workers(threads=1)
    workers.start()
    try:
        other = shop.receive_another()
        _until(lambda: shop.state_of(other) is not PageState.RECEIVED)
        assert batches.progress("b1").state is BatchState.PAUSED
        assert shop.state() is PageState.RECEIVED
        batches.resume("b1")
        _until(lambda: shop.state() is not PageState.RECEIVED)
    finally:
        workers.stop()
    assert {shop.state_of(other), shop.state()} == {PageState.QUARANTINED, PageState.FILED}


def test_every_page_of_a_batch_that_was_given_up_is_read_again_behind_the_counter():
    shop = Shop([InputError(InputCode.DAMAGED)])
    batches = BatchDesk(records=shop.records, clock=shop.clock)
    batches.join("b1", "H29", "Hộp 12", shop.dossier_id)
    shop.work(1)
    stuck = batches.progress("b1")
    assert (stuck.state, stuck.stuck, stuck.total) == (BatchState.STUCK, 1, 1)
    assert batches.retry("b1", "hoa") == 1
    with shop.records.transaction() as work:
        due = work.tasks.due(shop.clock(), limit=9)
    assert [each.priority for each in due if each.kind is TaskKind.READ_PAGE] == [Priority.BATCH]
    shop.work(3)
    assert batches.progress("b1").state is BatchState.DONE
    assert batches.retry("b1", "hoa") == 0


def _until(holds, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Bells:
    """So many doorbells that wait; notes what became of each."""

    def __init__(self, *rung: str) -> None:
        self.waiting, self.answered = list(rung), []

    def next(self) -> Doorbell | None:
        if not self.waiting:
            return None
        task_id = self.waiting.pop()
        return Doorbell(task_id, lambda: self.answered.append(task_id), lambda: self.waiting.append(task_id))


def _transactions(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    begun, real = [0], shop.records.transaction

    def counted():
        begun[0] += 1
        return real()

    monkeypatch.setattr(shop.records, "transaction", counted)
    return begun


def test_the_next_task_is_taken_in_the_transaction_that_ends_the_one_before(monkeypatch):
    shop, bells = Shop([]), Bells("", "")
    begun = _transactions(shop, monkeypatch)
    assert shop.performer.answer("", bells.next)
    assert (shop.open_tasks(), bells.answered, bells.waiting) == (0, ["", ""], [])
    assert begun == [1 + 3 + 1], "one to take the page, one for each of three tasks, one of this test"


def test_the_start_of_the_next_task_is_counted_before_it_begins():
    shop = Shop([])
    other, starts = shop.receive_another(), []

    def look(content: bytes, *_: object) -> None:
        with shop.records.transaction() as work:
            starts.extend(row.starts for row in work.tasks._state.tasks.values() if row.owner == "me")

    read = shop.reader.read_to_keep
    shop.reader.read_to_keep = lambda *told: (look(*told), read(*told))[1]
    shop.performer.answer("", Bells("").next)
    assert starts == [1, 1]
    assert {shop.state(), shop.state_of(other)} == {PageState.READ}


def test_a_doorbell_goes_back_where_nothing_comes_of_it():
    shop, bells = Shop([EngineError("TIMEOUT", "x")]), Bells("a")
    shop.performer.answer("", bells.next)
    assert (bells.waiting, bells.answered) == (["a"], []), "the page failed"
    shop.clock.advance(60)
    bells = Bells(*"abcdefg")
    shop.performer.answer("", bells.next)
    assert (len(bells.answered), len(bells.waiting)) == (2, 5), "nothing was due any more"


def test_a_task_that_is_lost_with_the_end_of_another_is_due_again(monkeypatch):
    shop, bells = Shop([]), Bells("a")
    other = shop.receive_another()
    real = shop.records.transaction
    begun = [0]

    @contextmanager
    def second_one_fails():
        begun[0] += 1
        with real() as work:
            yield work
            if begun[0] == 2:
                raise ResourceError("STORE_UNAVAILABLE", vi="v", en="e")

    monkeypatch.setattr(shop.records, "transaction", second_one_fails)
    shop.performer.answer("", bells.next)
    assert (bells.waiting, bells.answered) == (["a"], [])
    with real() as work:
        [due] = work.tasks.due(shop.clock(), limit=9)
        assert work.pages.get(due.subject_id).dossier_id == other
        assert work.tasks.lease(due.task_id, "x", shop.clock(), shop.clock()).starts == 1


def test_what_a_task_is_about_may_be_damaged_and_its_start_is_counted_all_the_same(monkeypatch):
    shop = Shop([])

    def damaged(*_: object) -> None:
        raise IntegrityError("RECORDS_DAMAGED", vi="v", en="e")

    monkeypatch.setattr("dossiers.testing.memory_pages.MemoryPageRecords.glance", damaged)
    for _ in range(3):
        shop.work()
        shop.clock.advance(60)
    assert shop.reader.reads == 0
    assert shop.state() is PageState.QUARANTINED


def test_a_doorbell_that_another_task_answered_is_rung_again_only_if_nobody_else_will_come():
    shop = Shop([])
    shop.receive_another()
    with shop.records.transaction() as work:
        first, second = [task.task_id for task in work.tasks.due(shop.clock(), limit=9)]
        work.tasks.mark_rung([first, second], shop.clock())
    shop.performer.answer(second)  # the first page is read for it, whose own doorbell is on its way
    assert _is_rung(shop, second)
    with shop.records.transaction() as work:
        work.tasks.forget_rung([second])
        waiting = {task.task_id for task in work.tasks.due(shop.clock(), limit=9)} - {second}
        work.tasks.mark_rung(list(waiting), shop.clock())
    [filing] = waiting
    shop.performer.answer(filing)  # the second page is read for it, and nobody will come for the filing
    assert shop.reader.reads == 2
    assert not _is_rung(shop, filing)


def _is_rung(shop: Shop, task_id: str) -> bool:
    with shop.records.transaction() as work:
        return work.tasks._state.tasks[task_id].rung_at is not None
