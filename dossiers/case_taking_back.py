"""Taking back the last step of a case: what may be, and how the case stood before it.

Rules, all ours: steps are never removed, a step ``take_back`` undoes the one before it, and so backwards.
Only what was done on the same day (Viet Nam) is taken back. What a person holds in hand stays: a receipt that
was given, a result that was returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from dossiers.case import Case, CaseClock, CaseStep
from dossiers.case_moves import Action, CaseMoves, ClockEffect
from dossiers.deadlines import Deadlines
from dossiers.errors import AgainstRule
from dossiers.local_time import day_in_vietnam

#: Key of the step that undoes another.
TAKE_BACK: Final = "take_back"
#: Steps that stay: the opening, and what put a paper into somebody's hands.
_STAY: Final = frozenset({"open", Action.ACCEPT.value, Action.RETURN.value})


def counted(steps: Sequence[CaseStep]) -> tuple[CaseStep, ...]:
    """The steps that count: without those that were taken back, and without the taking back."""
    kept: list[CaseStep] = []
    for step in steps:
        if step.action != TAKE_BACK:
            kept.append(step)
        elif kept:
            kept.pop()
    return tuple(kept)


def last_to_take_back(steps: Sequence[CaseStep], now: datetime) -> CaseStep | None:
    """The step that may be taken back now; ``None`` where none may."""
    kept = counted(steps)
    if not kept or kept[-1].action in _STAY or day_in_vietnam(kept[-1].at) != day_in_vietnam(now):
        return None
    return kept[-1]


def check_taking_back(steps: Sequence[CaseStep], now: datetime) -> CaseStep:
    """The step that may be taken back.

    Raises:
        AgainstRule: NOT_TAKEN_BACK, none may.
    """
    last = last_to_take_back(steps, now)
    if last is None:
        raise AgainstRule(
            "NOT_TAKEN_BACK",
            vi="Chỉ hoàn tác được việc làm trong ngày; tiếp nhận và trả kết quả thì không hoàn tác.",
            en="only what was done today is taken back; neither taking in nor returning a result is",
        )
    return last


def before_last(case: Case, steps: Sequence[CaseStep], moves: CaseMoves, deadlines: Deadlines) -> Case:
    """The case as it stood before the last step that counts, made from the steps before it."""
    *before, last = counted(steps)
    clock, ended_at = CaseClock(), None
    for step in before:
        move = None if step.action == "open" else moves.find(step.from_state, Action(step.action))
        if move is not None:
            clock = _after(clock, step, move.clock, deadlines)
            ended_at = step.at if move.clock is ClockEffect.END else ended_at
    return replace(
        case,
        state=last.from_state,
        clock=clock,
        ended_at=ended_at,
        supplement_requests=sum(each.action == Action.REQUEST_SUPPLEMENT for each in before),
        reappointments=sum(each.action == Action.REAPPOINT for each in before),
    )


def _after(clock: CaseClock, step: CaseStep, effect: ClockEffect, deadlines: Deadlines) -> CaseClock:
    match effect:
        case ClockEffect.START | ClockEffect.RESTART:
            counts_from = deadlines.counts_from(step.at)
            return CaseClock(received_at=step.at, counts_from=counts_from, due_at=step.due_at)
        case ClockEffect.STOP:
            return clock if clock.stopped_at is not None else replace(clock, stopped_at=step.at)
        case ClockEffect.RESUME:
            return replace(clock, stopped_at=None, due_at=step.due_at)
        case _:
            return replace(clock, due_at=step.due_at)
