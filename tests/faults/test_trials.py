"""The plan's counts, their scale, and the report that is made from the log."""

from __future__ import annotations

import pytest

from tests.faults.report import read_log, table
from tests.faults.trials import FaultLog, seeds_of, trials_of


@pytest.mark.parametrize(
    ("scale", "count"), [("pr", 400), ("nightly", 3000), ("release", 8000), ("0.5", 200)]
)
def test_the_scale_chooses_the_counts_of_the_plan(monkeypatch, scale, count):
    monkeypatch.setenv("FAULTS_SCALE", scale)
    assert trials_of("F1") == count
    assert trials_of("F1", share=0.25) == count // 4


def test_another_night_draws_other_seeds(monkeypatch):
    monkeypatch.setenv("FAULTS_SCALE", "pr")
    monkeypatch.setenv("FAULTS_SEED", "1000")
    assert seeds_of("F13") == range(1000, 1020)


def test_findings_of_one_fault_are_added_up_and_losses_are_told(monkeypatch, tmp_path):
    monkeypatch.setenv("FAULTS_LOG", str(tmp_path / "log"))
    log = FaultLog()
    log.note("F11", "spool", trials=2, seeds="1")
    log.note("F3", "objects", trials=10, losses=1, seeds="0-9", seconds=2.5)
    log.note("F3", "objects", trials=5, doubles=1, seeds="10-14")
    found = read_log((tmp_path / "log").read_text().splitlines())
    assert [(each.fault, each.trials, each.losses, each.doubles) for each in found] == [
        ("F3", 15, 1, 1),
        ("F11", 2, 0, 0),
    ]
    assert "| F3 | objects | 15 | 1 | 1 | 0-9, 10-14 | 2 |  |" in table(found)


def test_without_a_log_nothing_is_kept(monkeypatch):
    monkeypatch.delenv("FAULTS_LOG", raising=False)
    FaultLog().note("F1", "x", trials=1)
