"""How many trials each fault gets, and a log of what they found.

The counts are those of the reliability plan. ``FAULTS_SCALE`` chooses ``pr`` (the default), ``nightly``
or ``release``, or is a number that multiplies the counts of ``pr``. ``FAULTS_SEED`` moves every seed.
``FAULTS_LOG`` names a file that findings are appended to, one line of JSON each:
``tests/faults/report.py`` makes the table of docs/reliability.md from it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

#: Trials by fault: PR, nightly, release.
PLAN: Final = {
    "F1": (400, 3_000, 8_000),
    "F2": (500, 5_000, 30_000),
    "F3": (10_000, 200_000, 1_000_000),
    "F5": (2_000, 50_000, 1_000_000),
    "F6": (20, 200, 1_000),
    "F7": (20, 200, 2_000),
    "F8": (5_000, 50_000, 200_000),
    "F9": (10, 100, 2_000),
    "F10": (200, 2_000, 10_000),
    "F11": (50, 300, 1_000),
    "F12": (30, 200, 500),
    "F13": (20, 100, 500),
    "F14": (10, 100, 500),
}
_COLUMNS: Final = ("pr", "nightly", "release")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What trials of one fault found.

    Attributes:
        fault: ``F1`` and so on.
        what: the part of the system and the fault, for people; equal ones are added up in the report.
        trials: how many.
        losses: acknowledged pages that were lost or damaged.
        doubles: pages or effects that were there twice, or out of order.
        seeds: the seeds, for people: ``7`` or ``0-1999``.
        seconds: how long it took.
        note: what was measured besides, for people; empty: nothing.
    """

    fault: str
    what: str
    trials: int
    losses: int = 0
    doubles: int = 0
    seeds: str = ""
    seconds: float = 0.0
    note: str = ""


class FaultLog:
    """Appends findings to the file that ``FAULTS_LOG`` names; without one it keeps nothing."""

    def note(
        self,
        fault: str,
        what: str,
        *,
        trials: int,
        losses: int = 0,
        doubles: int = 0,
        seeds: str = "",
        seconds: float = 0.0,
        note: str = "",
    ) -> None:
        """Notes a finding; call it before the assertion, so that a loss is told too."""
        finding = Finding(
            fault=fault, what=what, trials=trials, losses=losses, doubles=doubles,
            seeds=seeds, seconds=round(seconds, 2), note=note,
        )  # fmt: skip
        path = os.environ.get("FAULTS_LOG")
        if path:  # one write in append mode: several test processes may share the file
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(finding), ensure_ascii=False) + "\n")


def trials_of(fault: str, share: float = 1.0) -> int:
    """How many trials a fault gets now; at least one.

    Args:
        fault: a key of ``PLAN``.
        share: the part of them that the caller makes, where several tests share a fault.
    """
    scale = os.environ.get("FAULTS_SCALE", "pr")
    if scale in _COLUMNS:
        return max(1, round(PLAN[fault][_COLUMNS.index(scale)] * share))
    return max(1, round(PLAN[fault][0] * share * float(scale)))


def first_seed() -> int:
    """Where seeds begin."""
    return int(os.environ.get("FAULTS_SEED", "0"))


def seeds_of(fault: str, share: float = 1.0) -> range:
    """One seed for each trial."""
    return range(first_seed(), first_seed() + trials_of(fault, share))
