"""Where a case stands now: its term, by when an answer is owed, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.case_file import CaseFile
from dossiers.case_moves import CaseMoves, CaseState, Move
from dossiers.case_order import ORDERS
from dossiers.case_taking_back import last_to_take_back
from dossiers.deadlines import Deadlines, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """One case as it stands at a moment.

    Attributes:
        file: the case with all that belongs to it.
        state: its state with its names.
        standing: how it stands to its term.
        answer_due_at: by when the person is told whether the papers suffice, UTC; ``None`` without a rule.
        is_new: whether it stands as it was opened.
        apology_due: the day by which an apology should go out; ``None`` without a term.
        moves: orders that are legal now.
        undo: key of the action that may be taken back; empty for none.
    """

    file: CaseFile
    state: CaseState
    standing: Standing
    answer_due_at: datetime | None
    is_new: bool
    apology_due: date | None
    moves: tuple[Move, ...]
    undo: str


def standing_of(file: CaseFile, moves: CaseMoves, deadlines: Deadlines, now: datetime) -> CaseStanding:
    """Looks at a case at a moment, UTC."""
    case, dossier = file.case, file.dossier
    due_at = case.clock.due_at
    answer = deadlines.notice_due(dossier.opened_at, case.channel, dossier.procedure_code or "")
    last = last_to_take_back(file.steps, now)
    legal = (moves.find(case.state, each) for each in ORDERS)
    return CaseStanding(
        file=file,
        state=moves.state(case.state),
        standing=deadlines.standing(due_at, now=now, ended_at=case.ended_at),
        answer_due_at=answer.due_at if answer is not None else None,
        is_new=case.state == moves.first,
        apology_due=deadlines.apology_due(due_at) if due_at is not None else None,
        moves=tuple(each for each in legal if each is not None),
        undo=last.action if last is not None else "",
    )
