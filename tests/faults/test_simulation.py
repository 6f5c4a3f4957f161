"""F5: histories of a whole office by seed; ``tests.faults.simulate --seed`` lives a failing one again."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from dossiers.errors import SohoaError, StaleVersion
from dossiers.testing.memory_tasks import MemoryTaskRecords
from tests.faults.simulate import simulate
from tests.faults.trials import first_seed, trials_of
from tests.faults.unsafe_parts import Crash
from tests.faults.world import Counter, World

CHUNKS = 4
#: Seeds in which planted bugs must be noticed.
FEW = range(100)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Histories are full of warnings."""
    caplog.set_level(logging.CRITICAL)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_history_loses_or_doubles_anything(fault_log, chunk):
    started = time.monotonic()
    count = trials_of("F5", 1 / CHUNKS)
    seeds = range(first_seed() + chunk * count, first_seed() + (chunk + 1) * count)
    verdict = simulate(seeds)
    fault_log.note(
        "F5",
        "whole office on a clock of its own",
        trials=count,
        losses=len(verdict.losses),
        doubles=len(verdict.doubles),
        seeds=f"{seeds[0]}-{seeds[-1]}",
        seconds=time.monotonic() - started,
    )
    assert verdict, (verdict.losses + verdict.doubles)[:5]


def test_a_seed_gives_the_same_history_again():
    def history(seed: int) -> list[object]:
        world = World(seed)
        world.run()
        with world.records.inner.transaction() as work:
            return list(work.tasks._state.tasks.values())

    assert history(11) == history(11)
    assert history(11) != history(12)


class RashCounter(World):
    """Takes a paper for received before the records have said so."""

    def send_paper(self, counter: Counter) -> None:
        before = len(counter.acknowledged)
        super().send_paper(counter)
        if len(counter.acknowledged) == before:
            counter.acknowledged.append(counter.papers[before])


class NoSweep(World):
    """Never rings again what was rung once: whatever the broker lost is lost."""

    ring_again = timedelta(days=9999)


@pytest.mark.parametrize("careless", [RashCounter, NoSweep])
def test_a_careless_office_is_found_out(careless):
    assert simulate(FEW, careless).losses


def test_a_fence_that_is_ignored_is_found_out(monkeypatch):
    def leased(self, lease):
        row = self._state.tasks.get(lease.task.task_id)
        if row is None:
            raise StaleVersion("task")
        return replace(row, fence=lease.fence)

    monkeypatch.setattr(MemoryTaskRecords, "_leased", leased)
    assert simulate(range(100, 200)).doubles  # of these, 101, 125 and 165 tell


def test_starts_that_failed_because_a_store_was_away_must_not_count(monkeypatch):
    """Found by seeds 72 and 299: three failures of the object store sent a good page to quarantine."""
    give_back = MemoryTaskRecords.give_back
    monkeypatch.setattr(
        MemoryTaskRecords,
        "give_back",
        lambda self, lease, due_at, is_counted=True: give_back(self, lease, due_at),
    )
    assert any("is quarantined" in each for each in simulate(range(60, 310)).losses)


def test_a_crash_passes_through_everything():
    assert not issubclass(Crash, Exception)
    assert not issubclass(Crash, SohoaError)
