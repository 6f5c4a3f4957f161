"""Keeping hold of what is at work: leases are short and renewed while the process lives.

Rule: a lease that somebody else took over is let go at once and never taken back (C5).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from dossiers.errors import StaleVersion
from dossiers.ports import Clock, RecordStore
from dossiers.tasks import Lease

#: A worker that does not renew its lease for so long has lost it: with the sweep and the relay a page of a
#: machine that fell silent runs elsewhere within 30 s.
LEASE_TIME: Final = timedelta(seconds=20)
#: A lease is renewed so many times before it would lapse: two beats may fail.
BEATS: Final = 4

_log = logging.getLogger(__name__)


class Heartbeat:
    """Knows the leases of this process and renews them.

    Args:
        records: where leases are.
        clock: tells the time.
        lease_time: how long a lease lasts without renewal.
    """

    def __init__(self, *, records: RecordStore, clock: Clock, lease_time: timedelta = LEASE_TIME) -> None:
        self._records = records
        self._clock = clock
        self.lease_time = lease_time
        self._held: dict[str, Lease] = {}
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, lease: Lease) -> Iterator[None]:
        """Renews the lease until the block is left."""
        with self._lock:
            self._held[lease.task.task_id] = lease
        try:
            yield
        finally:
            self._let_go(lease)

    def step(self) -> int:
        """Renews every lease held; returns how many were lost to others.

        Raises:
            ResourceError: the records are away; the leases last until they lapse.
        """
        with self._lock:
            held = tuple(self._held.values())
        if not held:
            return 0
        until = self._clock() + self.lease_time
        lost = []
        with self._records.transaction() as work:
            for lease in held:
                try:
                    work.tasks.renew(lease, until)
                except StaleVersion:
                    lost.append(lease)
        return sum(self._lose(lease) for lease in lost)

    def _lose(self, lease: Lease) -> bool:
        was_held = self._let_go(lease)
        if was_held:  # otherwise it ended between the look and the renewal
            _log.warning("task %s was taken over by another worker", lease.task.task_id)
        return was_held

    def _let_go(self, lease: Lease) -> bool:
        with self._lock:
            if self._held.get(lease.task.task_id) != lease:
                return False
            del self._held[lease.task.task_id]
            return True
