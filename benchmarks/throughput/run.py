"""One measurement: pages are received, then worked off, then both at the same time."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks.throughput.page_child import make_reader
from benchmarks.throughput.places import Place
from benchmarks.throughput.recorded import DOSSIER_PAGES, original
from benchmarks.throughput.shares import OWN, Shares
from dossiers.intake import RawFile
from dossiers.opening import Opening
from dossiers.tasks import Priority, TaskKind
from pipeline.reader import PageReader
from sohoa.bootstrap import Application, bootstrap
from sohoa.clock import utc_now
from sohoa.settings import Settings
from sohoa.worker_office import WorkerOffice
from workers.laps import Done

#: Seconds between two looks at the queue.
_LOOK: Final = 0.25
_BRANCH: Final = "H29.119"
RECEIVING: Final = "receiving"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """What was measured.

    Attributes:
        name: for people.
        pages: how many.
        wall: seconds.
        cpu: CPU seconds by kind of process; ``receiving`` is a thread of the process that measures.
        stages: wall seconds by stage of a task, all workers together.
    """

    name: str
    pages: int
    wall: float
    cpu: Mapping[str, float]
    stages: Mapping[str, float]

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is done.

    Attributes:
        pages: of each phase, a multiple of a dossier's.
        processes: worker processes.
        threads: pages at a time in each.
        page: makes the bytes of a page from its number.
        reader: makes page readers of the process that receives.
        module: program of the worker processes.
        first: number of the first page; pages of one number are received once.
    """

    pages: int
    processes: int
    threads: int
    page: Callable[[int], bytes] = original
    reader: Callable[[Settings], PageReader] | None = make_reader
    module: str = "benchmarks.throughput.worker"
    first: int = 0


class Measurement:
    """A wired installation with its workers."""

    def __init__(self, place: Place, load: Load) -> None:
        self._place = place
        self._load = load
        self._application: Application = bootstrap(place.settings, reader=load.reader)
        self._stages: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()
        self._received = 0
        self._office = WorkerOffice(
            self._application,
            processes=load.processes,
            threads=load.threads,
            tell=self._note,
            module=load.module,
        )

    def run(self, *, both: bool = True) -> list[Phase]:
        """All phases.

        Args:
            both: whether the last one, receiving and working at the same time, is measured too.
        """
        with self._application:
            self._application.readers.probe()
            received = self._phase("receiving alone", self._receive)
            with self._workers():
                worked = self._phase("working off", self._work_off)
                phases = [received, worked]
                if both:
                    phases.append(self._phase("both at once", self._both))
            self._check()
            return phases

    def _phase(self, name: str, work: Callable[[], float]) -> Phase:
        with self._lock:
            self._stages.clear()
        shares, started = Shares(self._place.servers), time.monotonic()
        receiving = work()
        wall = time.monotonic() - started
        used = dict(shares.seconds())
        used[OWN] -= receiving
        with self._lock:
            stages = dict(self._stages)
        return Phase(
            name=name, pages=self._load.pages, wall=wall, cpu={**used, RECEIVING: receiving}, stages=stages
        )

    def _receive(self) -> float:
        """Receives the pages of a phase in dossiers; returns the CPU seconds of this thread."""
        before, intake = time.thread_time(), self._application.intake
        for _ in range(self._load.pages // DOSSIER_PAGES):
            first = self._load.first + self._received
            opening = Opening(
                agency=_BRANCH, intake_key=f"k{first}", procedure_code=None, citizen_number=None, title="t"
            )
            dossier_id = intake.open_dossier(opening).dossier_id
            for number in range(first, first + DOSSIER_PAGES):
                content = self._load.page(number)
                raw = RawFile(
                    name=f"{number}.jpg", content=content, priority=Priority.BATCH, receipt_key=f"r{number}"
                )
                intake.receive_file(dossier_id, raw)
            self._received += DOSSIER_PAGES
        return time.thread_time() - before

    def _work_off(self) -> float:
        with self._application.records.transaction() as work:
            work.queue.resume(_BRANCH)
        self._wait_for_empty_queue()
        return 0.0

    def _both(self) -> float:
        receiving = self._receive()
        self._wait_for_empty_queue()
        return receiving

    @contextmanager
    def _workers(self) -> Iterator[None]:
        """Runs the office; nothing of the branch begins before all processes are ready."""
        with self._application.records.transaction() as work:
            work.queue.pause(_BRANCH, utc_now())
        self._office.start("127.0.0.1", None)
        thread = threading.Thread(target=self._office.run, args=(lambda: None,), name="office")
        thread.start()
        try:
            while not self._office.is_ready:
                if not thread.is_alive():
                    raise RuntimeError("the worker processes ended")
                time.sleep(_LOOK)
            yield
        finally:
            self._office.stop()
            thread.join()

    def _wait_for_empty_queue(self) -> None:
        while any(line.waiting + line.in_hand for line in self._office.queue()):
            time.sleep(_LOOK)

    def _check(self) -> None:
        """Every page was read and filed, or the figures mean nothing."""
        if self._office.tally.pages < self._received or self._office.tally.troubles:
            raise RuntimeError(f"not all pages were read, {self._office.tally.troubles} tasks failed")

    def _note(self, done: Done) -> None:
        pages = done.kind is TaskKind.READ_PAGE
        with self._lock:
            for stage, seconds in done.stages.items():
                self._stages[stage if pages or stage in ("render", "take") else f"{stage} ({done.kind})"] += (
                    seconds
                )
