"""A ticket: one person's turn at one point, from the machine that printed it to the end of the submission.

Rule of the field: nobody waits longer than 20 minutes to hand in a dossier (HCMC, June 2025). Waiting ends
when the ticket is called. A moment that was noted never changes; a ticket carries no personal data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dossiers.errors import IllegalMove

#: From here on the clock of a waiting ticket is amber.
AMBER_AFTER: Final = timedelta(minutes=12)
#: From here on the manager is told, so that there is time to open a counter.
ALERT_AFTER: Final = timedelta(minutes=15)
#: From here on the clock is red.
RED_AFTER: Final = timedelta(minutes=18)
#: Nobody is to wait longer.
LIMIT: Final = timedelta(minutes=20)


class WaitState(StrEnum):
    """How pressing a wait is; the colours of the clock."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"
    OVER = "over"  # longer than the limit


def wait_state(waited: timedelta) -> WaitState:
    """How pressing a wait of this length is; each limit itself already counts."""
    for after, state in ((LIMIT, WaitState.OVER), (RED_AFTER, WaitState.RED), (AMBER_AFTER, WaitState.AMBER)):
        if waited >= after:
            return state
    return WaitState.CALM


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket.

    Attributes:
        ticket_id: stable id.
        branch: identifier of the point.
        number: what is printed on it, 1 and up within point and day.
        taken_at: UTC.
        called_at: when a counter called it; ``None`` while it waits.
        counter: the counter that called it; empty before.
        served_at: when the receipt was handed over; ``None`` before.
        left_at: when it was seen that the person had gone; ``None`` otherwise.
        dossier_id: the dossier that is, or was, handed in with it, if any.
        version: counts saves.
    """

    ticket_id: str
    branch: str
    number: int
    taken_at: datetime
    called_at: datetime | None = None
    counter: str = ""
    served_at: datetime | None = None
    left_at: datetime | None = None
    dossier_id: str | None = None
    version: int = 0

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has called it and nobody has gone."""
        return self.called_at is None and self.left_at is None

    def waited(self, now: datetime) -> timedelta:
        """How long the wait took, or has taken until now."""
        return (self.called_at or self.left_at or now) - self.taken_at

    def served_for(self, now: datetime) -> timedelta:
        """How long the submission took, or has taken until now; nothing before the call."""
        return (self.served_at or now) - self.called_at if self.called_at else timedelta(0)

    def called(self, counter: str, at: datetime) -> Ticket:
        """Returns the ticket called by a counter; ``IllegalMove`` unless it waits."""
        if not self.is_waiting:
            raise self._illegal("call")
        return replace(self, called_at=at, counter=counter)

    def handing_in(self, dossier_id: str) -> Ticket:
        """Returns the ticket with the dossier that is being taken in; ``IllegalMove`` as ``served``."""
        if self.called_at is None or self.served_at is not None:
            raise self._illegal("serve")
        return replace(self, dossier_id=dossier_id)

    def served(self, at: datetime, dossier_id: str | None = None) -> Ticket:
        """Returns the ticket at its end; ``IllegalMove`` unless it was called and not served yet."""
        if self.called_at is None or self.served_at is not None:
            raise self._illegal("serve")
        return replace(self, served_at=at, dossier_id=dossier_id or self.dossier_id)

    def left(self, at: datetime) -> Ticket:
        """Returns the ticket of a person who has gone; ``IllegalMove`` unless it waits."""
        if not self.is_waiting:
            raise self._illegal("leave")
        return replace(self, left_at=at)

    def _illegal(self, asked: str) -> IllegalMove:
        state = "served" if self.served_at else "left" if self.left_at else "called"
        return IllegalMove(f"ticket {self.ticket_id}", "waiting" if self.is_waiting else state, asked)
