"""What the queue tells about itself, and which branches are paused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dossiers.tasks import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """The open work of one branch and priority.

    Attributes:
        branch: identifier of the agency.
        priority: counter or batch.
        waiting: tasks that nobody holds, those that pause before another try included.
        in_hand: tasks that somebody holds.
        oldest_due_at: since when the oldest waiting task is due, UTC; ``None`` where none waits.
    """

    branch: str
    priority: Priority
    waiting: int
    in_hand: int
    oldest_due_at: datetime | None


class QueueRecords(Protocol):
    """Pausing branches, and counting what is open."""

    def pause(self, branch: str, at: datetime) -> None:
        """Lets no further task of the branch begin; pausing twice changes nothing."""
        ...

    def resume(self, branch: str) -> None:
        """Lets its tasks begin again; resuming what is not paused changes nothing."""
        ...

    def paused(self) -> Sequence[tuple[str, datetime]]:
        """Paused branches and since when, by identifier."""
        ...

    def lines(self, now: datetime) -> Sequence[QueueLine]:
        """Branches with open tasks, by identifier, counter first."""
        ...
