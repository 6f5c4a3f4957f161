"""``sohoa worker``: processes that read pages, the relay that rings them, and what watches over both."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from dossiers.errors import ConfigurationError, ResourceError
from dossiers.queue_ports import QueueLine
from dossiers.tasks import TaskKind
from pipeline.sandbox_health import sandbox_health
from sohoa.bootstrap import Application
from sohoa.calling import courier_ticker
from sohoa.clock import utc_now
from sohoa.scanning import spool_folder
from sohoa.worker_process import WorkerProcess
from workers.brokers.choosing import Bell, look_at_broker, make_broker
from workers.laps import Done
from workers.ledger_watch import EVERY_SECONDS, LedgerWatch
from workers.metrics import Metrics
from workers.monitor import Monitor, Signs
from workers.relay import Relay
from workers.supervisor import Supervisor
from workers.sweeper import Sweeper
from workers.ticker import Ticker

#: How often the outbox is looked at, seconds.
_RELAY_SECONDS: Final = 0.25
#: How often dead processes of this machine are looked for, seconds.
_SWEEP_SECONDS: Final = 5.0
#: How often processes are looked after, seconds.
_LOOK_SECONDS: Final = 0.2
#: How long processes may take beyond the drain before they are killed, seconds.
_GRACE_SECONDS: Final = 10.0


@dataclass(slots=True)
class Tally:
    """What the processes have done since the start."""

    pages: int = 0
    troubles: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, done: Done) -> None:
        """Counts one task."""
        with self.lock:
            self.pages += done.kind is TaskKind.READ_PAGE and done.outcome == "done"
            self.troubles += done.outcome in ("retried", "given_up")


class WorkerOffice:
    """The parent of worker processes.

    Args:
        application: wired from the settings; its own workers are not started.
        processes: how many.
        threads: tasks at a time in each.
        tell: hears what became of every task; called from several threads.
        module: program of the processes.
    """

    def __init__(
        self,
        application: Application,
        *,
        processes: int,
        threads: int,
        tell: Callable[[Done], None] = lambda _: None,
        module: str = "sohoa.worker_child",
    ) -> None:
        self._application = application
        self._tell = tell
        self._module = module
        self._settings = application.settings.model_copy(update={"workers": threads})
        self._closing = ExitStack()
        self._children: list[WorkerProcess] = []
        self._processes = processes
        self._threads = threads
        self._stopping = threading.Event()
        self._at_once = threading.Event()
        self.metrics = Metrics()
        self.tally = Tally()
        self._supervisor = Supervisor(self._spawn, processes, time.monotonic)

    def start(self, address: str, port: int | None) -> int | None:
        """Starts everything but the loop; returns the port of the metrics where one is asked for.

        Raises:
            ConfigurationError: the broker is unknown or its library is missing.
            ResourceError: ``PORT_TAKEN``.
        """
        records = self._application.records
        watch = LedgerWatch(records, utc_now, self.metrics.note_gaps)
        self._tick("ledger", watch.step, EVERY_SECONDS)
        self._tick("sweeper", Sweeper(records).step, _SWEEP_SECONDS)
        calls = courier_ticker(self._application)
        if calls is not None:
            calls.start()
            self._closing.callback(calls.stop)
        if self._settings.broker_url:
            self._tick("relay", self._relay().step, _RELAY_SECONDS)
        if port is None:
            return None
        monitor = Monitor(
            address, port, Signs(health=self._health, troubles=self._troubles, metrics=self._text)
        )
        self._closing.callback(monitor.close)
        return monitor.port

    def run(self, progressed: Callable[[], None]) -> None:
        """Keeps the processes until ``stop`` was asked for and they have ended.

        Args:
            progressed: called several times a second.

        Raises:
            ConfigurationError: ``WORKER_CANNOT_WORK``.
        """
        try:
            while not self._stopping.is_set():
                self._supervisor.step()
                progressed()
                self._stopping.wait(_LOOK_SECONDS)
        finally:
            self._end(progressed)

    def stop(self) -> None:
        """Lets the processes finish what they are at; the second time they end at once. For signals too."""
        if self._stopping.is_set():
            self._at_once.set()
        self._stopping.set()

    def queue(self) -> tuple[QueueLine, ...]:
        """What is open now."""
        with self._application.records.look() as work:
            return tuple(work.queue.lines(utc_now()))

    @property
    def is_ready(self) -> bool:
        """Whether every process answers doorbells."""
        ready = [child for child in self._children if child.poll() is None and child.is_ready.is_set()]
        return len(ready) >= self._processes

    @property
    def alive(self) -> int:
        """Processes that are running."""
        return self._supervisor.alive

    def _end(self, progressed: Callable[[], None]) -> None:
        self._supervisor.drain()
        deadline = time.monotonic() + self._settings.drain_seconds + _GRACE_SECONDS
        while self._supervisor.alive and not self._at_once.is_set() and time.monotonic() < deadline:
            progressed()
            self._at_once.wait(_LOOK_SECONDS)
        self._supervisor.kill()
        while self._supervisor.alive:
            time.sleep(_LOOK_SECONDS)
        self._closing.close()
        # Whatever a killed process held is free before this one ends.
        Sweeper(self._application.records).step()

    def _spawn(self, number: int) -> WorkerProcess:
        settings = self._settings
        child = WorkerProcess(number, settings, self._note, self._module)
        self._children.append(child)
        return child

    def _note(self, done: Done) -> None:
        self.metrics.note_done(done)
        self.tally.note(done)
        self._tell(done)

    def _tick(self, name: str, step: Callable[[], object], seconds: float) -> None:
        ticker = Ticker(name, step, seconds)
        ticker.start()
        self._closing.callback(ticker.stop)

    def _relay(self) -> Relay:
        url = self._settings.broker_url
        bell = Bell(url, make_broker(url))
        self._closing.callback(bell.close)
        again = timedelta(seconds=self._settings.ring_again_seconds)
        return Relay(
            records=self._application.records,
            ring=bell.ring,
            clock=utc_now,
            ring_again=again,
            waiting=bell.waiting,
        )

    def _health(self) -> dict[str, object]:
        sandbox = sandbox_health(unsafe=self._settings.unsafe_sandbox)
        return {
            "alive": True,
            "processes": self._supervisor.alive,
            "expected": self._processes,
            "restarts": self._supervisor.restarts,
            "sandbox_missing": list(sandbox.missing),
            "unsafe_sandbox": sandbox.is_unsafe,
        }

    def _troubles(self) -> tuple[str, ...]:
        troubles = [] if any(child.poll() is None for child in self._children) else ["NO_PROCESS"]
        try:
            self.queue()
            if self._settings.broker_url:
                look_at_broker(self._settings.broker_url)
        except (ResourceError, ConfigurationError) as trouble:
            troubles.append(trouble.code)
        return tuple(troubles)

    def _text(self) -> bytes:
        now = utc_now()
        with self._application.records.look() as work:
            lines, paused = work.queue.lines(now), work.queue.paused()
        self.metrics.note_queue(lines, len(paused), now)
        self.metrics.note_processes(self._supervisor.alive, self._supervisor.restarts)
        folder = spool_folder(self._settings)
        place = folder if folder.exists() else self._settings.data_dir
        used = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
        self.metrics.note_spool(used, shutil.disk_usage(place).free)
        return self.metrics.text()


def usual_threads(processes: int, workers: int) -> int:
    """Tasks at a time in each process, where nobody decided: the setting ``workers`` shared out."""
    return max(1, min(workers, len(os.sched_getaffinity(0))) // processes)
