"""The queue of record, in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.errors import StaleVersion
from dossiers.tasks import Lease, Priority, Task
from dossiers.testing.memory_state import MemoryState, TaskRow


class MemoryTaskRecords:
    """Implements ``dossiers.ports.TaskRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, task: Task) -> None:
        """Makes a task due; the same task again changes nothing."""
        self._state.tasks.setdefault(task.task_id, TaskRow(task=task))

    def due(self, now: datetime, *, rung_before: datetime, limit: int) -> Sequence[Task]:
        """Unfinished tasks that are due, not leased and not rung since; counter first, then by age."""
        rows = [row for row in self._state.tasks.values() if _is_free(row, now)]
        quiet = [row.task for row in rows if row.rung_at is None or row.rung_at < rung_before]
        return tuple(sorted(quiet, key=lambda task: task.priority is not Priority.COUNTER)[:limit])

    def mark_rung(self, task_ids: Sequence[str], now: datetime) -> None:
        """Notes that the broker was told; tasks that are gone are passed over."""
        for task_id in task_ids:
            if task_id in self._state.tasks:
                self._put(replace(self._state.tasks[task_id], rung_at=now))

    def lease(self, task_id: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Takes the task and counts the start; ``None``: finished, gone, not due yet or leased."""
        row = self._state.tasks.get(task_id)
        if row is None or not _is_free(row, now):
            return None
        taken = replace(
            row, fence=row.fence + 1, starts=row.starts + 1, owner=owner, lease_until=until, rung_at=None
        )
        self._put(taken)
        return Lease(
            task=taken.task, fence=taken.fence, starts=taken.starts, interruptions=taken.interruptions
        )

    def finish(self, lease: Lease) -> None:
        """Ends the task; ``StaleVersion`` if the lease is not the newest one or was ended."""
        self._put(replace(self._released(lease), is_finished=True))

    def give_back(self, lease: Lease, due_at: datetime) -> None:
        """Makes the task due again; ``StaleVersion`` if the lease is not the newest one or was ended."""
        row = self._released(lease)
        self._put(replace(row, task=replace(row.task, due_at=due_at)))

    def release_interrupted(self, is_alive: Callable[[str], bool]) -> int:
        """Frees the leases of owners that are no longer alive, as interruptions."""
        owners = {row.owner for row in self._state.tasks.values() if row.owner is not None}
        dead = {owner for owner in owners if not is_alive(owner)}
        rows = [row for row in self._state.tasks.values() if row.owner in dead]
        for row in rows:
            self._put(replace(_freed(row), interruptions=row.interruptions + 1))
        return len(rows)

    def open_count(self, dossier_id: str) -> int:
        """How many tasks of the dossier are not finished."""
        rows = self._state.tasks.values()
        return sum(row.task.dossier_id == dossier_id and not row.is_finished for row in rows)

    def _released(self, lease: Lease) -> TaskRow:
        row = self._state.tasks.get(lease.task.task_id)
        if row is None or row.fence != lease.fence or row.owner is None:
            raise StaleVersion(f"task {lease.task.task_id}")
        return _freed(row)

    def _put(self, row: TaskRow) -> None:
        self._state.tasks[row.task.task_id] = row


def _is_free(row: TaskRow, now: datetime) -> bool:
    is_leased = row.lease_until is not None and row.lease_until > now
    return not row.is_finished and not is_leased and row.task.due_at <= now


def _freed(row: TaskRow) -> TaskRow:
    return replace(row, owner=None, lease_until=None, rung_at=None)
