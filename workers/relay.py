"""From the records to the doorbell: which due tasks are rung, and when again.

Rules: the records are the queue, what is rung may get lost at any time (C3); a doorbell says "come and look",
whoever hears it takes the best due task, so that a full broker never lets a batch go before the counter.
Both relays are steps without a clock or a thread of their own: see ``Ticker``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from dossiers.errors import ResourceError
from dossiers.ports import Clock, RecordStore

#: What was rung and not taken is rung again after this time: the sweep over what a broker lost (C3).
RING_AGAIN: Final = timedelta(seconds=10)
#: Doorbells that may be on their way: more than the threads of all machines, and few enough for any broker.
MOST_RUNG: Final = 256


class Relay:
    """Rings a broker that other processes listen to; several relays may do so at the same time.

    Args:
        records: where due tasks are.
        ring: tells the broker a task id; raises ``ResourceError`` ``QUEUE_UNAVAILABLE``.
        clock: tells the time.
        most_rung: doorbells that may be on their way.
        ring_again: after this time a doorbell counts as lost, if the broker holds fewer than that.
        waiting: how many doorbells the broker holds; may raise as ``ring`` does.
    """

    def __init__(
        self,
        *,
        records: RecordStore,
        ring: Callable[[str], None],
        clock: Clock,
        most_rung: int = MOST_RUNG,
        ring_again: timedelta = RING_AGAIN,
        waiting: Callable[[], int] = lambda: 0,
    ) -> None:
        self._records = records
        self._ring = ring
        self._clock = clock
        self._most_rung = most_rung
        self._ring_again = ring_again
        self._waiting = waiting

    def step(self) -> int:
        """Rings what is due, as far as there is room; returns how many.

        Raises:
            ResourceError: the records or the broker are away; what was not rung counts as not rung.
        """
        now = self._clock()
        lost_before = now - self._ring_again
        # Where pages take longer than doorbells live, those that wait are not lost: a broker that has enough
        # is told no more, or it would hold thousands by the time the batch is read.
        waiting = self._waiting()
        with self._records.transaction() as work:
            room = self._most_rung - max(waiting, work.tasks.rung_count(lost_before))
            if room <= 0:
                return 0
            due = work.tasks.due(now, limit=room, rung_before=lost_before)
            task_ids = [task.task_id for task in due]
            work.tasks.mark_rung(task_ids, now)
        for number, task_id in enumerate(task_ids):
            try:
                self._ring(task_id)
            except ResourceError:
                with self._records.transaction() as work:
                    work.tasks.forget_rung(task_ids[number:])
                raise
        return len(task_ids)


class NearRelay:
    """Rings a broker within this process, and remembers itself what it rang.

    Args:
        records: where due tasks are.
        ring: tells the broker a task id.
        clock: tells the time.
        most_rung: doorbells that may be on their way or being answered.
    """

    def __init__(
        self, *, records: RecordStore, ring: Callable[[str], None], clock: Clock, most_rung: int
    ) -> None:
        self._records = records
        self._ring = ring
        self._clock = clock
        self._most_rung = most_rung
        self._rung: set[str] = set()
        self._lock = threading.Lock()

    def step(self) -> int:
        """Rings what is due and not rung yet, as far as there is room; returns how many.

        Raises:
            ResourceError: the records are away.
        """
        with self._lock:
            rung = set(self._rung)
        room = self._most_rung - len(rung)
        if room <= 0:
            return 0
        with self._records.look() as work:
            due = work.tasks.due(self._clock(), limit=self._most_rung)
        fresh = [task.task_id for task in due if task.task_id not in rung][:room]
        with self._lock:
            self._rung.update(fresh)
        for task_id in fresh:
            self._ring(task_id)
        return len(fresh)

    def answered(self, task_id: str) -> int:
        """Notes that a doorbell was answered, whichever task was done for it; returns how many are left."""
        with self._lock:
            self._rung.discard(task_id)
            return len(self._rung)
