"""Tickets: taken, called, served, and how pressing a wait is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dossiers.errors import IllegalMove
from dossiers.reports.gathering import waiting_of
from dossiers.reports.ticket import WaitState, wait_state
from dossiers.reports.ticket_desk import TicketDesk
from dossiers.testing import MemoryRecordStore

MORNING = datetime(2026, 11, 26, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def wait(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> TicketDesk:
    return TicketDesk(records=MemoryRecordStore(), clock=clock)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (0, WaitState.CALM),
        (11.99, WaitState.CALM),
        (12, WaitState.AMBER),
        (17.99, WaitState.AMBER),
        (18, WaitState.RED),
        (20, WaitState.OVER),
    ],
)
def test_the_clock_changes_at_12_and_18_minutes_and_the_limit_is_20(minutes: float, state: WaitState) -> None:
    assert wait_state(timedelta(minutes=minutes)) is state


def test_numbers_count_up_within_point_and_day(desk: TicketDesk, clock: Clock) -> None:
    assert [desk.take("H29.119").number, desk.take("H29.119").number, desk.take("H29.120").number] == [
        1,
        2,
        1,
    ]
    clock.wait(24 * 60)
    assert desk.take("H29.119").number == 1


def test_who_waited_longest_is_called_first(desk: TicketDesk, clock: Clock) -> None:
    first, second = desk.take("H29.119"), desk.take("H29.119")
    clock.wait(5)
    desk.leave(first.ticket_id)
    called = desk.call_next("H29.119", "2")
    assert called is not None
    assert (called.number, called.counter, called.called_at) == (second.number, "2", clock.now)
    assert desk.call_next("H29.119", "2") is None
    clock.wait(3)
    served = desk.serve(called.ticket_id, "d1")
    assert (served.waited(clock.now), served.served_for(clock.now)) == (
        timedelta(minutes=5),
        timedelta(minutes=3),
    )


def test_a_ticket_ends_once(desk: TicketDesk) -> None:
    ticket = desk.take("H29.119")
    with pytest.raises(IllegalMove):
        desk.serve(ticket.ticket_id)
    desk.call_next("H29.119", "1")
    desk.serve(ticket.ticket_id)
    for again in (desk.serve, desk.leave):
        with pytest.raises(IllegalMove):
            again(ticket.ticket_id)


def test_a_counter_has_the_ticket_that_it_called_until_a_dossier_is_opened_for_it(
    desk: TicketDesk, clock: Clock
) -> None:
    for _ in range(2):
        desk.take("H29.119")
    assert desk.at_counter("H29.119", "1") is None
    called = desk.call_next("H29.119", "1")
    clock.wait(1)
    desk.call_next("H29.119", "2")
    assert called is not None
    assert desk.at_counter("H29.119", "1") == called
    desk.hand_in(called.ticket_id, "d1")
    assert desk.at_counter("H29.119", "1") is None
    served = desk.serve(called.ticket_id)
    assert desk.of_dossier("H29.119", "d1") == served
    assert desk.of_dossier("H29.119", "d2") is None
    with pytest.raises(IllegalMove):
        desk.hand_in(called.ticket_id, "d2")


def test_the_manager_is_told_after_fifteen_minutes(desk: TicketDesk, clock: Clock) -> None:
    old = desk.take("H29.119")
    clock.wait(10)
    desk.take("H29.119")
    clock.wait(4.9)
    assert not desk.queue("H29.119").at_risk
    clock.wait(0.1)
    assert [each.ticket_id for each in desk.queue("H29.119").at_risk] == [old.ticket_id]


def test_waits_are_summed_up(desk: TicketDesk, clock: Clock) -> None:
    for _ in range(3):
        desk.take("H29.119")
    clock.wait(4)
    desk.call_next("H29.119", "1")
    clock.wait(4)
    desk.call_next("H29.119", "1")
    clock.wait(14)
    waiting = waiting_of(desk.queue("H29.119").today, clock.now)
    assert (waiting.tickets, waiting.called, waiting.left, waiting.over_limit) == (3, 2, 0, 1)
    assert (waiting.average_seconds, waiting.longest_seconds) == (360, 22 * 60)
    nobody = waiting_of((), clock.now)
    assert (nobody.average_seconds, nobody.longest_seconds) == (None, None)
