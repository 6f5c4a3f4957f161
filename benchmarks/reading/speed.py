"""Two workers against one beside what the machine itself gives, and the memory of a page process."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from rich.console import Console

from benchmarks.page_case import PageCase
from benchmarks.sohoa_system import SohoaSystem, seconds_on_workers

#: Rounds of one and two workers and of the machine's own ceiling, in turns.
ROUNDS: Final = 3
#: Pages of a round and pages whose memory is watched.
_PAGES: Final = 12
_MEMORY_PAGES: Final = 8
#: Counts in place of pages: nothing but the processor, no memory, no files.
_LOOP: Final = """
import time
started = time.perf_counter()
number = 0
for step in range(20_000_000):
    number += step
print(time.perf_counter() - started)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What was measured apart.

    Attributes:
        pages: pages of a round.
        one: wall seconds of each round with one worker.
        two: the same with two.
        loop_one: wall seconds of a pure loop in one process, of each round.
        loop_two: of the same loop in each of two processes at once.
        memory_bytes: peak resident memory of a page process over A4 pages of 300 dpi; 0 without such pages.
        memory_pages: how many those were.
    """

    pages: int
    one: tuple[float, ...]
    two: tuple[float, ...]
    loop_one: tuple[float, ...]
    loop_two: tuple[float, ...]
    memory_bytes: int
    memory_pages: int

    @property
    def scaling(self) -> float:
        """Pages a second with two workers against one: medians of all rounds."""
        return statistics.median(self.one) / statistics.median(self.two)

    @property
    def ceiling(self) -> float:
        """The same of the pure loop."""
        return 2 * statistics.median(self.loop_one) / statistics.median(self.loop_two)


def measure_speed(pages: Sequence[PageCase], console: Console) -> Speed:
    """Measures all of it; takes a few minutes."""
    step = max(1, len(pages) // _PAGES)
    chosen = pages[::step][:_PAGES]
    times: dict[str, list[float]] = {"one": [], "two": [], "loop_one": [], "loop_two": []}
    for number in range(1, ROUNDS + 1):
        console.print(f"Workers, round {number} of {ROUNDS}")
        times["one"].append(seconds_on_workers(chosen, 1))
        times["loop_one"].append(loop_seconds(1))
        times["two"].append(seconds_on_workers(chosen, 2))
        times["loop_two"].append(loop_seconds(2))
    large = [page for page in pages if page.is_a4_at_300_dpi][:_MEMORY_PAGES]
    console.print(f"Memory over {len(large)} pages")
    return Speed(
        pages=len(chosen),
        memory_bytes=_peak_bytes(large),
        memory_pages=len(large),
        **{name: tuple(values) for name, values in times.items()},
    )


def loop_seconds(processes: int) -> float:
    """Mean wall seconds of the loop in so many processes at once; their start is not counted."""
    with ExitStack() as ending:
        started = [
            ending.enter_context(
                subprocess.Popen([sys.executable, "-c", _LOOP], stdout=subprocess.PIPE, text=True)
            )
            for _ in range(processes)
        ]
        for each in started:
            ending.callback(each.kill)
        return statistics.fmean(float(each.communicate()[0]) for each in started)


def _peak_bytes(pages: Sequence[PageCase]) -> int:
    """Of a process that reads them all and renders their PDFs."""
    if not pages:
        return 0
    system = SohoaSystem()
    try:
        for page in pages:
            system.measure(page)
        return system.peak_bytes()
    finally:
        system.close()
