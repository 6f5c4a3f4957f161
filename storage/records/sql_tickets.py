"""Tickets, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from dossiers.errors import StaleVersion
from dossiers.reports.ticket import Ticket
from storage.records.desk_schema import tickets
from storage.records.trouble import not_found
from storage.records.upsert import insert_new


class SqlTicketRecords:
    """Implements ``dossiers.reports.report_ports.TicketRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, ticket: Ticket) -> None:
        """Adds a ticket."""
        insert_new(self._connection, tickets, asdict(ticket))

    def get(self, ticket_id: str) -> Ticket:
        """Returns the ticket or raises ``NOT_FOUND``."""
        statement = select(tickets).where(tickets.c.ticket_id == ticket_id)
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            raise not_found(f"ticket {ticket_id}")
        return Ticket(**row)

    def save(self, ticket: Ticket) -> None:
        """Saves over the version it carries."""
        own = (tickets.c.ticket_id == ticket.ticket_id) & (tickets.c.version == ticket.version)
        saved = replace(ticket, version=ticket.version + 1)
        if self._connection.execute(update(tickets).where(own).values(asdict(saved))).rowcount == 0:
            self.get(ticket.ticket_id)
            raise StaleVersion(f"ticket {ticket.ticket_id}")

    def taken_between(self, start: datetime, end: datetime, branch: str) -> Sequence[Ticket]:
        """Tickets taken in the span, oldest first."""
        statement = (
            select(tickets)
            .where(tickets.c.taken_at >= start, tickets.c.taken_at < end)
            .order_by(tickets.c.taken_at, tickets.c.branch, tickets.c.number)
        )
        if branch:
            statement = statement.where(tickets.c.branch == branch)
        return tuple(Ticket(**row) for row in self._connection.execute(statement).mappings())
