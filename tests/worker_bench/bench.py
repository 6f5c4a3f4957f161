"""Real records, stores, filing, relay and workers, with a reader that only takes its time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from dossiers.filing import Filing
from dossiers.intake import Intake, RawFile
from dossiers.opening import Opening
from dossiers.proposal import DocumentProposal
from dossiers.reading import CopyKind, PageReading
from dossiers.tasks import Priority
from dossiers.testing import MemoryObjectStore
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.opening import open_records
from tests.worker_bench.reader import SlowReader, note
from workers.brokers.choosing import Bell, make_broker
from workers.crew import Crew
from workers.embedded import EmbeddedWorkers
from workers.heartbeat import Heartbeat
from workers.owners import current_owner
from workers.performer import Performer
from workers.reader_pool import ReaderPool
from workers.relay import Relay
from workers.steps import Services
from workers.sweeper import Sweeper
from workers.ticker import Ticker

_ROOT = Path(__file__).parents[2]


class Workers(Protocol):
    def start(self) -> None: ...

    def stop(self, drain_seconds: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Crosses the process boundary as JSON.

    Attributes:
        records_url: of a PostgreSQL; empty: a file in the folder.
        host: makes the process one of another machine.
        counter: key of a clerk's dossier; before every page it is noted how many of that are not read yet.
    """

    folder: str
    broker_url: str = ""
    records_url: str = ""
    threads: int = 1
    seconds: float = 0.2
    lease_seconds: float = 20.0
    drain_seconds: float = 10.0
    host: str = ""
    counter: str = ""


class OneDocument:
    """Every page of a dossier is one document's."""

    def assemble(
        self, readings: Sequence[PageReading], expected: Collection[str] = ()
    ) -> tuple[DocumentProposal, ...]:
        if not readings:
            return ()
        places = tuple(range(len(readings)))
        return (
            DocumentProposal(
                type_id="ct01", positions=places, confidence=0.9, evidence="", copy_kind=CopyKind.UNKNOWN
            ),
        )


class Bench:
    """One folder with records, objects and the log of reading."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.folder = Path(options.folder)
        self.log = self.folder / "reading.log"
        self.records = open_records(
            options.records_url, self.folder / "records.sqlite3", self.folder / "number-index.key"
        )
        self.readers = ReaderPool(lambda: SlowReader(self.log, options.seconds, self._look), options.threads)
        originals = FilesystemObjectStore(self.folder / "originals")
        filing = Filing(records=self.records, segmenter=OneDocument(), checklist=lambda _: (), clock=now)
        owner = current_owner()
        if options.host:
            owner = "|".join((options.host, *owner.split("|")[1:]))
        services = Services(
            records=self.records,
            originals=originals,
            derivatives=FilesystemObjectStore(self.folder / "derivatives"),
            filing=filing,
            readers=self.readers,
            clock=now,
            owner=owner,
        )
        lease_time = timedelta(seconds=options.lease_seconds)
        self.heartbeat = Heartbeat(records=self.records, clock=now, lease_time=lease_time)
        self.performer = Performer(services, self.heartbeat)
        self.intake = Intake(
            records=self.records,
            originals=originals,
            quarantine=MemoryObjectStore(),
            inspector=self.readers,
            clock=now,
        )

    def receive(
        self, key: str, *names: str, priority: Priority = Priority.BATCH, agency: str = "H29.119"
    ) -> str:
        """Opens a dossier with a file of each name; ``name*12`` has twelve pages. Returns its id."""
        opening = Opening(
            agency=agency, intake_key=key, procedure_code=None, citizen_number=None, title="Hồ sơ thử"
        )
        dossier_id = self.intake.open_dossier(opening).dossier_id
        for name in names:
            raw = RawFile(name=f"{name.partition('*')[0]}.png", content=name.encode(), priority=priority)
            self.intake.receive_file(dossier_id, raw)
        return dossier_id

    def workers(self) -> Workers:
        """The workers of this process."""
        options = self.options
        if not options.broker_url:
            return EmbeddedWorkers(
                records=self.records,
                performer=self.performer,
                heartbeat=self.heartbeat,
                clock=now,
                threads=options.threads,
            )
        return Crew(
            broker=make_broker(options.broker_url),
            performer=self.performer,
            heartbeat=self.heartbeat,
            threads=options.threads,
        )

    @contextmanager
    def relay(self, ring_again: float = 1.0, sweep_seconds: float = 5.0) -> Iterator[None]:
        """What the parent of worker processes does: rings the broker, if there is one, and sweeps."""
        url = self.options.broker_url
        tickers = [Ticker("sweeper", Sweeper(self.records).step, sweep_seconds)]
        bell = None
        if url:
            bell = Bell(url, make_broker(url))
            again = timedelta(seconds=ring_again)
            relay = Relay(
                records=self.records, ring=bell.ring, clock=now, ring_again=again, waiting=bell.waiting
            )
            tickers.append(Ticker("relay", relay.step, 0.1))
        for ticker in tickers:
            ticker.start()
        try:
            yield
        finally:
            for ticker in tickers:
                ticker.stop()
            if bell is not None:
                bell.close()

    def lines(self) -> list[tuple[str, str, int, float]]:
        """What was read so far: ``start`` or ``end``, page, process id, moment."""
        if not self.log.exists():
            return []
        rows = [line.split() for line in self.log.read_text().splitlines()]
        return [(what, name, int(pid), float(at)) for what, name, pid, at in rows]

    def open_tasks(self) -> int:
        with self.records.transaction() as work:
            return sum(line.waiting + line.in_hand for line in work.queue.lines(now()))

    def unread(self, key: str) -> int:
        """Pages of a dossier that have no reading yet; 0 where there is no such dossier."""
        with self.records.transaction() as work:
            dossier = work.dossiers.by_intake_key(key)
            pages = work.pages.of_dossier(dossier.dossier_id) if dossier is not None else ()
            return sum(work.pages.reading(page.page_id) is None for page in pages)

    def losses_and_doubles(self, dossier_ids: Sequence[str]) -> tuple[int, int]:
        """Pages that are not filed or have no reading; readings and filings there twice."""
        losses = doubles = 0
        with self.records.transaction() as work:
            gaps = work.ledger.gaps(now() - timedelta(days=1), 1000)
            for dossier_id in dossier_ids:
                pages = work.pages.of_dossier(dossier_id)
                losses += sum(work.pages.reading(page.page_id) is None for page in pages)
                read = [e.subject_id for e in work.events.of_dossier(dossier_id) if e.kind == "page_read"]
                doubles += len(read) - len(set(read))
        return losses + sum(gap.pages for gap in gaps), doubles

    def close(self) -> None:
        self.readers.close()
        self.records.close()

    def _look(self, page: str) -> None:
        if self.options.counter:
            note(self.log, f"unread:{self.unread(self.options.counter)}", page)


def now() -> datetime:
    return datetime.now(UTC)


def wait_until(is_so: Callable[[], bool], seconds: float = 60.0) -> None:
    """Returns as soon as it is so; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


class Nursery:
    """Makes worker processes quickly; see ``child.py``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.worker_bench.child"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def worker(self, bench: Bench, **changes: object) -> int:
        """Starts a worker process over a bench and returns its id once it listens."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({**asdict(bench.options), **changes}) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        wait_until((bench.folder / f"ready-{pid}").exists)
        return pid

    def close(self) -> None:
        """Ends all worker processes."""
        self._process.communicate(timeout=60)


def end(pid: int) -> None:
    """Lets a worker process finish what it is at."""
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: not Path(f"/proc/{pid}").exists())
