"""The queue of record, in the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, false, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from dossiers.errors import StaleVersion
from dossiers.tasks import Lease, Priority, Task, TaskKind
from storage.records.schema import tasks


class SqlTaskRecords:
    """Implements ``dossiers.ports.TaskRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, task: Task) -> None:
        """Makes a task due; the same task again changes nothing."""
        statement = upsert(tasks).values(
            task_id=task.task_id,
            kind=task.kind.value,
            subject_id=task.subject_id,
            dossier_id=task.dossier_id,
            priority=task.priority.value,
            due_at=task.due_at,
            fence=0,
            starts=0,
            interruptions=0,
            is_finished=False,
        )
        self._connection.execute(statement.on_conflict_do_nothing(index_elements=[tasks.c.task_id]))

    def due(self, now: datetime, *, rung_before: datetime, limit: int) -> Sequence[Task]:
        """Unfinished tasks that are due, not leased and not rung since; counter first, then by age."""
        quiet = or_(tasks.c.rung_at.is_(None), tasks.c.rung_at < rung_before)
        counter_first = case((tasks.c.priority == Priority.COUNTER.value, 0), else_=1)
        statement = select(tasks).where(_is_free(now), quiet).order_by(counter_first, tasks.c.seq)
        return tuple(_task(row) for row in self._connection.execute(statement.limit(limit)).mappings())

    def mark_rung(self, task_ids: Sequence[str], now: datetime) -> None:
        """Notes that the broker was told; tasks that are gone are passed over."""
        for task_id in task_ids:
            own = tasks.c.task_id == task_id
            self._connection.execute(update(tasks).where(own).values(rung_at=now))

    def lease(self, task_id: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Takes the task and counts the start; ``None``: finished, gone, not due yet or leased."""
        statement = (
            update(tasks)
            .where(tasks.c.task_id == task_id, _is_free(now))
            .values(
                fence=tasks.c.fence + 1,
                starts=tasks.c.starts + 1,
                owner=owner,
                lease_until=until,
                rung_at=None,
            )
            .returning(*tasks.c)
        )
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            return None
        return Lease(
            task=_task(row), fence=row["fence"], starts=row["starts"], interruptions=row["interruptions"]
        )

    def finish(self, lease: Lease) -> None:
        """Ends the task; ``StaleVersion`` if the lease is not the newest one or was ended."""
        self._release(lease, is_finished=True, due_at=lease.task.due_at)

    def give_back(self, lease: Lease, due_at: datetime) -> None:
        """Makes the task due again; ``StaleVersion`` if the lease is not the newest one or was ended."""
        self._release(lease, is_finished=False, due_at=due_at)

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

    def _release(self, lease: Lease, *, is_finished: bool, due_at: datetime) -> None:
        statement = (
            update(tasks)
            .where(
                tasks.c.task_id == lease.task.task_id,
                tasks.c.fence == lease.fence,
                tasks.c.owner.is_not(None),
            )
            .values(owner=None, lease_until=None, rung_at=None, is_finished=is_finished, due_at=due_at)
        )
        if self._connection.execute(statement).rowcount == 0:
            raise StaleVersion(f"task {lease.task.task_id}")

    def _free(self, owner: str) -> int:
        statement = (
            update(tasks)
            .where(tasks.c.owner == owner)
            .values(owner=None, lease_until=None, rung_at=None, interruptions=tasks.c.interruptions + 1)
        )
        return self._connection.execute(statement).rowcount


def _is_free(now: datetime) -> ColumnElement[bool]:
    unleased = or_(tasks.c.lease_until.is_(None), tasks.c.lease_until <= now)
    return and_(tasks.c.is_finished == false(), tasks.c.due_at <= now, unleased)


def _task(row: RowMapping) -> Task:
    return Task(
        task_id=row["task_id"],
        kind=TaskKind(row["kind"]),
        subject_id=row["subject_id"],
        dossier_id=row["dossier_id"],
        priority=Priority(row["priority"]),
        due_at=row["due_at"],
    )
