"""What tickets and reports need from the records; part of ``dossiers.ports.UnitOfWork``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dossiers.reports.ticket import Ticket
from dossiers.reports.weekly import WeeklyReport


class TicketRecords(Protocol):
    """Tickets."""

    def add(self, ticket: Ticket) -> None:
        """Adds a ticket; ``RecordError`` ``DUPLICATE`` where its id is taken."""
        ...

    def get(self, ticket_id: str) -> Ticket:
        """Returns the ticket or raises ``RecordError`` ``NOT_FOUND``."""
        ...

    def save(self, ticket: Ticket) -> None:
        """Saves over the version it carries; ``StaleVersion`` if somebody saved it since."""
        ...

    def taken_between(self, start: datetime, end: datetime, branch: str) -> Sequence[Ticket]:
        """Tickets taken at a point from ``start`` to before ``end``, oldest first; all points for ``""``."""
        ...


class ReportRecords(Protocol):
    """Weekly reports."""

    def add(self, report: WeeklyReport) -> None:
        """Adds a report; ``RecordError`` ``DUPLICATE`` where unit, week and revision are taken."""
        ...

    def save(self, report: WeeklyReport) -> None:
        """Saves over the version it carries; ``StaleVersion`` if somebody saved it since."""
        ...

    def newest(self, unit: str, week: str) -> WeeklyReport | None:
        """Returns the newest revision of a week, if there is one."""
        ...

    def revisions(self, unit: str, week: str) -> Sequence[WeeklyReport]:
        """Every revision of a week, oldest first."""
        ...

    def recent(self, unit: str, limit: int) -> Sequence[WeeklyReport]:
        """The newest revision of each week, latest week first."""
        ...
