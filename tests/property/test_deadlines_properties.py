"""Terms on any calendar: order, round trips, and nothing gained by stopping the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dossiers.deadline_rules import Term, TermUnit, load_deadline_rules
from dossiers.deadlines import Deadlines
from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.working_calendar import WorkingCalendar

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MOMENTS = st.integers(0, 364 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
CALENDARS = st.builds(
    WorkingCalendar,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    spans=st.sampled_from(
        [
            ((time(7, 30), time(11, 30)), (time(13), time(17))),
            ((time(8), time(16)),),
            ((time(0), time(12)), (time(12), time(23, 59))),
        ]
    ),
    yearly_holidays=st.just(frozenset({(1, 1), (9, 2)})),
    holidays=st.frozensets(DAYS, max_size=20),
    worked_instead=st.frozensets(DAYS, max_size=5),
    known_years=st.just(frozenset({2026})),
)
RULES = load_deadline_rules(None)
ENGINES = st.builds(lambda calendar: Deadlines(calendar=calendar, rules=RULES), CALENDARS)
COUNTS = st.integers(0, 30)


@given(ENGINES, MOMENTS)
def test_a_term_counts_from_a_working_day_that_is_never_before_reception(
    engine: Deadlines, received: datetime
) -> None:
    counts_from = engine.counts_from(received)
    local = received.astimezone(VIETNAM)

    assert engine.calendar.is_working_day(counts_from)
    assert counts_from >= local.date()
    if local.time() > RULES.cutoff:
        assert counts_from > local.date()


@given(ENGINES, MOMENTS, MOMENTS, COUNTS)
def test_later_papers_are_never_due_earlier(
    engine: Deadlines, one: datetime, other: datetime, count: int
) -> None:
    term = Term(amount=count, unit=TermUnit.WORKING_DAYS)
    first, second = sorted((one, other))

    assert engine.due(first, term).due_at <= engine.due(second, term).due_at


@given(ENGINES, MOMENTS, COUNTS)
def test_a_longer_term_ends_exactly_one_working_day_later(
    engine: Deadlines, received: datetime, count: int
) -> None:
    shorter = engine.due(received, Term(amount=count, unit=TermUnit.WORKING_DAYS)).due_at
    longer = engine.due(received, Term(amount=count + 1, unit=TermUnit.WORKING_DAYS)).due_at
    between = [
        day_in_vietnam(shorter) + timedelta(days=each) for each in range(1, (longer - shorter).days + 1)
    ]

    assert shorter < longer
    assert [each for each in between if engine.calendar.is_working_day(each)] == [day_in_vietnam(longer)]


@given(ENGINES, MOMENTS, st.integers(1, 40))
def test_working_time_added_is_the_working_time_between(
    engine: Deadlines, start: datetime, hours: int
) -> None:
    amount = timedelta(hours=hours)
    end = engine.calendar.add_working_time(start, amount)

    assert engine.calendar.working_time_between(start, end) == amount
    assert engine.calendar.is_working_day(day_in_vietnam(end))


@given(ENGINES, DAYS, st.integers(1, 10))
def test_going_back_is_the_way_forward_turned_round(engine: Deadlines, day: date, count: int) -> None:
    start = engine.calendar.on_or_after(day)
    end = engine.calendar.add_working_days(start, count)

    assert engine.calendar.working_days_before(end, count) == start


@given(ENGINES, MOMENTS, COUNTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_stopping_the_clock_never_shortens_a_term_and_a_stop_of_no_length_changes_nothing(
    engine: Deadlines, received: datetime, count: int, stop: timedelta
) -> None:
    due_at = engine.due(received, Term(amount=count, unit=TermUnit.WORKING_DAYS)).due_at
    resumed = engine.resumed(due_at, stopped_at=received, resumed_at=received + stop)

    assert resumed >= due_at
    assert engine.resumed(due_at, stopped_at=received, resumed_at=received) == due_at


@given(ENGINES, MOMENTS, COUNTS, DAYS)
def test_one_more_holiday_never_makes_a_term_end_earlier(
    engine: Deadlines, received: datetime, count: int, extra: date
) -> None:
    term = Term(amount=count, unit=TermUnit.WORKING_DAYS)
    calendar = replace(engine.calendar, holidays=engine.calendar.holidays | {extra})
    poorer = replace(engine, calendar=calendar)

    assert poorer.due(received, term).due_at >= engine.due(received, term).due_at
