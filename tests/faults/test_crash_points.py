"""F1: every durable call of receiving, filing, exporting, deleting and migrating kills the process or fails.

Points are drawn from all of them by seed. Afterwards: what was acknowledged is there at once; doing the step
again finishes it, and then nothing is lost, doubled, out of order or half.
"""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from tests.faults import crash_ops
from tests.faults.tracing import Point, points, run
from tests.faults.trials import first_seed, trials_of
from tests.faults.verdict import Verdict

#: Which part of the trials each step gets.
SHARES = {"receive": 0.3, "file": 0.3, "export": 0.1, "delete": 0.2, "migrate": 0.1}


@pytest.mark.slow
@pytest.mark.parametrize("step", crash_ops.STEPS)
def test_a_step_that_is_killed_or_fails_anywhere_loses_and_doubles_nothing(strace, tmp_path, fault_log, step):
    started = time.monotonic()
    template = tmp_path / "template"
    crash_ops.prepare(step, template)
    every = points(strace, step, shutil.copytree(template, tmp_path / "undisturbed"))
    count = trials_of("F1", SHARES[step])
    drawn = random.Random(first_seed()).sample(every, count) if count < len(every) else every
    verdict = Verdict()
    for point in drawn:
        verdict += _trial(strace, point, template, tmp_path / "trial")
    fault_log.note(
        "F1",
        f"{step}: a call kills or fails",
        trials=len(drawn),
        losses=len(verdict.losses),
        doubles=len(verdict.doubles),
        seeds=str(first_seed()),
        seconds=time.monotonic() - started,
        note=f"{len(drawn)} of {len(every)} points",
    )
    assert verdict, (verdict.losses + verdict.doubles)[:5]


def _trial(strace: str, point: Point, template: Path, folder: Path) -> Verdict:
    shutil.copytree(template, folder)
    try:
        life = run(strace, point.step, folder, point.option)
        verdict = crash_ops.recover(point.step, folder, life.told)
        if life.exit_code not in (0, 3, -9):
            verdict.losses.append(f"it ended with {life.exit_code}")
    except Exception as trouble:  # noqa: BLE001 - any trouble is a finding, with its point
        verdict = Verdict(losses=[repr(trouble)])
    finally:
        shutil.rmtree(folder)
    words = f"{point.step} {point.call} {point.number} {point.fault}: "
    return Verdict([words + each for each in verdict.losses], [words + each for each in verdict.doubles])


def test_a_fault_is_really_injected(strace, tmp_path):
    """Guards the trials: a fault that hits nothing would prove nothing."""
    crash_ops.prepare("receive", tmp_path / "a")
    every = points(strace, "receive", shutil.copytree(tmp_path / "a", tmp_path / "b"))
    assert {point.call for point in every} >= {"openat", "write", "pwrite64", "fsync", "fdatasync", "link"}
    killed = next(point for point in every if point.call == "link" and "KILL" in point.fault)
    assert (
        run(strace, "receive", shutil.copytree(tmp_path / "a", tmp_path / "c"), killed.option).exit_code == -9
    )
    failed = next(point for point in every if point.call == "link" and "EIO" in point.fault)
    assert (
        run(strace, "receive", shutil.copytree(tmp_path / "a", tmp_path / "d"), failed.option).exit_code == 3
    )
