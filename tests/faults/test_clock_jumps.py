"""F13: clocks that jump by an hour or ten years, forward and back, in the middle of work."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from dossiers.testing import memory_tasks
from tests.faults.simulate import simulate
from tests.faults.trials import seeds_of
from tests.faults.world import World

HOUR, TEN_YEARS = 3600.0, 10 * 365 * 86_400.0


class JumpyWorld(World):
    """Every pause may be a jump; between jumps pages are received, rung, leased and read."""

    was_set_right = False

    def _pass_time(self) -> None:
        self.clock.advance(self.dice.choice((1.0, HOUR, -HOUR, TEN_YEARS, -TEN_YEARS)))

    def _quiet_round(self) -> None:
        if not self.was_set_right:
            self.was_set_right = True
            self.clock.advance(-TEN_YEARS)  # somebody sets the clock right, or wrong once more
        while self.clock().year < 2000:  # until then no dossier can be opened (CLOCK_WRONG)
            self.clock.advance(TEN_YEARS)
        super()._quiet_round()


def test_a_queue_that_believes_any_clock_is_found_out(monkeypatch, caplog):
    """What was due or leased at the wrong time would wait for ten years."""
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(memory_tasks, "WRONG_CLOCK", timedelta(days=100_000))
    assert simulate(range(20), JumpyWorld).losses


def test_jumping_clocks_lose_and_double_nothing_and_let_nothing_wait(fault_log, caplog):
    caplog.set_level(logging.CRITICAL)
    started = time.monotonic()
    seeds = seeds_of("F13")
    verdict = simulate(seeds, JumpyWorld)
    fault_log.note(
        "F13",
        "clocks jump by 1 h and 10 years, both ways",
        trials=len(seeds),
        losses=len(verdict.losses),
        doubles=len(verdict.doubles),
        seeds=f"{seeds[0]}-{seeds[-1]}",
        seconds=time.monotonic() - started,
    )
    assert verdict, (verdict.losses + verdict.doubles)[:5]
