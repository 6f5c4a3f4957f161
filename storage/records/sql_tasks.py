"""The queue of record, in the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, false, func, or_, select, update

from dossiers.errors import StaleVersion
from dossiers.tasks import COUNTER_GRACE, WRONG_CLOCK, Lease, Priority, Task, TaskKind, next_turn
from storage.records.schema import paused_branches, tasks
from storage.records.sql_batches import dossiers_of_paused_batches
from storage.records.upsert import upsert


class SqlTaskRecords:
    """Implements ``dossiers.ports.TaskRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, task: Task) -> None:
        """Makes a task due; the same task again changes nothing."""
        statement = upsert(self._connection, tasks).values(
            task_id=task.task_id,
            kind=task.kind.value,
            subject_id=task.subject_id,
            dossier_id=task.dossier_id,
            priority=task.priority.value,
            branch=task.branch,
            turn=self._turn(task),
            due_at=task.due_at,
            fence=0,
            starts=0,
            interruptions=0,
            is_finished=False,
        )
        self._connection.execute(statement.on_conflict_do_nothing(index_elements=[tasks.c.task_id]))

    def due(self, now: datetime, *, limit: int, rung_before: datetime | None = None) -> Sequence[Task]:
        """Tasks that may be begun, the best one first; see the port."""
        free = _is_free(now)
        if rung_before is not None:
            rung = tasks.c.rung_at
            free = and_(free, or_(rung.is_(None), rung < rung_before, rung > now + WRONG_CLOCK))
        counter = self._first(Priority.COUNTER, free, limit)
        if len(counter) == limit:
            return counter
        free = and_(free, tasks.c.branch.not_in(_branches_with_counter_pages(now)))
        return (*counter, *self._first(Priority.BATCH, free, limit - len(counter)))

    def mark_rung(self, task_ids: Sequence[str], now: datetime) -> None:
        """Notes that the broker was told; tasks that are gone are passed over."""
        self._connection.execute(update(tasks).where(tasks.c.task_id.in_(task_ids)).values(rung_at=now))

    def forget_rung(self, task_ids: Sequence[str]) -> None:
        """Notes that the doorbell of tasks that nobody took was used up."""
        used = and_(tasks.c.task_id.in_(task_ids), tasks.c.owner.is_(None), tasks.c.rung_at.is_not(None))
        self._connection.execute(update(tasks).where(used).values(rung_at=None))

    def rung_count(self, since: datetime) -> int:
        """How many unfinished tasks nobody took have been rung at this moment or later."""
        rung = tasks.c.rung_at.between(since, since + WRONG_CLOCK)
        quiet = and_(tasks.c.is_finished == false(), tasks.c.owner.is_(None), rung)
        statement = select(func.count()).select_from(tasks).where(quiet)
        return int(self._connection.execute(statement).scalar_one())

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
        newest = and_(
            tasks.c.task_id == lease.task.task_id,
            tasks.c.fence == lease.fence,
            tasks.c.owner.is_not(None),
        )
        if self._connection.execute(update(tasks).where(newest).values(**values)).rowcount == 0:
            raise StaleVersion(f"task {lease.task.task_id}")

    def _first(self, priority: Priority, free: ColumnElement[bool], limit: int) -> tuple[Task, ...]:
        statement = (
            select(tasks)
            .where(tasks.c.priority == priority.value, free, _may_begin())
            .order_by(tasks.c.turn, tasks.c.seq)
            .limit(limit)
            # Relays and workers share the work out. SQLite has one writer; the words are left out there.
            .with_for_update(skip_locked=True)
        )
        return tuple(_task(row) for row in self._connection.execute(statement).mappings())

    def _turn(self, task: Task) -> int:
        batch = tasks.c.dossier_id.not_in(dossiers_of_paused_batches())
        peers = and_(tasks.c.is_finished == false(), tasks.c.priority == task.priority.value, batch)
        own = select(func.max(tasks.c.turn)).where(peers, tasks.c.branch == task.branch)
        paused = select(paused_branches.c.branch)
        untried = select(tasks.c.turn).where(peers, tasks.c.starts == 0, tasks.c.branch.not_in(paused))
        first = untried.order_by(tasks.c.turn).limit(1)
        return next_turn(self._connection.execute(own).scalar(), self._connection.execute(first).scalar())

    def _free(self, owner: str) -> int:
        statement = (
            update(tasks)
            .where(tasks.c.owner == owner)
            .values(owner=None, lease_until=None, rung_at=None, interruptions=tasks.c.interruptions + 1)
        )
        return self._connection.execute(statement).rowcount


def _may_begin() -> ColumnElement[bool]:
    """Neither its branch nor its batch is paused."""
    paused = select(paused_branches.c.branch)
    return and_(tasks.c.branch.not_in(paused), tasks.c.dossier_id.not_in(dossiers_of_paused_batches()))


def _is_free(now: datetime) -> ColumnElement[bool]:
    lapsed = or_(tasks.c.lease_until <= now, tasks.c.lease_until > now + WRONG_CLOCK)
    unleased = or_(tasks.c.lease_until.is_(None), lapsed)
    is_due = or_(tasks.c.due_at <= now, tasks.c.due_at > now + WRONG_CLOCK)
    return and_(tasks.c.is_finished == false(), is_due, unleased)


def _branches_with_counter_pages(now: datetime) -> Select[tuple[str]]:
    """Branches whose batch waits, because a counter page waits or is being read."""
    return select(tasks.c.branch).where(
        tasks.c.priority == Priority.COUNTER.value,
        tasks.c.kind == TaskKind.READ_PAGE.value,
        tasks.c.is_finished == false(),
        tasks.c.due_at > now - COUNTER_GRACE,
        tasks.c.due_at <= now,
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
