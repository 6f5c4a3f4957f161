"""What was not asked for, counted: papers and pages, and the rates of Quyết định 766/QĐ-TTg.

Rules: a paper counts once, by the decision that counts on the last day; a database's answer saves one page
at least, and no more is claimed; a rate without dossiers is unknown, not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dossiers.coverage import Coverage, coverage_of
from dossiers.dossier import DigitizationState, Dossier
from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.ports import RecordStore
from dossiers.rate import Rate
from dossiers.reuse_decision import ReuseDecision

#: Says whether papers of a dossier's procedure may be replaced by data, as the catalogue publishes it.
HasReplaceable = Callable[[Dossier], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was not asked for in one procedure at one point in one week.

    Attributes:
        procedure_code: the procedure.
        branch: receiving point.
        week: ISO week, ``2026-W48``.
        papers: papers not asked for.
        pages: pages not handed in, at least.
        dossiers: dossiers with at least one such paper.
    """

    procedure_code: str
    branch: str
    week: str
    papers: int
    pages: int
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The figures of a period.

    Attributes:
        first: first day, inclusive.
        last: last day, inclusive.
        saved: by procedure, point and week, in this order.
        reuse: dossiers with at least one component cut or replaced, of those whose procedure has such
            components published (QĐ 766).
        cut: components cut or replaced, of all components of the dossiers (Sohoa's own measure).
        digitized: dossiers whose papers are all digitized, of all dossiers. QĐ 766 counts only those that
            are also synchronised with the national portal; without a connection to it none is.
        overruled: proposals that clerks decided against.
        coverage: what was captured of what is to be captured, with every exception by its policy.
    """

    first: date
    last: date
    saved: tuple[Saved, ...]
    reuse: Rate
    cut: Rate
    digitized: Rate
    overruled: int
    coverage: Coverage

    @property
    def papers(self) -> int:
        """Papers not asked for."""
        return sum(each.papers for each in self.saved)

    @property
    def pages(self) -> int:
        """Pages not handed in, at least."""
        return sum(each.pages for each in self.saved)


def count(records: RecordStore, first: date, last: date, has_replaceable: HasReplaceable) -> Counts:
    """Counts a period; days are those of Viet Nam, both inclusive."""
    start, end = _moment(first), _moment(last + timedelta(days=1))
    with records.transaction() as work:
        decisions = work.decisions.between(start, end)
        dossiers = work.dossiers.opened_between(start, end)
        settled = work.decisions.saved_in(start, end)
        slots = work.dossiers.slots_between(start, end)
    eligible = [each for each in dossiers if each.dossier_id in settled or has_replaceable(each)]
    complete = sum(each.state is DigitizationState.COMPLETE for each in dossiers)
    return Counts(
        first=first,
        last=last,
        saved=_saved(decisions),
        reuse=Rate(numerator=sum(each.dossier_id in settled for each in eligible), denominator=len(eligible)),
        cut=Rate(
            numerator=sum(len(keys) for keys in settled.values()),
            denominator=sum(len(each) for each in slots.values()),
        ),
        digitized=Rate(numerator=complete, denominator=len(dossiers)),
        overruled=sum(not each.is_saved for each in decisions),
        coverage=coverage_of(dossiers, slots, settled),
    )


def week_of(moment: datetime) -> str:
    """The ISO week of a moment in Viet Nam, ``2026-W48``."""
    year, week, _ = day_in_vietnam(moment).isocalendar()
    return f"{year}-W{week:02}"


def _saved(decisions: Iterable[ReuseDecision]) -> tuple[Saved, ...]:
    groups: defaultdict[tuple[str, str, str], list[ReuseDecision]] = defaultdict(list)
    for each in decisions:
        if each.is_saved:
            groups[each.procedure_code, each.branch, week_of(each.at)].append(each)
    return tuple(_row(key, groups[key]) for key in sorted(groups))


def _row(key: tuple[str, str, str], group: Sequence[ReuseDecision]) -> Saved:
    procedure_code, branch, week = key
    return Saved(
        procedure_code=procedure_code,
        branch=branch,
        week=week,
        papers=len(group),
        pages=sum(each.page_count for each in group),
        dossiers=len({each.dossier_id for each in group}),
    )


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
