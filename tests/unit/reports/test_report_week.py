"""Weeks of the weekly report: Friday 16:00, warned of at 12:00 and 15:00."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dossiers.calendar_file import load_calendar, parse_calendar
from dossiers.errors import InputError
from dossiers.local_time import VIETNAM
from dossiers.reports.report_week import ReportWeek, Urgency

WEEK = ReportWeek(year=2026, number=48)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


def test_a_week_runs_from_deadline_to_deadline() -> None:
    assert (WEEK.friday, WEEK.deadline) == (date(2026, 11, 27), datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert WEEK.start == WEEK.previous().deadline
    assert WEEK.next().start == WEEK.deadline


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (at(20, 15, 59), "2026-W47"),
        (at(20, 16), "2026-W48"),
        (at(22, 10), "2026-W48"),
        (at(27, 15, 59), "2026-W48"),
        (at(27, 16), "2026-W49"),
        (datetime(2026, 12, 31, 9, tzinfo=VIETNAM), "2026-W53"),
    ],
)
def test_every_moment_is_in_one_week(moment: datetime, week: str) -> None:
    found = ReportWeek.at(moment)
    assert str(found) == week
    assert found.start <= moment < found.deadline


@pytest.mark.parametrize(
    ("moment", "urgency"),
    [
        (at(27, 11, 59), Urgency.CALM),
        (at(27, 12), Urgency.FIRST_WARNING),
        (at(27, 14, 59), Urgency.FIRST_WARNING),
        (at(27, 15), Urgency.LAST_WARNING),
        (at(27, 15, 59), Urgency.LAST_WARNING),
        (at(27, 16), Urgency.OVERDUE),
    ],
)
def test_the_office_is_warned_at_twelve_and_at_three(moment: datetime, urgency: Urgency) -> None:
    assert WEEK.urgency(moment, load_calendar(None)) is urgency


def test_before_a_friday_off_the_office_is_warned_on_the_last_day_worked() -> None:
    calendar = parse_calendar(
        """
        weekdays = [1, 2, 3, 4, 5]
        spans = [{ begin = 07:30:00, end = 11:30:00 }]
        yearly_holidays = ["11-27"]
        hours_evidence = { kind = "memory" }
        yearly_evidence = { kind = "memory" }
        """
    )
    assert WEEK.warned_on(calendar) == date(2026, 11, 26)
    assert WEEK.urgency(at(26, 12), calendar) is Urgency.FIRST_WARNING
    assert WEEK.urgency(WEEK.deadline - timedelta(seconds=1), calendar) is Urgency.LAST_WARNING


def test_a_week_is_read_as_it_is_written() -> None:
    assert ReportWeek.parse(" 2026-w48 ") == WEEK
    for wrong in ("2026-48", "2026-W54", "W48", "", "2026-W"):
        with pytest.raises(InputError, match="BAD_VALUE"):
            ReportWeek.parse(wrong)
