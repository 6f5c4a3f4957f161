"""Counts the figures of a period from the records, in one transaction that sees no half-done change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from dossiers.case import Case, Channel
from dossiers.case_moves import Action
from dossiers.counting import HasReplaceable
from dossiers.dossier import DigitizationState, Dossier
from dossiers.ports import UnitOfWork
from dossiers.rate import Rate
from dossiers.reports.figures import Figures, ProcedureRow, Waiting
from dossiers.reports.ticket import LIMIT, Ticket
from dossiers.result import IssuedResult
from dossiers.reuse_decision import ReuseDecision


def figures_of(
    work: UnitOfWork, start: datetime, end: datetime, unit: str, has_replaceable: HasReplaceable
) -> Figures:
    """Counts one unit from ``start`` until before ``end``.

    Args:
        work: the records.
        start: UTC, inclusive.
        end: UTC, exclusive; decisions and ends after it do not count. How far a dossier is digitized is as
            of now.
        unit: identifier of the receiving point, which heads the codes of its dossiers.
        has_replaceable: whether the catalogue publishes components of the procedure that data may replace.
    """
    opened = work.dossiers.opened_between(start, end, unit)
    own = {each.dossier_id for each in opened}
    saved = [each for each in work.decisions.between(start, end) if each.is_saved and each.dossier_id in own]
    reusing = {each.dossier_id for each in saved}
    eligible = [each for each in opened if each.dossier_id in reusing or has_replaceable(each)]
    channels = Counter(each.channel for each in work.cases.opened_between(start, end, unit))
    ended = work.cases.ended_between(start, end, unit)
    finished = _done(work, start, end, unit, Action.FINISH)
    resolved = [each for each in ended if each.dossier_id in finished]
    running = work.cases.running_at(end, unit)
    return Figures(
        received=len(opened),
        digitized=sum(_is_digitized(each) for each in opened),
        reused=len(reusing),
        reused_national=len({each.dossier_id for each in saved if _is_national(each)}),
        papers_saved=len(saved),
        resolved=len(resolved),
        resolved_in_time=sum(_is_in_time(each) for each in resolved),
        ended_otherwise=len(ended) - len(resolved),
        results_digitized=_scanned(work, resolved),
        returned=len(_done(work, start, end, unit, Action.RETURN)),
        running_in_time=running.in_time,
        running_late=running.late,
        direct=channels[Channel.DIRECT],
        post=channels[Channel.POST],
        online=channels[Channel.ONLINE],
        reuse_rate=Rate(numerator=len(reusing), denominator=len(eligible)),
        waiting=waiting_of(work.tickets.taken_between(start, end, unit), end),
        procedures=_procedures(work, opened, reusing, resolved),
    )


def waiting_of(tickets: Sequence[Ticket], now: datetime) -> Waiting:
    """Sums up tickets; those that still wait have waited until ``now``."""
    called = [each for each in tickets if each.called_at is not None]
    waits = [each.waited(now) for each in tickets]
    mean = sum(each.waited(now).total_seconds() for each in called) / len(called) if called else None
    return Waiting(
        tickets=len(tickets),
        called=len(called),
        left=sum(each.left_at is not None for each in tickets),
        over_limit=sum(each >= LIMIT for each in waits),
        average_seconds=None if mean is None else round(mean),
        longest_seconds=round(max(waits).total_seconds()) if waits else None,
    )


def _procedures(
    work: UnitOfWork, opened: Sequence[Dossier], reusing: Collection[str], resolved: Sequence[Case]
) -> tuple[ProcedureRow, ...]:
    received = Counter(each.procedure_code or "" for each in opened)
    digitized = Counter(each.procedure_code or "" for each in opened if _is_digitized(each))
    reused = Counter(each.procedure_code or "" for each in opened if each.dossier_id in reusing)
    done = work.dossiers.several([each.dossier_id for each in resolved])
    finished = Counter(done[each.dossier_id].procedure_code or "" for each in resolved)
    codes = sorted({*received, *finished}, key=lambda code: (-received[code], code))
    return tuple(
        ProcedureRow(
            procedure_code=code,
            received=received[code],
            digitized=digitized[code],
            reused=reused[code],
            resolved=finished[code],
        )
        for code in codes
    )


def _done(work: UnitOfWork, start: datetime, end: datetime, unit: str, action: Action) -> frozenset[str]:
    steps = work.cases.steps_between(start, end, unit, action.value)
    return frozenset(each.dossier_id for each in steps)


def _is_digitized(dossier: Dossier) -> bool:
    return dossier.state is DigitizationState.COMPLETE


def _is_national(decision: ReuseDecision) -> bool:
    """Papers of the office's own store have an id; a database's answer has none."""
    return decision.paper_id is None


def _is_in_time(case: Case) -> bool:
    due = case.clock.due_at
    return due is None or (case.ended_at is not None and case.ended_at <= due)


def _scanned(work: UnitOfWork, resolved: Sequence[Case]) -> int:
    """Cases of which every result is digitized, one at least."""
    results: dict[str, list[IssuedResult]] = {}
    for each in work.results.of_dossiers([case.dossier_id for case in resolved]):
        results.setdefault(each.dossier_id, []).append(each)
    return sum(all(each.document_id is not None for each in found) for found in results.values())
