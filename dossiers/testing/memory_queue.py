"""The state of the queue, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.queue_ports import QueueLine
from dossiers.tasks import Priority
from dossiers.testing.memory_state import MemoryState, TaskRow


class MemoryQueueRecords:
    """Implements ``dossiers.queue_ports.QueueRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def pause(self, branch: str, at: datetime) -> None:
        """Lets no further task of the branch begin; pausing twice changes nothing."""
        self._state.paused.setdefault(branch, at)

    def resume(self, branch: str) -> None:
        """Lets its tasks begin again; resuming what is not paused changes nothing."""
        self._state.paused.pop(branch, None)

    def paused(self) -> Sequence[tuple[str, datetime]]:
        """Paused branches and since when, by identifier."""
        return tuple(sorted(self._state.paused.items()))

    def lines(self, now: datetime) -> Sequence[QueueLine]:
        """Branches with open tasks, by identifier, counter first."""
        groups: dict[tuple[str, bool], list[TaskRow]] = {}
        for row in self._state.tasks.values():
            if not row.is_finished:
                groups.setdefault((row.task.branch, row.task.priority is Priority.BATCH), []).append(row)
        return tuple(_line(*key, groups[key], now) for key in sorted(groups))


def _line(branch: str, is_batch: bool, rows: Sequence[TaskRow], now: datetime) -> QueueLine:
    held = [row for row in rows if row.owner is not None and (row.lease_until or now) > now]
    waiting = [row for row in rows if row not in held]
    return QueueLine(
        branch=branch,
        priority=Priority.BATCH if is_batch else Priority.COUNTER,
        waiting=len(waiting),
        in_hand=len(held),
        oldest_due_at=min((row.task.due_at for row in waiting), default=None),
    )
