"""What every record store promises about due work: the queue of record (C3-C6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dossiers.errors import StaleVersion
from dossiers.ports import RecordStore, UnitOfWork
from dossiers.tasks import Lease, Priority, TaskKind

if TYPE_CHECKING:
    from conftest import Samples


def test_a_task_is_due_as_it_was_added(records: RecordStore, samples: Samples) -> None:
    task = samples.task(kind=TaskKind.RENDER_DOCUMENT, priority=Priority.COUNTER)
    with records.transaction() as work:
        work.tasks.add(task)
    with records.transaction() as work:
        assert _due(work, samples) == ["t1"]
        assert list(work.tasks.due(samples.now, rung_before=samples.now, limit=1)) == [task]


def test_the_same_task_again_changes_nothing(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        work.tasks.add(samples.task(due_at=samples.later(60)))
        assert _due(work, samples) == ["t1"]
        work.tasks.finish(_lease(work, samples))
        work.tasks.add(samples.task())
        assert _due(work, samples, 100) == []


def test_the_counter_goes_first_then_the_older(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for task_id, priority in (("z", "batch"), ("y", "counter"), ("b", "batch"), ("a", "counter")):
            kind = TaskKind.FILE_DOSSIER  # reading at the counter would hold the batch back
            work.tasks.add(samples.task(task_id, kind=kind, priority=Priority(priority)))
        assert _due(work, samples) == ["y", "a", "z", "b"]
        assert [t.task_id for t in work.tasks.due(samples.now, rung_before=samples.now, limit=3)] == list(
            "yaz"
        )


def test_a_task_is_not_due_before_its_time(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task(due_at=samples.later(10)))
        assert _due(work, samples, 9.999999) == []
        assert _lease_or_none(work, samples, 9) is None
        assert _due(work, samples, 10) == ["t1"]
        assert _lease_or_none(work, samples, 10) is not None


def test_a_rung_task_is_quiet_until_it_is_to_be_rung_again(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        work.tasks.mark_rung(["t1", "gone"], samples.now)
        assert not work.tasks.due(samples.later(5), rung_before=samples.now, limit=9)
        assert work.tasks.due(samples.later(5), rung_before=samples.later(1), limit=9)


def test_a_lease_counts_the_start_and_carries_a_new_fence(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        lease = _lease(work, samples)
        assert (lease.task, lease.starts, lease.interruptions) == (samples.task(), 1, 0)
        work.tasks.give_back(lease, samples.now)
        again = _lease(work, samples)
    assert again.fence > lease.fence
    assert again.starts == 2


def test_a_start_that_says_nothing_about_the_task_is_not_counted(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        for _ in range(9):
            lease = _lease(work, samples)
            assert lease.starts == 1
            work.tasks.give_back(lease, samples.now, is_counted=False)


def test_what_a_wrong_clock_wrote_does_not_wait_for_the_day_it_showed(
    records: RecordStore, samples: Samples
) -> None:
    wrong = samples.later(10 * 365 * 86_400)
    with records.transaction() as work:
        work.tasks.add(replace(samples.task(), due_at=wrong))
        work.tasks.mark_rung(["t1"], wrong)
        assert work.tasks.rung_count(samples.now) == 0
        assert work.tasks.due(samples.now, limit=9, rung_before=samples.now)
        assert work.tasks.lease("t1", "worker 1", samples.now, wrong) is not None
    with records.transaction() as work:
        assert work.tasks.lease("t1", "worker 2", samples.now, samples.later(60)) is not None
        assert work.tasks.lease("t1", "worker 3", samples.now, samples.later(60)) is None


def test_a_leased_task_is_neither_due_nor_leased_again(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        _lease(work, samples)
    with records.transaction() as work:
        assert _due(work, samples, 59) == []
        for owner in ("worker", "another"):
            assert work.tasks.lease("t1", owner, samples.later(59), samples.later(99)) is None


def test_a_lease_that_expired_may_be_taken_and_its_start_stays_counted(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        work.tasks.mark_rung(["t1"], samples.now)
        old = _lease(work, samples)
        assert _due(work, samples, 60) == ["t1"]
        new = work.tasks.lease("t1", "another", samples.later(60), samples.later(120))
    assert new is not None
    assert (new.starts, new.interruptions) == (2, 0)
    assert new.fence > old.fence


def test_what_is_finished_or_gone_is_not_leased(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        work.tasks.finish(_lease(work, samples))
    with records.transaction() as work:
        assert _lease_or_none(work, samples, 1000) is None
        assert work.tasks.lease("gone", "worker", samples.now, samples.later(60)) is None
        assert _due(work, samples, 1000) == []


def test_a_late_end_under_an_old_fence_is_refused(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        zombie = _lease(work, samples)
        newest = work.tasks.lease("t1", "another", samples.later(61), samples.later(120))
        assert newest is not None
    for end in (_finish, _give_back):
        with pytest.raises(StaleVersion), records.transaction() as work:
            end(work, zombie)
    with records.transaction() as work:
        assert _due(work, samples, 61) == []
        work.tasks.finish(newest)


def test_a_lease_that_expired_may_still_end_its_task_while_nobody_took_it(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        lease = _lease(work, samples)
        assert _due(work, samples, 1000) == ["t1"]
        work.tasks.finish(lease)
        assert work.tasks.open_count("d1") == 0


def test_a_lease_ends_once(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for task_id, first in (("t1", _finish), ("t2", _give_back)):
            work.tasks.add(samples.task(task_id))
            lease = work.tasks.lease(task_id, "worker", samples.now, samples.later(60))
            assert lease is not None
            first(work, lease)
            for second in (_finish, _give_back):
                with pytest.raises(StaleVersion):
                    second(work, lease)


def test_a_lease_of_a_task_that_is_not_there_is_refused(records: RecordStore, samples: Samples) -> None:
    stray = Lease(task=samples.task("gone"), fence=1, starts=1, interruptions=0)
    with records.transaction() as work, pytest.raises(StaleVersion):
        work.tasks.finish(stray)


def test_a_task_given_back_is_due_again_at_its_time(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task())
        lease = _lease(work, samples)
        work.tasks.mark_rung(["t1"], samples.later(30))
        work.tasks.give_back(lease, samples.later(30))
        assert _due(work, samples, 29) == []
        assert _due(work, samples, 30) == ["t1"]
        due = work.tasks.due(samples.later(30), rung_before=samples.later(15), limit=9)
    assert [task.due_at for task in due] == [samples.later(30)]


def test_leases_of_the_dead_are_freed_as_interruptions(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for task_id, owner in (("t1", "dead"), ("t2", "dead"), ("t3", "alive"), ("t4", None)):
            work.tasks.add(samples.task(task_id))
            if owner:
                work.tasks.lease(task_id, owner, samples.now, samples.later(60))
        zombie = work.tasks.lease("t4", "dead", samples.now, samples.later(60))
        assert zombie is not None
        work.tasks.mark_rung(["t1", "t2", "t3", "t4"], samples.now)  # must not keep them quiet once free
        assert work.tasks.release_interrupted(lambda owner: owner == "alive") == 3
        assert work.tasks.release_interrupted(lambda owner: owner == "alive") == 0
    with records.transaction() as work:
        assert _due(work, samples) == ["t1", "t2", "t4"]
        with pytest.raises(StaleVersion):
            work.tasks.finish(zombie)
        again = _lease(work, samples)
    assert (again.starts, again.interruptions) == (2, 1)


def test_open_tasks_are_counted_by_dossier(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for task_id in ("t1", "t2", "t3"):
            work.tasks.add(samples.task(task_id))
        work.tasks.add(samples.task("t4", dossier_id="d2"))
        lease = _lease(work, samples)
        assert work.tasks.open_count("d1") == 3
        work.tasks.finish(lease)
        assert (work.tasks.open_count("d1"), work.tasks.open_count("d2")) == (2, 1)
        assert work.tasks.open_count("d3") == 0


def test_finishing_and_its_effects_are_one_change(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.tasks.add(samples.task())
        lease = _lease(work, samples)
    with pytest.raises(StaleVersion), records.transaction() as work:  # noqa: PT012
        work.pages.add_reading("p-d1-1", "effect", samples.reading(), "key")
        work.tasks.finish(replace(lease, fence=lease.fence - 1))
    with records.transaction() as work:
        assert work.pages.reading("p-d1-1") is None
        assert work.tasks.open_count("d1") == 1


def _due(work: UnitOfWork, samples: Samples, seconds: float = 0) -> list[str]:
    now = samples.later(seconds)
    return [task.task_id for task in work.tasks.due(now, rung_before=now, limit=100)]


def _lease_or_none(work: UnitOfWork, samples: Samples, seconds: float = 0) -> Lease | None:
    return work.tasks.lease("t1", "worker", samples.later(seconds), samples.later(seconds + 60))


def _lease(work: UnitOfWork, samples: Samples) -> Lease:
    lease = _lease_or_none(work, samples)
    assert lease is not None
    return lease


def _finish(work: UnitOfWork, lease: Lease) -> None:
    work.tasks.finish(lease)


def _give_back(work: UnitOfWork, lease: Lease) -> None:
    work.tasks.give_back(lease, lease.task.due_at)
