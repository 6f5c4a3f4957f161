"""Tickets taken, called, served: the use case of waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from dossiers.local_time import VIETNAM, day_in_vietnam
from dossiers.page import derived_id
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.reports.ticket import ALERT_AFTER, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A point's waiting room at a moment.

    Attributes:
        now: the moment, UTC.
        today: every ticket of the day, oldest first.
    """

    now: datetime
    today: tuple[Ticket, ...]

    @property
    def waiting(self) -> tuple[Ticket, ...]:
        """Who waits, longest first."""
        return tuple(each for each in self.today if each.is_waiting)

    @property
    def at_risk(self) -> tuple[Ticket, ...]:
        """Who has waited 15 minutes or longer: the manager is told."""
        return tuple(each for each in self.waiting if each.waited(self.now) >= ALERT_AFTER)


class TicketDesk:
    """Takes and moves the tickets of points."""

    def __init__(self, *, records: RecordStore, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def take(self, branch: str) -> Ticket:
        """Makes the next ticket of the day for a point."""
        now = self._clock()
        with self._records.transaction() as work:
            number = 1 + max((each.number for each in _today(work, branch, now)), default=0)
            ticket = Ticket(
                ticket_id=derived_id("ticket", branch, day_in_vietnam(now).isoformat(), str(number)),
                branch=branch,
                number=number,
                taken_at=now,
            )
            work.tickets.add(ticket)
        return ticket

    def call_next(self, branch: str, counter: str) -> Ticket | None:
        """Calls the ticket that has waited longest; ``None`` where nobody waits."""
        now = self._clock()
        with self._records.transaction() as work:
            waiting = [each for each in _today(work, branch, now) if each.is_waiting]
            if not waiting:
                return None
            work.tickets.save(waiting[0].called(counter, now))
            return work.tickets.get(waiting[0].ticket_id)

    def at_counter(self, branch: str, counter: str) -> Ticket | None:
        """The ticket that a counter called last, if no dossier was opened for it yet; else ``None``."""
        now = self._clock()
        with self._records.transaction() as work:
            called = [
                each
                for each in _today(work, branch, now)
                if each.called_at is not None and each.counter == counter and each.served_at is None
            ]
        open_ones = [each for each in called if each.dossier_id is None]
        return max(open_ones, key=lambda each: each.called_at or now, default=None)

    def hand_in(self, ticket_id: str, dossier_id: str) -> Ticket:
        """Notes which dossier is being taken in for a ticket; errors as of ``serve``."""
        with self._records.transaction() as work:
            work.tickets.save(work.tickets.get(ticket_id).handing_in(dossier_id))
            return work.tickets.get(ticket_id)

    def of_dossier(self, branch: str, dossier_id: str) -> Ticket | None:
        """The ticket of today with which a dossier is, or was, handed in."""
        now = self._clock()
        with self._records.transaction() as work:
            today = _today(work, branch, now)
        return next((each for each in today if each.dossier_id == dossier_id), None)

    def serve(self, ticket_id: str, dossier_id: str | None = None) -> Ticket:
        """Ends a submission, with the dossier that was handed in.

        Raises:
            RecordError: ``NOT_FOUND``.
            IllegalMove: it was not called, or is served already.
        """
        with self._records.transaction() as work:
            work.tickets.save(work.tickets.get(ticket_id).served(self._clock(), dossier_id))
            return work.tickets.get(ticket_id)

    def leave(self, ticket_id: str) -> Ticket:
        """Notes that a waiting person has gone; errors as of ``serve``."""
        with self._records.transaction() as work:
            work.tickets.save(work.tickets.get(ticket_id).left(self._clock()))
            return work.tickets.get(ticket_id)

    def queue(self, branch: str) -> Queue:
        """The waiting room of a point now."""
        now = self._clock()
        with self._records.transaction() as work:
            return Queue(now=now, today=tuple(_today(work, branch, now)))


def day_start(moment: datetime) -> datetime:
    """The moment at which the Vietnamese day of a moment began, UTC."""
    return datetime.combine(day_in_vietnam(moment), time(), VIETNAM).astimezone(UTC)


def _today(work: UnitOfWork, branch: str, now: datetime) -> list[Ticket]:
    start = day_start(now)
    return list(work.tickets.taken_between(start, start + timedelta(days=1), branch))
