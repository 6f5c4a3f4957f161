"""Weekly reports, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossiers.errors import StaleVersion
from dossiers.reports.weekly import WeeklyReport
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryReportRecords:
    """Implements ``dossiers.reports.report_ports.ReportRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, report: WeeklyReport) -> None:
        """Adds a report."""
        if _key(report) in self._state.reports:
            raise duplicate("report")
        self._state.reports[_key(report)] = report

    def save(self, report: WeeklyReport) -> None:
        """Saves over the version it carries."""
        present = self._state.reports.get(_key(report))
        if present is None:
            raise not_found(f"report of {report.week}")
        if present.version != report.version:
            raise StaleVersion(f"report of {report.week}")
        self._state.reports[_key(report)] = replace(report, version=report.version + 1)

    def newest(self, unit: str, week: str) -> WeeklyReport | None:
        """Returns the newest revision of a week, if there is one."""
        found = self.revisions(unit, week)
        return found[-1] if found else None

    def revisions(self, unit: str, week: str) -> Sequence[WeeklyReport]:
        """Every revision of a week, oldest first."""
        found = [each for each in self._state.reports.values() if (each.unit, str(each.week)) == (unit, week)]
        return tuple(sorted(found, key=lambda each: each.revision))

    def recent(self, unit: str, limit: int) -> Sequence[WeeklyReport]:
        """The newest revision of each week, latest week first."""
        weeks = sorted(
            {each.week for each in self._state.reports.values() if each.unit == unit}, reverse=True
        )
        newest = (self.newest(unit, str(week)) for week in weeks[:limit])
        return tuple(each for each in newest if each is not None)


def _key(report: WeeklyReport) -> tuple[str, str, int]:
    return report.unit, str(report.week), report.revision
