"""Ringing, sweeping and holding, step by step on a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dossiers.errors import ResourceError
from dossiers.tasks import Lease, Priority, Task, TaskKind
from dossiers.testing import FixedClock, MemoryRecordStore
from workers.heartbeat import Heartbeat
from workers.relay import NearRelay, Relay
from workers.sweeper import Sweeper


class Desk:
    """Tasks in memory, a clock, and a bell that notes what it rang."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 11, 28, 3, 0, tzinfo=UTC))
        self.records = MemoryRecordStore()
        self.rung: list[str] = []
        self.is_away = False

    def ring(self, task_id: str) -> None:
        if self.is_away:
            raise ResourceError("QUEUE_UNAVAILABLE", vi="v", en="e")
        self.rung.append(task_id)

    def add(self, *task_ids: str, priority: Priority = Priority.BATCH) -> None:
        with self.records.transaction() as work:
            for task_id in task_ids:
                work.tasks.add(
                    Task(
                        task_id=task_id,
                        kind=TaskKind.FILE_DOSSIER,
                        subject_id="d",
                        dossier_id="d",
                        priority=priority,
                        due_at=self.clock(),
                    )
                )

    def lease(self, task_id: str, owner: str = "me", seconds: float = 20) -> Lease | None:
        now = self.clock()
        with self.records.transaction() as work:
            return work.tasks.lease(task_id, owner, now, now + timedelta(seconds=seconds))

    def relay(self, most_rung: int = 3) -> Relay:
        return Relay(records=self.records, ring=self.ring, clock=self.clock, most_rung=most_rung)


def test_what_is_due_is_rung_once_as_far_as_there_is_room():
    desk = Desk()
    desk.add("a", "b", "c", "d")
    relay = desk.relay()
    assert [relay.step(), relay.step()] == [3, 0]
    assert desk.rung == ["a", "b", "c"]
    assert desk.lease("a") is not None
    relay.step()
    assert desk.rung == ["a", "b", "c", "d"]


def test_doorbells_that_wait_in_the_broker_are_not_taken_for_lost_ones():
    desk = Desk()
    desk.add("a", "b", "c", "d")
    in_broker = [0]
    relay = Relay(
        records=desk.records, ring=desk.ring, clock=desk.clock, most_rung=3, waiting=lambda: in_broker[0]
    )
    assert relay.step() == 3
    in_broker[0] = 3  # nobody had time for any of them yet
    desk.clock.advance(60)
    assert relay.step() == 0
    in_broker[0] = 0  # wiped
    assert relay.step() == 3


def test_two_relays_ring_a_task_once():
    desk = Desk()
    desk.add("a", "b")
    desk.relay().step()
    desk.relay().step()
    assert desk.rung == ["a", "b"]


def test_what_a_broker_lost_is_rung_again():
    desk = Desk()
    desk.add("a", "b", "c", "d")
    relay = desk.relay()
    relay.step()
    desk.clock.advance(9)
    assert relay.step() == 0
    desk.clock.advance(2)
    assert relay.step() == 3
    assert desk.rung == ["a", "b", "c"] * 2


def test_what_could_not_be_rung_is_rung_as_soon_as_the_broker_is_back():
    desk = Desk()
    desk.add("a", "b")
    relay = desk.relay()
    desk.is_away = True
    with pytest.raises(ResourceError):
        relay.step()
    desk.is_away = False
    assert relay.step() == 2


def test_a_relay_rings_its_own_process_what_it_did_not_ring_yet():
    desk = Desk()
    desk.add("a", "b", "c")
    relay = NearRelay(records=desk.records, ring=desk.ring, clock=desk.clock, most_rung=2)
    assert [relay.step(), relay.step()] == [2, 0]
    assert desk.lease("b") is not None
    assert relay.answered("a") == 1  # b was done for it, and its doorbell is left
    relay.step()
    assert desk.rung == ["a", "b", "a"]
    relay.answered("b")
    relay.step()
    assert desk.rung == ["a", "b", "a", "c"]


def test_the_heart_beats_only_for_what_is_held():
    desk = Desk()
    desk.add("a", "b")
    heart = Heartbeat(records=desk.records, clock=desk.clock, lease_time=timedelta(seconds=20))
    held, left = desk.lease("a"), desk.lease("b")
    assert held is not None
    assert left is not None
    with heart.holding(left):
        pass
    with heart.holding(held):
        for _ in range(5):
            desk.clock.advance(15)
            assert heart.step() == 0
        assert desk.lease("a", "another") is None
        assert desk.lease("b", "another") is not None
    desk.clock.advance(20)
    assert heart.step() == 0
    assert desk.lease("a", "another") is not None


def test_a_lease_that_another_took_over_is_let_go():
    desk = Desk()
    desk.add("a")
    heart = Heartbeat(records=desk.records, clock=desk.clock)
    held = desk.lease("a")
    assert held is not None
    with heart.holding(held):
        desk.clock.advance(21)
        newest = desk.lease("a", "another")
        assert newest is not None
        assert [heart.step(), heart.step()] == [1, 0]
    with desk.records.transaction() as work:
        work.tasks.finish(newest)


def test_the_dead_hold_nothing():
    desk = Desk()
    desk.add("a", "b")
    desk.lease("a", "dead", seconds=999)
    desk.lease("b", "alive", seconds=999)
    sweeper = Sweeper(desk.records, lambda owner: owner == "alive")
    assert [sweeper.step(), sweeper.step()] == [1, 0]
    again = desk.lease("a")
    assert again is not None
    assert again.interruptions == 1
    assert desk.lease("b") is None
