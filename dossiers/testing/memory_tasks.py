"""The queue of record, in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.errors import StaleVersion
from dossiers.tasks import COUNTER_GRACE, WRONG_CLOCK, Lease, Priority, Task, TaskKind, next_turn
from dossiers.testing.memory_state import MemoryState, TaskRow


class MemoryTaskRecords:
    """Implements ``dossiers.ports.TaskRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, *new: Task) -> None:
        """Makes tasks due, in this order; the same task again changes nothing."""
        for task in new:
            if task.task_id not in self._state.tasks:
                self._put(TaskRow(task=task, turn=self._turn(task)))

    def due(self, now: datetime, *, limit: int, rung_before: datetime | None = None) -> Sequence[Task]:
        """Tasks that may be begun, the best one first; see the port."""
        held = {row.task.branch for row in self._open() if _holds_batch_back(row.task, now)}
        rows = [
            row
            for row in self._open()
            if _is_free(row, now)
            and row.task.branch not in self._state.paused
            and not self._is_of_paused_batch(row.task)
            and (row.task.priority is Priority.COUNTER or row.task.branch not in held)
            and (
                rung_before is None
                or row.rung_at is None
                or not rung_before <= row.rung_at <= now + WRONG_CLOCK
            )
        ]
        rows.sort(key=lambda row: (row.task.priority is not Priority.COUNTER, row.turn))
        return tuple(row.task for row in rows[:limit])

    def mark_rung(self, task_ids: Sequence[str], now: datetime) -> None:
        """Notes that the broker was told; tasks that are gone are passed over."""
        for task_id in task_ids:
            if task_id in self._state.tasks:
                self._put(replace(self._state.tasks[task_id], rung_at=now))

    def forget_rung(self, task_ids: Sequence[str]) -> None:
        """Notes that the doorbell of tasks that nobody took was used up."""
        for task_id in task_ids:
            row = self._state.tasks.get(task_id)
            if row is not None and row.owner is None:
                self._put(replace(row, rung_at=None))

    def rung_count(self, since: datetime) -> int:
        """How many unfinished tasks nobody took have been rung at this moment or later."""
        rung = [row.rung_at for row in self._open() if row.owner is None and row.rung_at is not None]
        return sum(since <= moment <= since + WRONG_CLOCK for moment in rung)

    def take(self, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Leases the best due task; ``None`` where there is none."""
        for task in self.due(now, limit=1):
            return self.lease(task.task_id, owner, now, until)
        return None

    def lease(self, task_id: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Takes the task and counts the start; ``None``: finished, gone, not due yet or leased."""
        row = self._state.tasks.get(task_id)
        if row is None or not _is_free(row, now):
            return None
        taken = replace(row, fence=row.fence + 1, starts=row.starts + 1, owner=owner, lease_until=until)
        self._put(taken)
        return Lease(
            task=taken.task,
            fence=taken.fence,
            starts=taken.starts,
            interruptions=taken.interruptions,
            is_rung=taken.rung_at is not None,
        )

    def renew(self, lease: Lease, until: datetime) -> None:
        """Holds the task for longer; ``StaleVersion`` if the lease is not the newest one or was ended."""
        self._put(replace(self._leased(lease), lease_until=until))

    def finish(self, lease: Lease) -> None:
        """Ends the task; ``StaleVersion`` if the lease is not the newest one or was ended."""
        self._put(replace(self._released(lease), is_finished=True))

    def give_back(self, lease: Lease, due_at: datetime, *, is_counted: bool = True) -> None:
        """Makes the task due again; ``StaleVersion`` if the lease is not the newest one or was ended."""
        row = self._released(lease)
        starts = row.starts if is_counted else row.starts - 1
        self._put(replace(row, task=replace(row.task, due_at=due_at), starts=starts))

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
        return _freed(self._leased(lease))

    def _leased(self, lease: Lease) -> TaskRow:
        row = self._state.tasks.get(lease.task.task_id)
        if row is None or row.fence != lease.fence or row.owner is None:
            raise StaleVersion(f"task {lease.task.task_id}")
        return row

    def _open(self) -> list[TaskRow]:
        return [row for row in self._state.tasks.values() if not row.is_finished]

    def _turn(self, task: Task) -> int:
        rows = [
            row
            for row in self._open()
            if row.task.priority is task.priority and not self._is_of_paused_batch(row.task)
        ]
        last = max((row.turn for row in rows if row.task.branch == task.branch), default=None)
        untried = [row for row in rows if row.starts == 0 and row.task.branch not in self._state.paused]
        return next_turn(last, min((row.turn for row in untried), default=None))

    def _is_of_paused_batch(self, task: Task) -> bool:
        batch_id = self._state.batch_dossiers.get(task.dossier_id)
        return batch_id is not None and self._state.batches[batch_id].paused_at is not None

    def _put(self, row: TaskRow) -> None:
        self._state.tasks[row.task.task_id] = row


def _is_free(row: TaskRow, now: datetime) -> bool:
    is_leased = row.lease_until is not None and _is_ahead(row.lease_until, now)
    return not row.is_finished and not is_leased and not _is_ahead(row.task.due_at, now)


def _is_ahead(moment: datetime, now: datetime) -> bool:
    return now < moment <= now + WRONG_CLOCK


def _holds_batch_back(task: Task, now: datetime) -> bool:
    is_counter_page = task.priority is Priority.COUNTER and task.kind is TaskKind.READ_PAGE
    return is_counter_page and now - COUNTER_GRACE < task.due_at <= now


def _freed(row: TaskRow) -> TaskRow:
    return replace(row, owner=None, lease_until=None, rung_at=None)
