"""Everything in one process: an in-memory broker, threads, and the relay that rings it from the outbox.

The broker forgets everything when the process dies; nothing is lost, because the relay reads what is due
from the records. It rings no more tasks than can be in hand soon.
"""

from __future__ import annotations

from typing import Final

from dramatiq.brokers.stub import StubBroker

from dossiers.ports import Clock, RecordStore
from workers.crew import Crew
from workers.heartbeat import Heartbeat
from workers.messages import SCHEMA
from workers.performer import Performer
from workers.relay import NearRelay
from workers.sweeper import Sweeper
from workers.ticker import Ticker

#: Doorbells for each thread: the outbox is looked at anew when fewer than the few are left of them.
_MANY_DOORBELLS: Final = 8
_FEW_DOORBELLS: Final = 2
#: How often the outbox is looked at when nothing is heard, seconds.
_POLL_SECONDS: Final = 0.2
#: How long a stop waits for tasks at work, seconds; the rest is given back.
_DRAIN_SECONDS: Final = 3.0


class EmbeddedWorkers:
    """Threads that perform due tasks until they are stopped.

    Args:
        records: where due tasks are.
        performer: does them.
        heartbeat: the performer's.
        clock: tells the time.
        threads: how many tasks at a time, 1 to 64.
        free_seconds: how often tasks of processes that died meanwhile are looked for.
    """

    def __init__(
        self,
        *,
        records: RecordStore,
        performer: Performer,
        heartbeat: Heartbeat,
        clock: Clock,
        threads: int,
        free_seconds: float = 5.0,
    ) -> None:
        self._crew = Crew(
            broker=StubBroker(middleware=[]),
            performer=performer,
            heartbeat=heartbeat,
            threads=threads,
            answered=self._answered,
        )
        self._few = _FEW_DOORBELLS * threads
        self._relay = NearRelay(
            records=records, ring=self._ring, clock=clock, most_rung=_MANY_DOORBELLS * threads
        )
        self._rings = Ticker("relay", self._ring_due, _POLL_SECONDS)
        self._sweeper = Sweeper(records)
        self._sweeps = Ticker("sweeper", self._sweeper.step, free_seconds)

    def start(self) -> None:
        """Frees what dead processes held, then starts the threads.

        Raises:
            ResourceError: the records are away.
        """
        self._sweeper.step()
        self._crew.start()
        self._sweeps.start()
        self._rings.start()

    def check(self) -> None:
        """Says whether the workers can work at all.

        Raises:
            ConfigurationError: a tool is missing; everything stays due until it is there.
            StoreInDoubt: this process can store nothing any more; everything stays due for a new one.
        """
        self._crew.check()

    def stop(self, drain_seconds: float = _DRAIN_SECONDS) -> None:
        """Stops ringing, waits a moment for tasks at work; what is not finished stays due."""
        self._rings.stop()
        self._sweeps.stop()
        self._crew.stop(drain_seconds)

    def _ring_due(self) -> None:
        if self._crew.is_at_work:
            self._relay.step()

    def _ring(self, task_id: str) -> None:
        self._crew.actor.send(task_id, SCHEMA)

    def _answered(self, task_id: str) -> None:
        # Whoever hears a doorbell takes the best task there is by then: old ones are as good as new ones.
        if self._relay.answered(task_id) < self._few:
            self._rings.wake()
