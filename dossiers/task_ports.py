"""The queue of record: what is due, who holds it, what has been rung (C3-C6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from dossiers.tasks import Lease, Task


class TaskRecords(Protocol):
    """The queue of record."""

    def add(self, *new: Task) -> None:
        """Makes tasks due, in this order; the same task again changes nothing."""
        ...

    def due(self, now: datetime, *, limit: int, rung_before: datetime | None = None) -> Sequence[Task]:
        """Tasks that may be begun, the best one first: unfinished, due, not leased.

        Counter before batch; within each, branches take turns, and a branch's own go by age. Nothing of a
        paused branch; no batch of a branch with a counter page that waits or is being read and was due
        within ``COUNTER_GRACE``. Where they are asked for to be rung, they are held until the transaction
        ends, and those that somebody else holds are passed over.

        Args:
            now: the moment.
            limit: at most so many.
            rung_before: only those whose doorbell was not rung since; without it, rung or not.
        """
        ...

    def mark_rung(self, task_ids: Sequence[str], now: datetime) -> None:
        """Notes that the broker was told; tasks that are gone are passed over."""
        ...

    def forget_rung(self, task_ids: Sequence[str]) -> None:
        """Notes that the doorbell of tasks that nobody took was used up: they are to be rung again."""
        ...

    def rung_count(self, since: datetime) -> int:
        """How many unfinished tasks nobody took have been rung at this moment or later."""
        ...

    def take(self, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Leases the best task of those that are ``due`` and counts the start; ``None`` where there is none.

        What is read after it in the same transaction is for looking only: it may be out of date.
        """
        ...

    def lease(self, task_id: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Takes the task and counts the start, or returns ``None``: finished, gone or leased by another."""
        ...

    def renew(self, lease: Lease, until: datetime) -> None:
        """Holds the task for longer.

        Raises:
            StaleVersion: the lease is not the newest one or was ended.
        """
        ...

    def finish(self, lease: Lease) -> None:
        """Ends the task.

        Raises:
            StaleVersion: the lease is not the newest one (C5).
        """
        ...

    def give_back(self, lease: Lease, due_at: datetime, *, is_counted: bool = True) -> None:
        """Makes the task due again after a failure.

        Args:
            lease: the newest one.
            due_at: UTC; not before.
            is_counted: whether the start stays counted; not where only a store was away.

        Raises:
            StaleVersion: the lease is not the newest one.
        """
        ...

    def release_interrupted(self, is_alive: Callable[[str], bool]) -> int:
        """Frees the leases of owners that are no longer alive, as interruptions; returns how many."""
        ...

    def open_count(self, dossier_id: str) -> int:
        """How many tasks of the dossier are not finished."""
        ...
