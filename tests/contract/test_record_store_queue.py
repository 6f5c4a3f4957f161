"""What every record store promises about the order of due work, paused branches and the doorbell's marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dossiers.errors import StaleVersion
from dossiers.ports import RecordStore, UnitOfWork
from dossiers.queue_ports import QueueLine
from dossiers.tasks import COUNTER_GRACE, Lease, Priority, TaskKind

if TYPE_CHECKING:
    from conftest import Samples


def test_branches_take_turns_whatever_came_first(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1 a2 a3 a4 b1 b2 c1")
        assert _due(work, samples) == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


def test_a_branch_that_comes_late_waits_for_one_page_of_the_others(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1 a2 a3 a4")
        for _ in range(2):
            work.tasks.finish(_take(work, samples))
        _add(work, samples, "b1 b2")
        assert _due(work, samples) == ["a3", "b1", "a4", "b2"]


def test_a_paused_branch_neither_begins_anything_nor_spoils_the_turns(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1")
        _add(work, samples, "b1 b2 b3")
        for _ in range(3):
            work.queue.pause("a", samples.now)
        work.tasks.finish(_take(work, samples))
        _add(work, samples, "c1")
        assert _due(work, samples) == ["b2", "c1", "b3"]
        assert list(work.queue.paused()) == [("a", samples.now)]
    with records.transaction() as work:
        work.queue.resume("a")
        work.queue.resume("never paused")
        assert _due(work, samples)[0] == "a1"
        assert not work.queue.paused()


def test_batch_waits_while_a_counter_page_of_its_branch_is_waiting_or_in_hand(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1 b1")
        work.tasks.add(samples.task("c", priority=Priority.COUNTER, branch="a", subject_id="p"))
        assert _due(work, samples) == ["c", "b1"]
        lease = work.tasks.lease("c", "worker", samples.now, samples.later(20))
        assert lease is not None
        assert _due(work, samples, 5) == ["b1"]
        work.tasks.finish(lease)
        assert _due(work, samples, 5) == ["a1", "b1"]


def test_a_counter_page_that_is_stuck_holds_no_batch_back_for_long(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1")
        work.tasks.add(samples.task("c", priority=Priority.COUNTER, branch="a"))
        grace = COUNTER_GRACE.total_seconds()
        work.tasks.lease("c", "worker", samples.now, samples.later(2 * grace))
        assert _due(work, samples, grace - 0.001) == []
        assert _due(work, samples, grace) == ["a1"]


def test_filing_and_rendering_at_the_counter_go_first_but_hold_nothing_back(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1")
        for kind in (TaskKind.FILE_DOSSIER, TaskKind.RENDER_DOCUMENT):
            work.tasks.add(samples.task(kind.value, kind=kind, priority=Priority.COUNTER, branch="a"))
        assert _due(work, samples) == ["file_dossier", "render_document", "a1"]


def test_a_renewed_lease_lasts_longer(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1")
        lease = _take(work, samples, seconds=20)
        work.tasks.renew(lease, samples.later(40))
        assert _due(work, samples, 39) == []
        assert _due(work, samples, 40) == ["a1"]


def test_a_zombie_renews_nothing(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1")
        zombie = _take(work, samples, seconds=20)
        newest = work.tasks.lease("a1", "another", samples.later(21), samples.later(41))
        assert newest is not None
        with pytest.raises(StaleVersion):
            work.tasks.renew(zombie, samples.later(99))
        work.tasks.finish(newest)
        with pytest.raises(StaleVersion):
            work.tasks.renew(newest, samples.later(99))


def test_rung_tasks_are_counted_until_they_are_taken_or_forgotten(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        _add(work, samples, "a1 a2 a3")
        work.tasks.mark_rung(["a1", "a2", "a3"], samples.now)
        assert work.tasks.rung_count(samples.now) == 3
        assert work.tasks.rung_count(samples.later(1)) == 0
        _take(work, samples)
        work.tasks.forget_rung(["a1", "a2", "gone"])
        assert work.tasks.rung_count(samples.now) == 1
        quiet = work.tasks.due(samples.now, rung_before=samples.now, limit=9)
        assert [task.task_id for task in quiet] == ["a2"]


def test_the_queue_tells_its_lines(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        assert not work.queue.lines(samples.now)
        _add(work, samples, "b1 a1 a2 a3")
        for seconds in (1, 60):
            _take(work, samples, seconds)
        work.tasks.add(samples.task("late", priority=Priority.COUNTER, branch="b", due_at=samples.later(9)))
    with records.transaction() as work:
        lines = work.queue.lines(samples.later(2))
    told = [(line.branch, line.priority.value, line.waiting, line.in_hand) for line in lines]
    assert told == [("a", "batch", 2, 1), ("b", "counter", 1, 0), ("b", "batch", 1, 0)], "one lease lapsed"
    assert lines[0] == QueueLine(
        branch="a", priority=Priority.BATCH, waiting=2, in_hand=1, oldest_due_at=samples.now
    )
    assert lines[1].oldest_due_at == samples.later(9)


def _add(work: UnitOfWork, samples: Samples, task_ids: str) -> None:
    for task_id in task_ids.split():
        work.tasks.add(samples.task(task_id, branch=task_id[0], subject_id=f"p-{task_id}"))


def _due(work: UnitOfWork, samples: Samples, seconds: float = 0) -> list[str]:
    return [task.task_id for task in work.tasks.due(samples.later(seconds), limit=100)]


def _take(work: UnitOfWork, samples: Samples, seconds: float = 60) -> Lease:
    [best] = work.tasks.due(samples.now, limit=1)
    lease = work.tasks.lease(best.task_id, "worker", samples.now, samples.later(seconds))
    assert lease is not None
    return lease
