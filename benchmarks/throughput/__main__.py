"""How many pages a second relay, records and store carry, what limits them, and what a second process adds.

    python -m benchmarks.throughput                            one machine alone, then servers
    python -m benchmarks.throughput --only distributed --store filesystem
    python -m benchmarks.throughput --scaling FOLDER           real reading of the pictures in a folder

Recognition is left out in the first two: the page process answers at once with what was recorded. All else is
real: receiving, object store, records, relay, broker, `sohoa worker` processes, their sandboxes, filing, and
PDFs of usual size. With ``--scaling`` pages are really read, by one worker process and by two, beside a loop
of pure computing in one process and in two in the same run.

The servers run on the same processors and are counted. Take the figures on an idle machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Final

import psutil

from benchmarks import machine
from benchmarks.tables import table
from benchmarks.throughput.places import Place, distributed, embedded
from benchmarks.throughput.report import in_use, limit, scaling_table, throughput_table
from benchmarks.throughput.run import Load, Measurement, Phase
from benchmarks.throughput.scaling import measure
from sohoa.worker_office import usual_threads

_PAGES: Final = 800
_BAD_INPUT: Final = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; returns the exit code."""
    options = _parser().parse_args(arguments)
    places: dict[str, Callable[[], AbstractContextManager[Place]]] = {
        "embedded": partial(embedded, options.disk),
        "distributed": partial(distributed, options.disk, options.broker, options.store),
    }
    print(table(("Measured with", ""), [list(row) for row in machine.describe()]))
    for name, place in places.items():
        if options.only in (None, name):
            with place() as made:
                print(f"\n### {made.name}\n", flush=True)
                if options.scaling is None:
                    _show_throughput(made, options)
                elif not _show_scaling(made, options):
                    return _BAD_INPUT
    return 0


def _show_throughput(place: Place, options: argparse.Namespace) -> None:
    processors = len(os.sched_getaffinity(0))
    threads = options.threads or usual_threads(options.processes, processors)
    load = Load(pages=options.pages, processes=options.processes, threads=threads)
    before, started = _busy_seconds(), time.monotonic()
    phases = Measurement(place, load).run()
    others = (_busy_seconds() - before) / (time.monotonic() - started) - _own(phases)
    print(throughput_table(phases, processors))
    for phase in phases:
        print("\n" + limit(phase, processors, max(0.0, others)))


def _show_scaling(place: Place, options: argparse.Namespace) -> bool:
    pictures = sorted(p for p in options.scaling.rglob("*") if p.suffix.lower() in (".jpg", ".png"))
    if not pictures:
        print("no picture lies below that folder", file=sys.stderr)
        return False
    print(scaling_table(measure(place, pictures, options.pages, options.rounds)))
    return True


def _busy_seconds() -> float:
    """Seconds that all processors of the machine were at work, for anybody."""
    times = psutil.cpu_times()
    return float(times.user + times.system + times.nice)


def _own(phases: Sequence[Phase]) -> float:
    wall = sum(phase.wall for phase in phases)
    return sum(in_use(phase) * phase.wall for phase in phases) / wall


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.throughput",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=("embedded", "distributed"))
    parser.add_argument("--pages", type=int, default=_PAGES, help="of each phase (%(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="worker processes (%(default)s)")
    parser.add_argument("--threads", type=int, help="in each of them (as many as `sohoa worker` would take)")
    parser.add_argument("--broker", choices=("redis", "rabbitmq"), default="redis")
    parser.add_argument("--store", choices=("rgw", "ministack", "filesystem"), default="rgw")
    parser.add_argument(
        "--disk", type=Path, default=Path(tempfile.gettempdir()), help="a folder on the disk to use"
    )
    parser.add_argument("--scaling", type=Path, metavar="FOLDER", help="pictures of pages, really read")
    parser.add_argument("--rounds", type=int, default=3, help="of --scaling (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
