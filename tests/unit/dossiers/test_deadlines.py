"""Terms at the counter (domain items 2 and 32)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dossiers.calendar_file import load_calendar, parse_calendar
from dossiers.case import Channel
from dossiers.deadline_rules import Term, TermUnit, load_deadline_rules, parse_deadline_rules
from dossiers.deadlines import Deadlines, Standing
from dossiers.errors import ConfigurationError
from dossiers.local_time import VIETNAM

DEADLINES = Deadlines(calendar=load_calendar(None), rules=load_deadline_rules(None))
SAME_DAY = Term(amount=0, unit=TermUnit.WORKING_DAYS)
THREE_DAYS = Term(amount=3, unit=TermUnit.WORKING_DAYS)


def at(text: str) -> datetime:
    """A moment written in local time, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("received", "counts_from"),
    [
        ("2026-11-25T08:00", date(2026, 11, 25)),
        ("2026-11-25T15:00", date(2026, 11, 25)),
        ("2026-11-25T15:00:01", date(2026, 11, 26)),
        ("2026-11-25T23:59", date(2026, 11, 26)),
        ("2026-11-25T00:30", date(2026, 11, 25)),
        ("2026-11-27T16:00", date(2026, 11, 30)),  # a Friday
        ("2026-11-28T09:00", date(2026, 11, 30)),  # a Saturday
        ("2026-02-13T15:30", date(2026, 2, 23)),  # before Tết
        ("2026-08-21T16:00", date(2026, 8, 22)),  # a Saturday that is worked
        ("2026-09-01T09:00", date(2026, 9, 3)),
    ],
)
def test_item_02_after_fifteen_hours_counts_from_next_working_day(received: str, counts_from: date) -> None:
    assert DEADLINES.counts_from(at(received)) == counts_from


def test_item_02_received_at_and_counts_from_are_two_things() -> None:
    due = DEADLINES.due(at("2026-11-25T22:10"), SAME_DAY)

    assert due.counts_from == date(2026, 11, 26)
    assert due.due_at == at("2026-11-26T17:00")


@pytest.mark.parametrize(
    ("received", "term", "due_at"),
    [
        ("2026-11-25T09:00", SAME_DAY, "2026-11-25T17:00"),
        ("2026-11-25T09:00", THREE_DAYS, "2026-11-30T17:00"),
        ("2026-11-25T15:01", THREE_DAYS, "2026-12-01T17:00"),
        ("2026-04-24T10:00", THREE_DAYS, "2026-05-04T17:00"),  # Giỗ Tổ, 30-4 and 1-5 in between
        ("2026-08-21T10:00", Term(amount=1, unit=TermUnit.WORKING_DAYS), "2026-08-22T17:00"),
    ],
)
def test_item_32_working_days(received: str, term: Term, due_at: str) -> None:
    assert DEADLINES.due(at(received), term).due_at == at(due_at)


@pytest.mark.parametrize(
    ("received", "due_at"),
    [
        ("2026-11-25T07:30", "2026-11-25T17:00"),
        ("2026-11-25T10:00", "2026-11-26T10:00"),
        ("2026-11-25T12:00", "2026-11-26T11:30"),
        ("2026-11-27T16:00", "2026-11-30T16:00"),
        ("2026-11-28T20:00", "2026-11-30T17:00"),
    ],
)
def test_item_32_an_online_dossier_is_answered_within_eight_working_hours(received: str, due_at: str) -> None:
    due = DEADLINES.notice_due(at(received), Channel.ONLINE, "1.001193")

    assert due is not None
    assert due.due_at == at(due_at)


def test_item_32_a_supplement_slip_goes_out_within_one_working_day() -> None:
    for channel in (Channel.DIRECT, Channel.POST):
        due = DEADLINES.notice_due(at("2026-11-27T09:00"), channel, "1.001193")
        assert due is not None
        assert due.due_at == at("2026-11-30T17:00")


def test_item_32_a_criminal_record_slip_takes_one_hour_at_the_counter() -> None:
    due = DEADLINES.notice_due(at("2026-11-25T11:00"), Channel.DIRECT, "2.000488")

    assert due is not None
    assert due.due_at == at("2026-11-25T13:30")


def test_item_32_unqualified_papers_go_back_within_three_working_days() -> None:
    assert DEADLINES.return_due(at("2026-11-25T09:00")).due_at == at("2026-11-30T17:00")


def test_item_32_an_apology_goes_out_one_day_before_the_term_ends() -> None:
    assert DEADLINES.apology_due(at("2026-11-25T17:00")) == date(2026, 11, 24)
    assert DEADLINES.apology_due(at("2026-11-30T17:00")) == date(2026, 11, 27)


def test_item_32_what_was_left_when_the_clock_stopped_is_left_when_it_goes_on() -> None:
    due_at = at("2026-11-27T17:00")
    resumed = DEADLINES.resumed(due_at, stopped_at=at("2026-11-25T09:00"), resumed_at=at("2026-12-02T10:00"))

    # 22.5 hours were left; from Wednesday 10:00 to Friday evening there are 21.5, so Monday is begun.
    assert resumed == at("2026-12-07T17:00")


def test_item_32_a_term_that_had_ended_does_not_come_back() -> None:
    due_at = at("2026-11-25T17:00")
    resumed = DEADLINES.resumed(due_at, stopped_at=at("2026-11-26T09:00"), resumed_at=at("2026-12-02T10:00"))

    assert resumed == due_at


@pytest.mark.parametrize(
    ("ended", "standing"),
    [
        (None, Standing.OVERDUE),
        ("2026-11-24T16:00", Standing.EARLY),
        ("2026-11-25T16:00", Standing.ON_TIME),
        ("2026-11-25T17:00:01", Standing.LATE),
    ],
)
def test_item_32_how_a_case_stands_to_its_term(ended: str | None, standing: Standing) -> None:
    due_at, now = at("2026-11-25T17:00"), at("2026-11-27T09:00")
    ended_at = at(ended) if ended else None

    assert DEADLINES.standing(due_at, now=now, ended_at=ended_at) is standing
    assert DEADLINES.standing(due_at, now=due_at, ended_at=None) is Standing.IN_TIME
    assert DEADLINES.standing(None, now=now, ended_at=ended_at) is Standing.NO_TERM


def test_item_32_a_term_that_runs_into_a_year_without_holidays_is_provisional() -> None:
    assert DEADLINES.due(at("2026-12-30T09:00"), THREE_DAYS).is_provisional
    assert not DEADLINES.due(at("2026-11-25T09:00"), THREE_DAYS).is_provisional


@pytest.mark.parametrize(("declared", "is_provisional"), [("complete = true", False), ("", True)])
def test_a_year_is_known_only_where_it_is_declared(declared: str, is_provisional: bool) -> None:
    text = f"""
weekdays = [1, 2, 3, 4, 5]
spans = [{{ begin = 07:30:00, end = 11:30:00 }}]
hours_evidence = {{ kind = "memory" }}
yearly_evidence = {{ kind = "memory" }}
[[year]]
year = 2026
{declared}
holidays = [2026-11-20]
evidence = {{ kind = "memory" }}
"""
    deadlines = Deadlines(calendar=parse_calendar(text), rules=DEADLINES.rules)

    assert deadlines.due(at("2026-11-25T09:00"), THREE_DAYS).is_provisional is is_provisional


def test_item_32_holidays_are_data_that_an_office_replaces(tmp_path) -> None:
    (tmp_path / "calendar.toml").write_text(
        """
weekdays = [1, 2, 3, 4, 5, 6, 7]
spans = [{ begin = 00:00:00, end = 12:00:00 }, { begin = 12:00:00, end = 23:59:59 }]
hours_evidence = { kind = "official", citation = "Thông báo của Trung tâm" }
yearly_holidays = ["11-26"]
yearly_evidence = { kind = "memory" }
[[year]]
year = 2026
evidence = { kind = "memory" }
""",
        encoding="utf-8",
    )
    round_the_clock = Deadlines(calendar=load_calendar(tmp_path), rules=DEADLINES.rules)

    assert round_the_clock.counts_from(at("2026-11-28T22:00")) == date(2026, 11, 29)
    assert round_the_clock.counts_from(at("2026-11-25T22:00")) == date(2026, 11, 27)


@pytest.mark.parametrize(
    "broken",
    [
        "weekdays = []",
        "weekdays = [8]",
        "weekdays = [1]\nspans = []",
        "weekdays = [1]\nspans = [{ begin = 09:00:00, end = 08:00:00 }]",
        'weekdays = [1]\nspans = [{ begin = 08:00:00, end = 09:00:00 }]\nyearly_holidays = ["13-01"]',
        "weekdays = [1]\nspans = [{ begin = 08:00:00, end = 09:00:00 }]",
        "weekdays = [1]\n[[year]]\nyear = 2026\nholidays = [2025-01-01]\nevidence = { kind = 'memory' }",
        "not toml",
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(broken: str) -> None:
    with pytest.raises(ConfigurationError, match="BAD_CALENDAR"):
        parse_calendar(broken)


@pytest.mark.parametrize("broken", ["[cutoff]", "[cutoff]\nat = 15:00:00", "cutoff = 15", "x"])
def test_rules_without_amount_or_source_are_refused(broken: str) -> None:
    with pytest.raises(ConfigurationError, match="BAD_DEADLINES"):
        parse_deadline_rules(broken)


def test_the_shipped_calendar_works_eight_hours_a_day() -> None:
    calendar = load_calendar(None)

    assert not calendar.is_working_day(date(2026, 2, 17))
    assert calendar.is_working_day(date(2026, 8, 22))
    assert calendar.end_of(date(2026, 11, 25)) == at("2026-11-25T17:00")
    assert calendar.working_time_between(at("2026-11-25T00:00"), at("2026-11-26T00:00")) == timedelta(hours=8)
