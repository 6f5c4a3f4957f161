"""The queue of record, in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, false, func, select, update

from dossiers.errors import StaleVersion
from dossiers.tasks import COUNTER_GRACE, WRONG_CLOCK, Lease, Priority, Task, TaskKind, next_turn
from storage.records.schema import tasks
from storage.records.task_statements import (
    FIRST_TURN,
    FORGET_RUNG,
    LAST_TURN,
    LEASE,
    MARK_RUNG,
    RUNG_COUNT,
    addition,
    best,
    change,
)


class SqlTaskRecords:
    """Implements ``dossiers.ports.TaskRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, task: Task) -> None:
        """Makes a task due; the same task again changes nothing."""
        values = {
            "task_id": task.task_id,
            "kind": task.kind.value,
            "subject_id": task.subject_id,
            "dossier_id": task.dossier_id,
            "priority": task.priority.value,
            "branch": task.branch,
            "turn": self._turn(task),
            "due_at": task.due_at,
            "fence": 0,
            "starts": 0,
            "interruptions": 0,
            "is_finished": False,
        }
        self._connection.execute(addition(self._connection.dialect.name), values)

    def due(self, now: datetime, *, limit: int, rung_before: datetime | None = None) -> Sequence[Task]:
        """Tasks that may be begun, the best one first; see the port."""
        told = {"now": now, "ahead": now + WRONG_CLOCK, "grace": now - COUNTER_GRACE, "most": limit}
        if rung_before is not None:
            told["rung_before"] = rung_before
        counter = self._best(Priority.COUNTER, told)
        if len(counter) == limit:
            return counter
        return (*counter, *self._best(Priority.BATCH, {**told, "most": limit - len(counter)}))

    def mark_rung(self, task_ids: Sequence[str], now: datetime) -> None:
        """Notes that the broker was told; tasks that are gone are passed over."""
        self._connection.execute(MARK_RUNG, {"the_tasks": list(task_ids), "now": now})

    def forget_rung(self, task_ids: Sequence[str]) -> None:
        """Notes that the doorbell of tasks that nobody took was used up."""
        self._connection.execute(FORGET_RUNG, {"the_tasks": list(task_ids)})

    def rung_count(self, since: datetime) -> int:
        """How many unfinished tasks nobody took have been rung at this moment or later."""
        told = {"since": since, "ahead": since + WRONG_CLOCK}
        return int(self._connection.execute(RUNG_COUNT, told).scalar_one())

    def lease(self, task_id: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Takes the task and counts the start; ``None``: finished, gone, not due yet or leased."""
        told = {
            "the_task": task_id, "new_owner": owner, "until": until, "now": now, "ahead": now + WRONG_CLOCK,
        }  # fmt: skip
        row = self._connection.execute(LEASE, told).mappings().one_or_none()
        if row is None:
            return None
        return Lease(
            task=_task(row), fence=row["fence"], starts=row["starts"], interruptions=row["interruptions"]
        )

    def renew(self, lease: Lease, until: datetime) -> None:
        """Holds the task for longer; ``StaleVersion`` if the lease is not the newest one or was ended."""
        self._change(lease, lease_until=until)

    def finish(self, lease: Lease) -> None:
        """Ends the task; ``StaleVersion`` if the lease is not the newest one or was ended."""
        self._change(lease, owner=None, lease_until=None, rung_at=None, is_finished=True)

    def give_back(self, lease: Lease, due_at: datetime, *, is_counted: bool = True) -> None:
        """Makes the task due again; ``StaleVersion`` if the lease is not the newest one or was ended."""
        starts = lease.starts if is_counted else lease.starts - 1
        free = {"owner": None, "lease_until": None, "rung_at": None}
        self._change(lease, due_at=due_at, starts=starts, **free)

    def release_interrupted(self, is_alive: Callable[[str], bool]) -> int:
        """Frees the leases of owners that are no longer alive, as interruptions."""
        statement = select(tasks.c.owner).where(tasks.c.owner.is_not(None)).distinct()
        owners = self._connection.execute(statement).scalars().all()
        return sum(self._free(owner) for owner in owners if not is_alive(owner))

    def open_count(self, dossier_id: str) -> int:
        """How many tasks of the dossier are not finished."""
        unfinished = and_(tasks.c.dossier_id == dossier_id, tasks.c.is_finished == false())
        statement = select(func.count()).select_from(tasks).where(unfinished)
        return int(self._connection.execute(statement).scalar_one())

    def _change(self, lease: Lease, **values: object) -> None:
        told = {f"new_{name}": value for name, value in values.items()}
        told |= {"the_task": lease.task.task_id, "the_fence": lease.fence}
        if self._connection.execute(change(*values), told).rowcount == 0:
            raise StaleVersion(f"task {lease.task.task_id}")

    def _best(self, priority: Priority, told: Mapping[str, object]) -> tuple[Task, ...]:
        statement = best(priority, is_relay="rung_before" in told)
        return tuple(_task(row) for row in self._connection.execute(statement, dict(told)).mappings())

    def _turn(self, task: Task) -> int:
        told = {"priority": task.priority.value, "branch": task.branch}
        last = self._connection.execute(LAST_TURN, told).scalar()
        return next_turn(last, self._connection.execute(FIRST_TURN, told).scalar())

    def _free(self, owner: str) -> int:
        statement = (
            update(tasks)
            .where(tasks.c.owner == owner)
            .values(owner=None, lease_until=None, rung_at=None, interruptions=tasks.c.interruptions + 1)
        )
        return self._connection.execute(statement).rowcount


def _task(row: RowMapping) -> Task:
    return Task(
        task_id=row["task_id"],
        kind=TaskKind(row["kind"]),
        subject_id=row["subject_id"],
        dossier_id=row["dossier_id"],
        priority=Priority(row["priority"]),
        due_at=row["due_at"],
        branch=row["branch"],
    )
