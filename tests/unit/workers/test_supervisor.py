"""Worker processes are kept alive, without haste, and ended together."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dossiers.errors import ConfigurationError
from workers.supervisor import Supervisor


class Toy:
    def __init__(self) -> None:
        self.code: int | None = None
        self.told: list[str] = []

    def poll(self) -> int | None:
        return self.code

    def drain(self) -> None:
        self.told.append("drain")

    def kill(self) -> None:
        self.told.append("kill")
        self.code = -9


class Room:
    def __init__(self, count: int = 1) -> None:
        self.now = 100.0
        self.made: list[Toy] = []
        self.supervisor = Supervisor(self.spawn, count, lambda: self.now)

    def spawn(self, number: int) -> Toy:
        self.made.append(Toy())
        return self.made[-1]


def test_missing_processes_are_started():
    room = Room(3)
    room.supervisor.step()
    room.supervisor.step()
    assert len(room.made) == room.supervisor.alive == 3


def test_a_process_that_worked_for_long_is_started_again_at_once():
    room = Room()
    room.supervisor.step()
    room.now += 11
    room.made[0].code = -9
    room.supervisor.step()
    assert len(room.made) == 2
    assert room.supervisor.restarts == 1


def test_a_process_that_dies_soon_is_started_again_after_pauses_that_grow():
    room = Room()
    moments = []
    for _ in range(3000):
        before = len(room.made)
        room.supervisor.step()
        if len(room.made) > before:
            moments.append(room.now)
            room.made[-1].code = 70
        room.now += 0.1
    pauses = [round(later - sooner) for sooner, later in pairwise(moments)]
    assert pauses[:6] == [1, 2, 4, 8, 16, 30]


def test_a_process_that_cannot_work_is_told_and_not_started_again():
    room = Room(2)
    room.supervisor.step()
    room.made[0].code = 3
    with pytest.raises(ConfigurationError):
        room.supervisor.step()


def test_draining_starts_nothing_any_more():
    room = Room(2)
    room.supervisor.step()
    room.supervisor.drain()
    room.made[0].code = 0
    room.supervisor.step()
    assert len(room.made) == 2
    assert room.supervisor.alive == 1
    assert [toy.told for toy in room.made] == [["drain"], ["drain"]]
    room.supervisor.kill()
    assert room.supervisor.alive == 0
