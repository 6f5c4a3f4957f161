"""The state of the queue, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, case, delete, false, func, insert, select

from dossiers.queue_ports import QueueLine
from dossiers.tasks import Priority
from storage.records.schema import paused_branches, tasks


class SqlQueueRecords:
    """Implements ``dossiers.queue_ports.QueueRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pause(self, branch: str, at: datetime) -> None:
        """Lets no further task of the branch begin; pausing twice changes nothing."""
        if branch not in dict(self.paused()):
            self._connection.execute(insert(paused_branches).values(branch=branch, paused_at=at))

    def resume(self, branch: str) -> None:
        """Lets its tasks begin again; resuming what is not paused changes nothing."""
        self._connection.execute(delete(paused_branches).where(paused_branches.c.branch == branch))

    def paused(self) -> Sequence[tuple[str, datetime]]:
        """Paused branches and since when, by identifier."""
        statement = select(paused_branches).order_by(paused_branches.c.branch)
        return tuple((row.branch, row.paused_at) for row in self._connection.execute(statement))

    def lines(self, now: datetime) -> Sequence[QueueLine]:
        """Branches with open tasks, by identifier, counter first."""
        is_held = and_(tasks.c.owner.is_not(None), tasks.c.lease_until > now)
        held = case((is_held, 1), else_=0)
        counter_first = case((tasks.c.priority == Priority.COUNTER.value, 0), else_=1)
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
            .order_by(tasks.c.branch, counter_first)
        )
        return tuple(_line(row) for row in self._connection.execute(statement).mappings())


def _line(row: RowMapping) -> QueueLine:
    return QueueLine(
        branch=row["branch"],
        priority=Priority(row["priority"]),
        waiting=row["open"] - row["in_hand"],
        in_hand=row["in_hand"],
        oldest_due_at=row["oldest"],
    )
