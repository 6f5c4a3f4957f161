"""When an office works: days, hours, holidays and the days worked in their place.

Which days these are is data (``dossiers.calendar_file``). Moments are aware, in UTC outside and +07:00
inside; days are those of Viet Nam.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from dossiers.local_time import VIETNAM, day_in_vietnam

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """The working days and hours of one office.

    Attributes:
        weekdays: days of the week that are worked, Monday = 0; at least one.
        spans: hours worked on a working day, in order, not overlapping; at least one.
        yearly_holidays: holidays of every year as (month, day).
        holidays: single days off.
        worked_instead: days worked although the week or a holiday says otherwise (làm bù).
        known_years: years whose movable holidays are declared to be all listed.
    """

    weekdays: frozenset[int]
    spans: tuple[tuple[time, time], ...]
    yearly_holidays: frozenset[tuple[int, int]] = frozenset()
    holidays: frozenset[date] = frozenset()
    worked_instead: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on a day."""
        if day in self.worked_instead:
            return True
        is_off = day in self.holidays or (day.month, day.day) in self.yearly_holidays
        return day.weekday() in self.weekdays and not is_off

    def is_known(self, first: date, last: date) -> bool:
        """Whether the movable holidays of all years from one day to another are declared to be all listed."""
        return all(year in self.known_years for year in range(first.year, last.year + 1))

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The working day so many working days after a day; the day itself is not counted.

        Args:
            day: any day; one that is not worked counts as the next working day.
            count: 0 or more.
        """
        day = self.on_or_after(day)
        for _ in range(count):
            day = self.on_or_after(day + _DAY)
        return day

    def working_days_before(self, day: date, count: int) -> date:
        """The working day so many working days before a day, 1 or more."""
        for _ in range(count):
            day -= _DAY
            while not self.is_working_day(day):
                day -= _DAY
        return day

    def end_of(self, day: date) -> datetime:
        """The moment at which work ends on a working day."""
        return _moment(day, self.spans[-1][1])

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which so much working time has passed since a moment; ``amount`` is above zero."""
        for begin, end in self._spans_from(start):
            if amount <= end - begin:
                return begin + amount
            amount -= end - begin
        raise AssertionError("the calendar has no end")

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none where the end is not after the start."""
        total = timedelta(0)
        for begin, stop in self._spans_from(start):
            if begin >= end:
                break
            total += min(stop, end) - begin
        return total

    def _spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Worked spans from a moment on, the first cut at the moment; without end."""
        day = day_in_vietnam(start)
        while True:
            if self.is_working_day(day):
                for begin, end in self.spans:
                    first, last = max(_moment(day, begin), start), _moment(day, end)
                    if first < last:
                        yield first, last
            day += _DAY


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM).astimezone(UTC)
