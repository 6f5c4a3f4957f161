"""The state of the queue, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, case, delete, false, func, select

from dossiers.queue_ports import QueueLine
from dossiers.tasks import Priority
from storage.records.schema import paused_branches, tasks
from storage.records.upsert import upsert


class SqlQueueRecords:
    """Implements ``dossiers.queue_ports.QueueRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pause(self, branch: str, at: datetime) -> None:
        """Lets no further task of the branch begin; pausing twice changes nothing."""
        statement = upsert(self._connection, paused_branches).values(branch=branch, paused_at=at)
        self._connection.execute(statement.on_conflict_do_nothing())

    def resume(self, branch: str) -> None:
        """Lets its tasks begin again; resuming what is not paused changes nothing."""
        self._connection.execute(delete(paused_branches).where(paused_branches.c.branch == branch))

    def paused(self) -> Sequence[tuple[str, datetime]]:
        """Paused branches and since when, by identifier."""
        rows = self._connection.execute(select(paused_branches))
        return tuple(sorted((row.branch, row.paused_at) for row in rows))

    def lines(self, now: datetime) -> Sequence[QueueLine]:
        """Branches with open tasks, by identifier, counter first."""
        is_held = and_(tasks.c.owner.is_not(None), tasks.c.lease_until > now)
        held = case((is_held, 1), else_=0)
        statement = (
            select(
                tasks.c.branch,
                tasks.c.priority,
                func.count().label("open"),
                func.sum(held).label("in_hand"),
                func.min(case((is_held, None), else_=tasks.c.due_at)).label("oldest"),
            )
            .where(tasks.c.is_finished == false())
            .group_by(tasks.c.branch, tasks.c.priority)
        )
        found = [_line(row) for row in self._connection.execute(statement).mappings()]
        # Not by the server's collation, which puts dots and digits in an order of its own.
        return tuple(sorted(found, key=lambda each: (each.branch, each.priority is not Priority.COUNTER)))


def _line(row: RowMapping) -> QueueLine:
    return QueueLine(
        branch=row["branch"],
        priority=Priority(row["priority"]),
        waiting=row["open"] - row["in_hand"],
        in_hand=row["in_hand"],
        oldest_due_at=row["oldest"],
    )
