"""Terms: from when they count, when they end, what stops them.

Rules: papers that come after the cut-off (15 giờ) or on a day that is not worked count from the next working
day (Nghị định 61/2018/NĐ-CP, Điều 18). The day from which a term counts is not itself counted, so a term of
no days ends on it and a term of three days ends three working days later; that reading is ours. Amounts are
data, see ``dossiers.deadline_rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dossiers.case import Channel
from dossiers.deadline_rules import DeadlineRules, Term, TermUnit
from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.working_calendar import WorkingCalendar


class Standing(StrEnum):
    """How a case stands to its term."""

    NO_TERM = "no_term"
    IN_TIME = "in_time"  # open, the term has not ended
    OVERDUE = "overdue"  # open, the term has ended
    EARLY = "early"  # ended on a day before the last one
    ON_TIME = "on_time"  # ended on the last day
    LATE = "late"  # ended after the term


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a term ends.

    Attributes:
        counts_from: the working day from which it counts.
        due_at: its last moment, UTC.
        is_provisional: the holidays of some year in between are not listed yet.
    """

    counts_from: date
    due_at: datetime
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The engine: pure functions over a calendar and rules. Moments are aware; those returned are UTC."""

    calendar: WorkingCalendar
    rules: DeadlineRules

    def counts_from(self, received_at: datetime) -> date:
        """The working day from which papers received at a moment count; the cut-off itself is in time."""
        local = received_at.astimezone(VIETNAM)
        day = local.date()
        is_late = local.time() > self.rules.cutoff
        return self.calendar.on_or_after(day + timedelta(days=1) if is_late else day)

    def due(self, received_at: datetime, term: Term) -> Due:
        """When a term ends for papers received at a moment.

        Working days run to the end of work of the last day; working hours run from the moment itself.
        """
        counts_from = self.counts_from(received_at)
        if term.unit is TermUnit.WORKING_HOURS:
            due_at = self.calendar.add_working_time(received_at, timedelta(hours=term.amount))
        else:
            due_at = self.calendar.end_of(self.calendar.add_working_days(counts_from, term.amount))
        is_known = self.calendar.is_known(counts_from, day_in_vietnam(due_at))
        return Due(counts_from=counts_from, due_at=due_at, is_provisional=not is_known)

    def notice_due(self, received_at: datetime, channel: Channel, procedure: str) -> Due | None:
        """By when the person is told whether the papers suffice; ``None`` where no rule says."""
        term = self.rules.notice_term(channel, procedure)
        return None if term is None else self.due(received_at, term)

    def return_due(self, received_at: datetime) -> Due:
        """By when papers found unqualified during examination go back with a slip."""
        term = Term(amount=self.rules.return_working_days, unit=TermUnit.WORKING_DAYS)
        return self.due(received_at, term)

    def apology_due(self, due_at: datetime) -> date:
        """The last day on which an apology with a new day may go out, before a term ends."""
        last_day = day_in_vietnam(due_at)
        return self.calendar.working_days_before(last_day, self.rules.apology_working_days_before)

    def resumed(self, due_at: datetime, *, stopped_at: datetime, resumed_at: datetime) -> datetime:
        """The new end of a term whose clock stood still, rounded up to the end of work of its day.

        What was left of it when it stopped is left when it goes on; a term that had ended already does not
        come back.
        """
        left = self.calendar.working_time_between(stopped_at, due_at)
        if not left:
            return due_at
        ending = self.calendar.add_working_time(resumed_at, left)
        return self.calendar.end_of(day_in_vietnam(ending))

    def standing(self, due_at: datetime | None, *, now: datetime, ended_at: datetime | None) -> Standing:
        """How a case with this term stands."""
        if due_at is None:
            return Standing.NO_TERM
        if ended_at is None:
            return Standing.OVERDUE if now > due_at else Standing.IN_TIME
        if ended_at > due_at:
            return Standing.LATE
        is_early = day_in_vietnam(ended_at) < day_in_vietnam(due_at)
        return Standing.EARLY if is_early else Standing.ON_TIME
