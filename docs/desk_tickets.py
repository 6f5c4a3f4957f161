"""Tickets of a quiet morning, so that waiting room and dashboard have something to show."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from dossiers.reports.ticket import Ticket
from dossiers.reports.ticket_desk import day_start
from sohoa.clock import utc_now
from storage.records.sqlite_store import open_sqlite

_BRANCH: Final = "H29.119"
#: Minutes ago that a ticket was taken, and minutes that it waited; then of those that nobody has called.
_MORNING: Final = ((170, 4), (150, 9), (120, 14), (95, 11), (80, 7), (61, 16), (40, 3))
_WAITING: Final = (21, 18, 13, 2)


def add_tickets(office: Path) -> None:
    """Adds them to the records of an office, once a day."""
    now = utc_now()
    records = open_sqlite(office / "records.sqlite3")
    try:
        with records.transaction() as work:
            if work.tickets.taken_between(day_start(now), now, _BRANCH):
                return
            for number, (ago, waited) in enumerate(_MORNING, 1):
                ticket = _ticket(number, now - timedelta(minutes=ago))
                called = ticket.called("Quầy 2", ticket.taken_at + timedelta(minutes=waited))
                work.tickets.add(called.served(ticket.taken_at + timedelta(minutes=waited + 9)))
            for number, ago in enumerate(_WAITING, len(_MORNING) + 1):
                work.tickets.add(_ticket(number, now - timedelta(minutes=ago)))
    finally:
        records.close()


def _ticket(number: int, taken_at: datetime) -> Ticket:
    return Ticket(ticket_id=uuid.uuid4().hex, branch=_BRANCH, number=number, taken_at=taken_at)
