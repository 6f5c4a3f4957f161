"""Dossiers of the day at a receiving point, those first that wait for their receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dossiers.case import Case
from dossiers.dossier import Dossier
from dossiers.ports import UnitOfWork
from dossiers.reports.ticket_desk import day_start

#: Rows that are shown.
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """One dossier.

    Attributes:
        code: its code.
        title: name of its procedure.
        owner: name of its owner.
        opened_at: UTC.
        is_open: whether no receipt was given yet.
    """

    code: str
    title: str
    owner: str
    opened_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day so far: the rows that are shown, and how many there are in all."""

    rows: tuple[TodayRow, ...]
    count: int
    open_count: int


def read_today(work: UnitOfWork, branch: str, now: datetime) -> Today:
    """Reads the day of a receiving point: open dossiers first, of each kind the latest first."""
    cases = list(work.cases.opened_between(day_start(now), now, branch))
    waiting = [case for case in reversed(cases) if case.clock.received_at is None and case.ended_at is None]
    ids = {case.dossier_id for case in waiting}
    others = [case for case in reversed(cases) if case.dossier_id not in ids]
    rows = tuple(
        _row(case, work.dossiers.get(case.dossier_id), is_open=case.dossier_id in ids)
        for case in (*waiting, *others)[:_SHOWN]
    )
    return Today(rows=rows, count=len(cases), open_count=len(waiting))


def _row(case: Case, dossier: Dossier, *, is_open: bool) -> TodayRow:
    return TodayRow(
        code=dossier.code,
        title=dossier.title,
        owner=case.parties.owner.name,
        opened_at=dossier.opened_at,
        is_open=is_open,
    )
