"""One worker process and two, on pages that are really read, beside what the machine lets two do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.scaling import Round, Scaling, timed_loops
from benchmarks.throughput.places import Place
from benchmarks.throughput.run import Load, Measurement, Phase

#: The worker process of the product.
_REAL: Final = "sohoa.worker_child"


def measure(place: Place, pictures: Sequence[Path], pages: int, rounds: int) -> Scaling:
    """Runs the rounds: a loop, two loops, the pages by one process, the pages by two.

    Args:
        place: an empty installation; every measurement adds dossiers to it.
        pictures: files of one page each; they come again where there are fewer than pages.
        pages: of each measurement, a multiple of a dossier's.
        rounds: how many.
    """
    contents = [picture.read_bytes() for picture in pictures]
    done = []
    first = 0

    def page(number: int) -> bytes:
        return contents[number % len(contents)]

    for _ in range(rounds):
        loop, loops = timed_loops(1), timed_loops(2)
        phases = []
        for processes in (1, 2):
            load = Load(pages=pages, processes=processes, threads=1, page=page, reader=None, module=_REAL)
            phases.append(_working_off(place, replace(load, first=first)))
            first += pages
        one, two = phases
        cpu = [sum(phase.cpu.values()) for phase in phases]
        # ``Round`` counts both doing all pages; here they share them.
        done.append(
            Round(loop=loop, loops=loops, one=one.wall, two=2 * two.wall, one_cpu=cpu[0], two_cpu=2 * cpu[1])
        )
    return Scaling(pages=pages, rounds=tuple(done))


def _working_off(place: Place, load: Load) -> Phase:
    return Measurement(place, load).run(both=False)[1]
