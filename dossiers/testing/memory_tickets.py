"""Tickets, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.errors import StaleVersion
from dossiers.reports.ticket import Ticket
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryTicketRecords:
    """Implements ``dossiers.reports.report_ports.TicketRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, ticket: Ticket) -> None:
        """Adds a ticket."""
        if ticket.ticket_id in self._state.tickets:
            raise duplicate("ticket")
        self._state.tickets[ticket.ticket_id] = ticket

    def get(self, ticket_id: str) -> Ticket:
        """Returns the ticket or raises ``NOT_FOUND``."""
        if ticket_id not in self._state.tickets:
            raise not_found(f"ticket {ticket_id}")
        return self._state.tickets[ticket_id]

    def save(self, ticket: Ticket) -> None:
        """Saves over the version it carries."""
        if self.get(ticket.ticket_id).version != ticket.version:
            raise StaleVersion(f"ticket {ticket.ticket_id}")
        self._state.tickets[ticket.ticket_id] = replace(ticket, version=ticket.version + 1)

    def taken_between(self, start: datetime, end: datetime, branch: str) -> Sequence[Ticket]:
        """Tickets taken in the span, oldest first."""
        tickets = (each for each in self._state.tickets.values() if start <= each.taken_at < end)
        own = (each for each in tickets if branch in ("", each.branch))
        return tuple(sorted(own, key=lambda each: (each.taken_at, each.branch, each.number)))
