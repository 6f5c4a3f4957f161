"""Weeks of the weekly report: due at 16:00 every Friday (HCMC 2025), warned of at 12:00 and 15:00.

Decision of this project, as the rule names no period: a week runs from one deadline to the next, so that
every dossier is in exactly one report. A Friday off does not move the deadline, it is only told earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from dossiers.errors import InputCode, InputError
from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.working_calendar import WorkingCalendar

#: Hour of the deadline on Friday, +07:00, and of the warnings before it.
DEADLINE: Final = time(16, 0)
WARNINGS: Final = (time(12, 0), time(15, 0))
_FRIDAY: Final = 5
_WEEK: Final = timedelta(days=7)


class Urgency(StrEnum):
    """How near the deadline of an unsigned report is."""

    CALM = "calm"
    FIRST_WARNING = "first_warning"  # from 12:00 of the last day on
    LAST_WARNING = "last_warning"  # from 15:00 of the last day on
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ReportWeek:
    """One week, by the ISO year and week of its Friday."""

    year: int
    number: int

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """The week that a moment belongs to; the deadline itself already belongs to the next one."""
        day = day_in_vietnam(moment)
        friday = day + timedelta(days=(_FRIDAY - day.isoweekday()) % 7)
        if moment >= _moment(friday, DEADLINE):
            friday += _WEEK
        return cls._of_friday(friday)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes ``2026-W48``.

        Raises:
            InputError: BAD_VALUE.
        """
        year, _, number = text.strip().upper().partition("-W")
        try:
            date.fromisocalendar(int(year), int(number), _FRIDAY)
        except ValueError as cause:
            raise InputError(InputCode.BAD_VALUE, "a week looks like 2026-W48") from cause
        return cls(year=int(year), number=int(number))

    @property
    def friday(self) -> date:
        """The day of the deadline."""
        return date.fromisocalendar(self.year, self.number, _FRIDAY)

    @property
    def deadline(self) -> datetime:
        """The moment at which the report is due and its figures end, UTC."""
        return _moment(self.friday, DEADLINE)

    @property
    def start(self) -> datetime:
        """The moment from which its figures count, UTC: the deadline of the week before."""
        return self.deadline - _WEEK

    def previous(self) -> ReportWeek:
        """The week before."""
        return self._of_friday(self.friday - _WEEK)

    def next(self) -> ReportWeek:
        """The week after."""
        return self._of_friday(self.friday + _WEEK)

    def warned_on(self, calendar: WorkingCalendar) -> date:
        """The day on which the office is warned: Friday, or the last day worked before a Friday off."""
        friday = self.friday
        return friday if calendar.is_working_day(friday) else calendar.working_days_before(friday, 1)

    def urgency(self, now: datetime, calendar: WorkingCalendar) -> Urgency:
        """How near the deadline is at a moment."""
        first, last = (_moment(self.warned_on(calendar), each) for each in WARNINGS)
        steps = (
            (self.deadline, Urgency.OVERDUE),
            (last, Urgency.LAST_WARNING),
            (first, Urgency.FIRST_WARNING),
        )
        return next((urgency for since, urgency in steps if now >= since), Urgency.CALM)

    @classmethod
    def _of_friday(cls, friday: date) -> Self:
        year, number, _ = friday.isocalendar()
        return cls(year=year, number=number)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM).astimezone(UTC)
