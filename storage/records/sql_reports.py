"""Weekly reports, in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, RowMapping, func, select, update

from dossiers.errors import StaleVersion
from dossiers.reports.figures_json import figures_from_json, figures_to_json
from dossiers.reports.report_week import ReportWeek
from dossiers.reports.weekly import ReportState, WeeklyReport, Written
from storage.records.desk_schema import weekly_reports as _reports
from storage.records.trouble import not_found
from storage.records.turns import take_turn
from storage.records.upsert import insert_new


class SqlReportRecords:
    """Implements ``dossiers.reports.report_ports.ReportRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, report: WeeklyReport) -> None:
        """Adds a report."""
        insert_new(self._connection, _reports, _columns(report))

    def save(self, report: WeeklyReport) -> None:
        """Saves over the version it carries."""
        own = (
            (_reports.c.unit == report.unit)
            & (_reports.c.week == str(report.week))
            & (_reports.c.revision == report.revision)
        )
        values = _columns(report) | {"version": report.version + 1}
        same = _reports.c.version == report.version
        if self._connection.execute(update(_reports).where(own, same).values(values)).rowcount:
            return
        if self._connection.execute(select(_reports.c.version).where(own)).first() is None:
            raise not_found(f"report of {report.week}")
        raise StaleVersion(f"report of {report.week}")

    def newest(self, unit: str, week: str) -> WeeklyReport | None:
        """Returns the newest revision of a week, if there is one."""
        found = self.revisions(unit, week)
        return found[-1] if found else None

    def revisions(self, unit: str, week: str) -> Sequence[WeeklyReport]:
        """Every revision of a week, oldest first."""
        take_turn(self._connection, "report", f"{unit}/{week}")
        own = (_reports.c.unit == unit) & (_reports.c.week == week)
        rows = self._connection.execute(select(_reports).where(own).order_by(_reports.c.revision)).mappings()
        return tuple(_report(row) for row in rows)

    def recent(self, unit: str, limit: int) -> Sequence[WeeklyReport]:
        """The newest revision of each week, latest week first."""
        newest = (
            select(_reports.c.week, func.max(_reports.c.revision).label("revision"))
            .where(_reports.c.unit == unit)
            .group_by(_reports.c.week)
            .subquery()
        )
        same = (newest.c.week == _reports.c.week) & (newest.c.revision == _reports.c.revision)
        statement = select(_reports).join(newest, same).where(_reports.c.unit == unit)
        rows = self._connection.execute(statement.order_by(_reports.c.week.desc()).limit(limit)).mappings()
        return tuple(_report(row) for row in rows)


def _columns(report: WeeklyReport) -> dict[str, object]:
    return {
        "unit": report.unit,
        "week": str(report.week),
        "revision": report.revision,
        "written": json.dumps(asdict(report.written), ensure_ascii=False),
        "figures": json.dumps(figures_to_json(report.figures), ensure_ascii=False),
        "counted_at": report.counted_at,
        "drafted_by": report.drafted_by,
        "state": report.state.value,
        "signed_by": report.signed_by,
        "signed_at": report.signed_at,
        "version": report.version,
    }


def _report(row: RowMapping) -> WeeklyReport:
    return WeeklyReport(
        unit=row["unit"],
        week=ReportWeek.parse(row["week"]),
        revision=row["revision"],
        written=Written(**json.loads(row["written"])),
        figures=figures_from_json(json.loads(row["figures"])),
        counted_at=row["counted_at"],
        drafted_by=row["drafted_by"],
        state=ReportState(row["state"]),
        signed_by=row["signed_by"],
        signed_at=row["signed_at"],
        version=row["version"],
    )
