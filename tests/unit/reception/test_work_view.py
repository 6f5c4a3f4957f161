"""Whose work the task screen shows: that of the own branch and of every agency below it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from dossiers.batch_desk import BatchDesk
from dossiers.testing import FixedClock, MemoryRecordStore
from reception.frame.person import Person
from reception.tasks.work_view import work_view

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
CHIEF = Person(account_id="m1", name="Lê Văn Chủ Nhiệm", role="manager", branch="H26", within=("H26",))
EVERYWHERE = ("H26", "H26.5", "H26.5.1", "000.00.16.H26", "H260", "H40.5")


@pytest.mark.parametrize(
    ("branch", "seen"),
    [
        ("H26", {"H26", "H26.5", "H26.5.1", "000.00.16.H26"}),  # a province, in both styles of codes
        ("H26.5", {"H26.5", "H26.5.1"}),
        ("000.00.16.H26", {"000.00.16.H26"}),
    ],
)
def test_agencies_below_the_branch_are_shown_in_whichever_style_their_code_is(branch, seen):
    records = MemoryRecordStore()
    with records.transaction() as work:
        for each in EVERYWHERE:
            work.queue.pause(each, NOW)
    clock = FixedClock(NOW)
    batches = BatchDesk(records=records, clock=clock)
    desk = SimpleNamespace(records=records, clock=clock, batches=batches)
    assert work_view(desk, replace(CHIEF, branch=branch, within=(branch,))).paused == seen
    everyone = replace(CHIEF, branch=branch, within=())
    assert work_view(desk, everyone).paused == set(EVERYWHERE)
