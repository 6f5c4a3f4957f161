"""Drafting, writing and signing the weekly report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dossiers.counting import HasReplaceable
from dossiers.errors import RecordError
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.reports.figures import Figures
from dossiers.reports.gathering import figures_of
from dossiers.reports.report_week import ReportWeek, Urgency
from dossiers.reports.ticket_desk import day_start
from dossiers.reports.weekly import ReportState, WeeklyReport, Written
from dossiers.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The report that is due next, or overdue.

    Attributes:
        week: the week.
        urgency: how near its deadline is; ``CALM`` once it is signed.
        report: its newest revision, if there is one.
    """

    week: ReportWeek
    urgency: Urgency
    report: WeeklyReport | None

    @property
    def is_signed(self) -> bool:
        """Whether nothing is left to do."""
        return self.report is not None and self.report.state is ReportState.SIGNED


class WeeklyDesk:
    """The use case of the weekly report."""

    def __init__(
        self,
        *,
        records: RecordStore,
        calendar: WorkingCalendar,
        has_replaceable: HasReplaceable,
        clock: Clock,
    ) -> None:
        self._records = records
        self._calendar = calendar
        self._has_replaceable = has_replaceable
        self._clock = clock

    def due(self, unit: str) -> tuple[Due, ...]:
        """The week before where its report is not signed, then the present week."""
        present = ReportWeek.at(self._clock())
        with self._records.transaction() as work:
            weeks = [self._due(work, unit, week) for week in (present.previous(), present)]
        return tuple(each for each in weeks if each.week == present or not each.is_signed)

    def urgency(self, week: ReportWeek) -> Urgency:
        """How near the deadline of a week is now."""
        return week.urgency(self._clock(), self._calendar)

    def draft(self, unit: str, week: ReportWeek, by: str) -> WeeklyReport:
        """Makes the draft of a week, or counts an unsigned one anew; a signed report comes back as it is.

        Raises:
            RecordError: ``WEEK_NOT_BEGUN``.
        """
        now = self._clock()
        with self._records.transaction() as work:
            report = work.reports.newest(unit, str(week))
            if report is not None and report.state is ReportState.SIGNED:
                return report
            fresh = self._counted(work, unit, week, by, now)
            if report is None:
                work.reports.add(fresh)
            else:
                work.reports.save(report.recounted(fresh.figures, now))
            return _newest(work, unit, week)

    def preview(self, unit: str, week: ReportWeek, by: str) -> WeeklyReport:
        """The newest revision of a week, or what its draft would be; changes nothing.

        Raises:
            RecordError: ``WEEK_NOT_BEGUN``.
        """
        with self._records.transaction() as work:
            return work.reports.newest(unit, str(week)) or self._counted(work, unit, week, by, self._clock())

    def write(
        self, unit: str, week: ReportWeek, written: Written, version: int | None = None
    ) -> WeeklyReport:
        """Keeps the written parts of a draft.

        Args:
            unit: the unit.
            week: the week.
            written: the parts.
            version: the version that the writer saw; ``None`` does not check it.

        Raises:
            RecordError: ``NO_REPORT``, ``REPORT_SIGNED``.
            StaleVersion: somebody else wrote since.
            InputError: a part is too long.
        """
        with self._records.transaction() as work:
            report = _newest(work, unit, week).rewritten(written)
            work.reports.save(report if version is None else replace(report, version=version))
            return _newest(work, unit, week)

    def sign(self, unit: str, week: ReportWeek, by: str) -> WeeklyReport:
        """Signs the draft of a week with figures counted at this moment, or until the deadline.

        Raises:
            RecordError: ``NO_REPORT``; ``REPORT_SIGNED``; ``REPORT_INCOMPLETE``; ``NO_CLERK``.
        """
        now = self._clock()
        with self._records.transaction() as work:
            report = _newest(work, unit, week)
            figures = self._count(work, week.start, min(now, week.deadline), unit)
            work.reports.save(report.recounted(figures, now).signed(by, now))
            return _newest(work, unit, week)

    def revise(self, unit: str, week: ReportWeek, by: str) -> WeeklyReport:
        """Begins a correction of a signed report; ``NO_REPORT`` or ``REPORT_NOT_SIGNED`` otherwise."""
        with self._records.transaction() as work:
            work.reports.add(_newest(work, unit, week).revised(by))
            return _newest(work, unit, week)

    def find(self, unit: str, week: ReportWeek) -> WeeklyReport | None:
        """The newest revision of a week, if there is one."""
        with self._records.transaction() as work:
            return work.reports.newest(unit, str(week))

    def recent(self, unit: str, limit: int = 20) -> tuple[WeeklyReport, ...]:
        """The newest revision of each week, latest week first."""
        with self._records.transaction() as work:
            return tuple(work.reports.recent(unit, limit))

    def figures(self, unit: str, start: datetime, end: datetime) -> Figures:
        """Counts any period, until now at the latest."""
        with self._records.transaction() as work:
            return self._count(work, start, end, unit)

    def today(self, unit: str) -> Figures:
        """Counts the present day."""
        start = day_start(self._clock())
        return self.figures(unit, start, start + timedelta(days=1))

    def _due(self, work: UnitOfWork, unit: str, week: ReportWeek) -> Due:
        report = work.reports.newest(unit, str(week))
        signed = any(each.state is ReportState.SIGNED for each in work.reports.revisions(unit, str(week)))
        urgency = Urgency.CALM if signed else self.urgency(week)
        return Due(week=week, urgency=urgency, report=report)

    def _counted(self, work: UnitOfWork, unit: str, week: ReportWeek, by: str, now: datetime) -> WeeklyReport:
        if week.start > now:
            raise RecordError(
                "WEEK_NOT_BEGUN", vi="Tuần báo cáo này chưa bắt đầu.", en="this week has not begun"
            )
        return WeeklyReport(
            unit=unit,
            week=week,
            revision=1,
            written=Written(),
            figures=self._count(work, week.start, min(now, week.deadline), unit),
            counted_at=now,
            drafted_by=by,
        )

    def _count(self, work: UnitOfWork, start: datetime, end: datetime, unit: str) -> Figures:
        return figures_of(work, start, min(end, self._clock()), unit, self._has_replaceable)


def _newest(work: UnitOfWork, unit: str, week: ReportWeek) -> WeeklyReport:
    report = work.reports.newest(unit, str(week))
    if report is None:
        raise RecordError(
            "NO_REPORT", vi="Chưa có dự thảo báo cáo của tuần này.", en=f"there is no report of {week} yet"
        )
    return report
