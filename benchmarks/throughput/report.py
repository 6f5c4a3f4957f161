"""What was measured as tables, and in a sentence what limits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from benchmarks.scaling import Scaling
from benchmarks.tables import table
from benchmarks.throughput.run import Phase

#: Processors count as used up from this share on: the rest goes to the system and to unlucky moments.
BUSY: Final = 0.85
#: Pages a second that relay, records and store are to carry on two processors.
GOAL: Final = 50.0


def throughput_table(phases: Sequence[Phase], processors: int) -> str:
    """A column for each phase: pages a second, then CPU and waiting milliseconds a page."""
    kinds = sorted({kind for phase in phases for kind in phase.cpu}, key=lambda kind: -_most(phases, kind))
    stages = sorted({stage for phase in phases for stage in phase.stages})
    rows = [
        ["pages", *(str(phase.pages) for phase in phases)],
        ["**pages a second**", *(f"**{phase.rate:.1f}**" for phase in phases)],
        *(
            [f"CPU ms a page: {kind}", *(_milliseconds(phase.cpu.get(kind), phase) for phase in phases)]
            for kind in kinds
        ),
        ["CPU ms a page: all", *(_milliseconds(sum(phase.cpu.values()), phase) for phase in phases)],
        ["processors in use by these", *(f"{in_use(phase):.2f} of {processors}" for phase in phases)],
        *(
            [f"wall ms a page: {stage}", *(_milliseconds(phase.stages.get(stage), phase) for phase in phases)]
            for stage in stages
        ),
    ]
    return table(("", *(phase.name for phase in phases)), rows)


def limit(phase: Phase, processors: int, load: float) -> str:
    """What keeps it from more.

    Args:
        phase: what was measured.
        processors: of this machine.
        load: how many processes of others wanted a processor meanwhile; they make every figure smaller.
    """
    total = sum(phase.cpu.values())
    kind = max(phase.cpu, key=lambda each: phase.cpu[each])
    reached = "at least" if phase.rate >= GOAL else "below"
    told = f"{phase.name}: {phase.rate:.1f} pages a second, {reached} {GOAL:.0f}. "
    if in_use(phase) >= BUSY * processors:
        told += (
            f"The limit is the processors: {1000 * total / phase.pages:.0f} CPU ms a page allow "
            f"{processors * phase.pages / total:.0f} pages a second; "
            f"most of it are the {kind} ({100 * phase.cpu[kind] / total:.0f} %)."
        )
    else:
        told += (
            f"The processors were used to {100 * in_use(phase) / processors:.0f} %, so it waits: "
            f"{_longest(phase)}; the processors alone would allow {processors * phase.pages / total:.0f}."
        )
    if load > processors / 4:
        told += f" Others used {load:.1f} processors meanwhile: measure again when the machine is idle."
    return told


def scaling_table(scaling: Scaling) -> str:
    """One and two worker processes beside one and two loops of pure computing."""
    rows = [
        ["Two worker processes against one, pages a second", f"{scaling.workers:.2f}"],
        ["Two processes of pure computing against one", f"{scaling.machine:.2f}"],
        ["Share of what the machine allows", f"{100 * scaling.workers / scaling.machine:.0f} %"],
    ]
    return table((f"{scaling.pages} pages, {len(scaling.rounds)} rounds", "Median"), rows)


def in_use(phase: Phase) -> float:
    """Processors that the measured processes used on average."""
    return sum(phase.cpu.values()) / phase.wall


def _longest(phase: Phase) -> str:
    if not phase.stages:
        return "for the disk or the store, in receiving"
    longest = sorted(phase.stages, key=lambda stage: -phase.stages[stage])[:3]
    return "most in " + ", ".join(
        f"{stage} ({1000 * phase.stages[stage] / phase.pages:.0f} ms a page)" for stage in longest
    )


def _most(phases: Sequence[Phase], kind: str) -> float:
    return max(phase.cpu.get(kind, 0.0) / phase.pages for phase in phases)


def _milliseconds(seconds: float | None, phase: Phase) -> str:
    return "–" if seconds is None else f"{1000 * seconds / phase.pages:.1f}"
