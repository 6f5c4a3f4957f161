"""How much two workers do beside what the machine itself lets two processes do.

    python -m benchmarks.scaling FOLDER             dossiers with truth.json
    python -m benchmarks.scaling FOLDER --rounds 9

Every round measures four things one after the other: a loop of pure computing in one process and in two
at once, and the same pages by one worker and by two at once, each of which does all of them. So whatever
else the machine does hits all four, and no worker waits at the end for the other's last page. Take
wall-clock figures on an idle machine only; CPU seconds a page say on a busy one too whether two workers
hinder each other.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.page_case import PageCase, load_dossiers
from benchmarks.processes import children_cpu_seconds
from benchmarks.sohoa_system import digitize_all
from benchmarks.tables import seconds, table
from pipeline.reader import PageReader
from sohoa.bootstrap import make_reader
from sohoa.settings import Settings

#: Some two seconds of computing that touches no memory to speak of.
_LOOP: Final = "x = 0\nfor number in range(20_000_000):\n    x = (x * 31 + number) & 0xFFFF"
_ROUNDS: Final = 5
_PAGES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Wall seconds of one round.

    Attributes:
        loop: the loop in one process.
        loops: two of them at once.
        one: all pages by one worker.
        two: all pages by each of two workers at once.
        one_cpu: CPU seconds of ``one``.
        two_cpu: CPU seconds of ``two``.
    """

    loop: float
    loops: float
    one: float
    two: float
    one_cpu: float
    two_cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """What two workers do, beside what the machine lets two processes do.

    Attributes:
        pages: read and rendered by each worker in a round.
        rounds: in order.
    """

    pages: int
    rounds: tuple[Round, ...]

    @property
    def workers(self) -> float:
        """Pages a second of two workers against one; median of the rounds."""
        return statistics.median(2 * each.one / each.two for each in self.rounds)

    @property
    def machine(self) -> float:
        """The same for pure computing."""
        return statistics.median(2 * each.loop / each.loops for each in self.rounds)


def measure_scaling(pages: Sequence[PageCase], rounds: int = _ROUNDS) -> Scaling:
    """Runs the rounds; takes some twenty seconds each on an idle machine."""
    with ExitStack() as closing:
        readers = [make_reader(Settings(data_dir=Path(tempfile.gettempdir()), workers=1)) for _ in range(2)]
        for reader in readers:
            closing.callback(reader.close)
        threads = closing.enter_context(ThreadPoolExecutor(2))
        list(threads.map(lambda reader: digitize_all(reader, pages[:1]), readers))  # models are loaded now
        done = tuple(_round(readers, pages, threads) for _ in range(rounds))
    return Scaling(pages=len(pages), rounds=done)


def scaling_table(scaling: Scaling) -> str:
    """Throughput of one and two workers, and the machine's own ceiling."""
    one = statistics.median(each.one for each in scaling.rounds) / scaling.pages
    two = statistics.median(each.two for each in scaling.rounds) / scaling.pages / 2
    one_cpu = statistics.median(each.one_cpu for each in scaling.rounds) / scaling.pages
    two_cpu = statistics.median(each.two_cpu for each in scaling.rounds) / scaling.pages / 2
    rows = [
        ["One worker, wall seconds a page", seconds(one)],
        ["Two workers, wall seconds a page", seconds(two)],
        ["Two workers against one", f"{scaling.workers:.2f}"],
        ["Two processes of pure computing against one", f"{scaling.machine:.2f}"],
        ["Share of what the machine allows", f"{100 * scaling.workers / scaling.machine:.0f} %"],
        ["CPU seconds a page, one worker", seconds(one_cpu)],
        ["CPU seconds a page, two workers", seconds(two_cpu)],
    ]
    return table((f"{scaling.pages} pages, {len(scaling.rounds)} rounds", "Median"), rows)


def _round(readers: Sequence[PageReader], pages: Sequence[PageCase], threads: ThreadPoolExecutor) -> Round:
    half = len(pages) // 2
    orders = [pages, [*pages[half:], *pages[:half]]]
    loop, loops = timed_loops(1), timed_loops(2)
    one, one_cpu = _timed(lambda: list(threads.map(digitize_all, readers[:1], orders)))
    two, two_cpu = _timed(lambda: list(threads.map(digitize_all, readers, orders)))
    return Round(loop=loop, loops=loops, one=one, two=two, one_cpu=one_cpu, two_cpu=two_cpu)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    started, before = time.monotonic(), time.process_time() + children_cpu_seconds()
    work()
    return time.monotonic() - started, time.process_time() + children_cpu_seconds() - before


def timed_loops(count: int) -> float:
    """Wall seconds of so many processes of pure computing at once."""
    return _timed(lambda: _loops(count))[0]


def _loops(count: int) -> None:
    running = [subprocess.Popen([sys.executable, "-c", _LOOP]) for _ in range(count)]
    for process in running:
        process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scaling",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="dossiers with truth.json")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="(%(default)s)")
    parser.add_argument("--pages", type=int, default=_PAGES, help="pages for each worker (%(default)s)")
    options = parser.parse_args(arguments)
    pages = [page for dossier in load_dossiers(options.folder, options.pages) for page in dossier.pages]
    if not pages:
        print("no truth.json lies below that folder", file=sys.stderr)
        return 4
    print(scaling_table(measure_scaling(pages, options.rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
