"""The threads of one process that answer the doorbell, and how they end.

Rule: on a stop nothing new is begun, what is at work may finish within a limit, and the rest is given back.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

import dramatiq

from dossiers.errors import ConfigurationError, ResourceError, StoreInDoubt
from workers.actors import declare_actors, is_doorbell
from workers.doorbells import Doorbell, HeardDoorbells, NextDoorbell
from workers.heartbeat import BEATS, Heartbeat
from workers.performer import Performer
from workers.ticker import Ticker

#: How often a thread without work looks whether it is to end, milliseconds.
_IDLE_MILLISECONDS: Final = 100

#: So long a thread goes from one task to the next before it looks for messages anew, seconds.
_IN_A_ROW_SECONDS: Final = 60.0

_log = logging.getLogger(__name__)


def _nobody(_: str) -> None:
    """Nobody wants to hear of answered doorbells."""


class Crew:
    """Worker threads on a broker.

    Args:
        broker: where doorbells come from.
        performer: does the tasks.
        heartbeat: the performer's.
        threads: how many tasks at a time, 1 to 64.
        answered: hears the task id of every doorbell that was answered, where the relay of this process
            remembers what it rang; without it that stands in the records.
    """

    def __init__(
        self,
        *,
        broker: dramatiq.Broker,
        performer: Performer,
        heartbeat: Heartbeat,
        threads: int,
        answered: Callable[[str], None] | None = None,
    ) -> None:
        self._broker = broker
        self._performer = performer
        self._answered = answered
        self._stopping = threading.Event()
        self._trouble: ConfigurationError | StoreInDoubt | None = None
        self.actor = declare_actors(broker, self._perform)
        self._worker = dramatiq.Worker(broker, worker_threads=threads, worker_timeout=_IDLE_MILLISECONDS)
        self._heard = HeardDoorbells(
            self._worker, is_doorbell, answered or _nobody, are_noted=answered is None
        )
        beat_seconds = heartbeat.lease_time.total_seconds() / BEATS
        self._beats = Ticker("heartbeat", heartbeat.step, beat_seconds)

    def start(self) -> None:
        """Starts the threads."""
        self._worker.start()
        self._beats.start()

    @property
    def is_at_work(self) -> bool:
        """Whether doorbells are answered: not once it was stopped or can work no more."""
        return not self._stopping.is_set()

    def check(self) -> None:
        """Says whether the workers can work at all.

        Raises:
            ConfigurationError: a tool is missing; everything stays due until it is there.
            StoreInDoubt: this process can store nothing any more; everything stays due for a new one.
        """
        if self._trouble is not None:
            raise self._trouble

    def stop(self, drain_seconds: float) -> None:
        """Begins nothing new, waits so long for tasks at work, gives back what is still held."""
        self._stopping.set()
        self._worker.stop(timeout=int(drain_seconds * 1000))
        self._beats.stop()
        try:
            freed = self._performer.give_rest_back()
        except ResourceError as trouble:
            _log.warning("what is at work is given back when its lease lapses: %s", trouble.code)
        else:
            if freed:
                _log.warning("gave %d tasks back that were at work", freed)
        self._broker.close()

    def _next_doorbell(self) -> NextDoorbell:
        """Gives doorbells for a while: the broker wants to hear of the first one some day."""
        until = time.monotonic() + _IN_A_ROW_SECONDS

        def waiting() -> Doorbell | None:
            is_over = self._stopping.is_set() or time.monotonic() >= until
            return None if is_over else self._heard.next()

        return waiting

    def _perform(self, task_id: str) -> None:
        try:
            if not self._stopping.is_set():
                self._performer.answer(task_id if self._answered is None else "", self._next_doorbell())
        except (ConfigurationError, StoreInDoubt) as error:
            _log.error("the workers stop: %s", error.code)
            self._trouble = error
            self._stopping.set()
        except ResourceError as trouble:
            _log.warning("the records cannot be reached: %s", trouble.code)
        finally:
            if self._answered is not None:
                self._answered(task_id)
