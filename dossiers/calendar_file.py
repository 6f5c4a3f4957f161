"""Calendar files: TOML in, ``WorkingCalendar`` out; the office's own file goes before the one shipped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.catalogue_table import CatalogueTable
from dossiers.errors import ConfigurationError
from dossiers.evidence_table import evidence_in
from dossiers.working_calendar import WorkingCalendar

#: Name of the office's own calendar in the data folder.
FILE: Final = "calendar.toml"
_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    """The days of one year; it is known only where somebody declared that they are all there."""

    year: int
    off: tuple[date, ...]
    worked: tuple[date, ...]
    is_complete: bool


def load_calendar(data_dir: Path | None) -> WorkingCalendar:
    """Reads the office's calendar, or the one that ships with Sohoa.

    Raises:
        ConfigurationError: BAD_CALENDAR.
    """
    own = data_dir / FILE if data_dir is not None else None
    try:
        if own is not None and own.is_file():
            text = own.read_text("utf-8")
        else:
            text = resources.files("dossiers").joinpath("data", "working_calendar.toml").read_text("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_calendar("calendar", "cannot be read") from cause
    return parse_calendar(text)


def parse_calendar(text: str) -> WorkingCalendar:
    """Reads the text of a calendar file.

    Raises:
        ConfigurationError: BAD_CALENDAR with the place.
    """
    top = CatalogueTable.parse(text, "calendar", _bad_calendar)
    years = tuple(_year(each) for each in top.tables("year"))
    calendar = WorkingCalendar(
        weekdays=_weekdays(top),
        spans=_spans(top),
        yearly_holidays=frozenset(_month_day(top, each) for each in top.texts("yearly_holidays")),
        holidays=frozenset(day for each in years for day in each.off),
        worked_instead=frozenset(day for each in years for day in each.worked),
        known_years=frozenset(each.year for each in years if each.is_complete),
    )
    evidence_in(top, "hours_evidence")
    evidence_in(top, "yearly_evidence")
    top.close()
    return calendar


def _weekdays(top: CatalogueTable) -> frozenset[int]:
    days = top.numbers("weekdays")
    if not days or not all(1 <= each <= 7 for each in days):
        raise top.bad("weekdays must name at least one day, 1 (Monday) to 7")
    return frozenset(each - 1 for each in days)


def _spans(top: CatalogueTable) -> tuple[tuple[time, time], ...]:
    spans: list[tuple[time, time]] = []
    for table in top.tables("spans"):
        begin, end = table.clock_time("begin"), table.clock_time("end")
        table.close()
        if begin >= end or (spans and spans[-1][1] > begin):
            raise table.bad("spans are in order and do not overlap")
        spans.append((begin, end))
    if not spans:
        raise top.bad("spans must name at least one span of hours")
    return tuple(spans)


def _year(table: CatalogueTable) -> _Year:
    year = table.number("year") or 0
    off, worked = table.days("holidays"), table.days("worked_instead")
    is_complete = table.flag("complete", default=False)
    evidence_in(table, "evidence")
    table.close()
    if not 2000 <= year <= 2099 or any(each.year != year for each in (*off, *worked)):
        raise table.bad("every day must be in the year that the table names")
    if set(off) & set(worked):
        raise table.bad("a day is both off and worked")
    return _Year(year=year, off=off, worked=worked, is_complete=is_complete)


def _month_day(top: CatalogueTable, text: str) -> tuple[int, int]:
    if (found := _MONTH_DAY.fullmatch(text)) is None:
        raise top.bad(f"{text} is no MM-DD")
    return int(found[1]), int(found[2])


def _bad_calendar(where: str, what: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_CALENDAR",
        vi="Tệp lịch làm việc không hợp lệ.",
        en=f"the working calendar cannot be used: {where}: {what}",
        hint="correct calendar.toml in the data folder, or remove it to use the one that ships",
    )
