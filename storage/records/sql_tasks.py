"""The queue of record, in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, false, func, select, update

from dossiers.errors import StaleVersion
from dossiers.tasks import COUNTER_GRACE, WRONG_CLOCK, Lease, Priority, Task, TaskKind, next_turn
from storage.records.schema import tasks
from storage.records.task_statements import (
    FORGET_RUNG,
    LEASE,
    MARK_RUNG,
    RUNG_COUNT,
    TURNS,
    addition,
    best,
    change,
    take_best,
)
from storage.records.turns import take_no_more_turns


class SqlTaskRecords:
    """Implements ``dossiers.ports.TaskRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *new: Task) -> None:
        """Makes tasks due, in this order; the same task again changes nothing."""
        turns: dict[tuple[str, Priority], int] = {}
        rows = []
        for task in new:
            queue = (task.branch, task.priority)
            turns[queue] = turns[queue] + 1 if queue in turns else self._turn(task)
            rows.append(_row(task, turns[queue]))
        if rows:
            addition_here = addition(self._connection.dialect.name)
            self._connection.execute(addition_here, rows if len(rows) > 1 else rows[0])

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

    def take(self, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Leases the best due task; ``None`` where there is none."""
        told = {"new_owner": owner, "until": until, "now": now, "ahead": now + WRONG_CLOCK}
        told["grace"] = now - COUNTER_GRACE
        row = self._connection.execute(take_best(), told).mappings().one_or_none()
        # Whoever waited for the turn of a second dossier, having that of a first, might wait for ever.
        take_no_more_turns(self._connection)
        return None if row is None else _lease(row)

    def lease(self, task_id: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Takes the task and counts the start; ``None``: finished, gone, not due yet or leased."""
        told = {
            "the_task": task_id, "new_owner": owner, "until": until, "now": now, "ahead": now + WRONG_CLOCK,
        }  # fmt: skip
        row = self._connection.execute(LEASE, told).mappings().one_or_none()
        return None if row is None else _lease(row)

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
        last, first = self._connection.execute(TURNS, told).one()
        return next_turn(last, first)

    def _free(self, owner: str) -> int:
        statement = (
            update(tasks)
            .where(tasks.c.owner == owner)
            .values(owner=None, lease_until=None, rung_at=None, interruptions=tasks.c.interruptions + 1)
        )
        return self._connection.execute(statement).rowcount


def _row(task: Task, turn: int) -> dict[str, object]:
    return {
        "task_id": task.task_id,
        "kind": task.kind.value,
        "subject_id": task.subject_id,
        "dossier_id": task.dossier_id,
        "priority": task.priority.value,
        "branch": task.branch,
        "turn": turn,
        "due_at": task.due_at,
        "fence": 0,
        "starts": 0,
        "interruptions": 0,
        "is_finished": False,
    }


def _lease(row: RowMapping) -> Lease:
    return Lease(
        task=_task(row),
        fence=row["fence"],
        starts=row["starts"],
        interruptions=row["interruptions"],
        is_rung=row["rung_at"] is not None,
    )


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
