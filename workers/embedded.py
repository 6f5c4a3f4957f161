"""Everything in one process: an in-memory broker, threads, and the relay that rings it from the outbox.

The broker forgets everything when the process dies; nothing is lost, because the relay reads what is due
from the records. It rings no more tasks than can be in hand soon, so that the counter overtakes a batch.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

import dramatiq
from dramatiq.brokers.stub import StubBroker

from dossiers.errors import ConfigurationError, ResourceError
from dossiers.ports import Clock, RecordStore
from workers.actors import declare_actors
from workers.messages import SCHEMA
from workers.owners import is_alive
from workers.performer import Performer

#: How often the outbox is looked at when nothing is heard, seconds.
_POLL_SECONDS: Final = 0.2
#: How long a stop waits for tasks at work, milliseconds; the next start frees their leases.
_DRAIN_MILLISECONDS: Final = 3_000

_log = logging.getLogger(__name__)


class EmbeddedWorkers:
    """Threads that perform due tasks until they are stopped.

    Args:
        records: where due tasks are.
        performer: does them.
        clock: tells the time.
        threads: how many tasks at a time, 1 to 64.
        free_seconds: how often tasks of processes that died meanwhile are looked for.
    """

    def __init__(
        self,
        *,
        records: RecordStore,
        performer: Performer,
        clock: Clock,
        threads: int,
        free_seconds: float = 5.0,
    ) -> None:
        self._records = records
        self._clock = clock
        self._performer = performer
        self._free_seconds = free_seconds
        self._most_in_hand = 2 * threads
        self._in_hand: set[str] = set()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._trouble: ConfigurationError | None = None
        self._broker = StubBroker(middleware=[])
        self._actor = declare_actors(self._broker, self._perform)
        self._worker = dramatiq.Worker(self._broker, worker_threads=threads, worker_timeout=100)
        self._relay = threading.Thread(target=self._ring_until_stopped, name="relay", daemon=True)

    def start(self) -> None:
        """Frees what dead processes held, then starts the threads."""
        self._free()
        self._worker.start()
        self._relay.start()

    def check(self) -> None:
        """Says whether the workers can work at all.

        Raises:
            ConfigurationError: a tool is missing; everything stays due until it is there.
        """
        if self._trouble is not None:
            raise self._trouble

    def stop(self) -> None:
        """Stops ringing, waits a moment for tasks at work; what is not finished stays due."""
        self._stopping.set()
        self._wake.set()
        self._relay.join()
        self._worker.stop(timeout=_DRAIN_MILLISECONDS)
        self._broker.close()

    def _perform(self, task_id: str) -> None:
        try:
            if not self._stopping.is_set():
                self._performer.perform(task_id)
        except ConfigurationError as error:
            _log.error("the workers stop: %s", error.code)
            self._trouble = error
            self._stopping.set()
        finally:
            with self._lock:
                self._in_hand.discard(task_id)
            self._wake.set()

    def _ring_until_stopped(self) -> None:
        free_again = time.monotonic() + self._free_seconds
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if time.monotonic() >= free_again:
                    self._free()
                    free_again = time.monotonic() + self._free_seconds
                self._ring()
            except ResourceError as trouble:
                _log.warning("the outbox cannot be read: %s", trouble.code)
            self._wake.wait(_POLL_SECONDS)

    def _free(self) -> None:
        with self._records.transaction() as work:
            freed = work.tasks.release_interrupted(is_alive)
        if freed:
            _log.info("freed %d tasks of processes that are gone", freed)

    def _ring(self) -> None:
        with self._lock:
            in_hand = set(self._in_hand)
        room = self._most_in_hand - len(in_hand)
        if room <= 0:
            return
        now = self._clock()
        with self._records.transaction() as work:
            due = work.tasks.due(now, rung_before=now, limit=self._most_in_hand + room)
        fresh = [task.task_id for task in due if task.task_id not in in_hand][:room]
        with self._lock:
            self._in_hand.update(fresh)
        for task_id in fresh:
            self._actor.send(task_id, SCHEMA)
