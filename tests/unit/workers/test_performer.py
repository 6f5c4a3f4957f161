"""Performing tasks: done once, tried again after a pause, given up after the last start, never held."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta

import pytest

from dossiers.batch_desk import BatchDesk
from dossiers.batches import BatchState
from dossiers.errors import (
    ConfigurationError,
    EngineError,
    InputCode,
    InputError,
    SohoaError,
    StoreInDoubt,
)
from dossiers.page import PageState
from dossiers.tasks import Priority, TaskKind
from tests.unit.workers.shop import Shop
from workers.embedded import EmbeddedWorkers


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
