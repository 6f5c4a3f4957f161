"""Measurements of their own: two workers, memory of one A4 page, many pages in one command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from rich.console import Console

from benchmarks import ocrmypdf_system, sohoa_system
from benchmarks.page_case import PageCase
from benchmarks.processes import PeakMemory
from benchmarks.scaling import Scaling, measure_scaling
from benchmarks.turns import Results

_Item = TypeVar("_Item")
#: Pages for each of two workers, spread over all.
_SPREAD_PAGES: Final = 10
#: Pages in one command of the other system.
_JOINED_PAGES: Final = 10
#: A4 pages at 300 dpi whose memory is watched; the largest files first.
_MEMORY_PAGES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Several pages in one command of OCRmyPDF, and the same pages through Sohoa one by one.

    Attributes:
        pages: how many.
        other_cpu_seconds: CPU seconds of the one command.
        sohoa_cpu_seconds: CPU seconds of Sohoa for the same pages.
    """

    pages: int
    other_cpu_seconds: float
    sohoa_cpu_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What was measured apart; ``None`` or empty where it was not.

    Attributes:
        scaling: two workers beside one.
        sohoa_memory: ``sohoa read`` on A4 pages at 300 dpi.
        other_memory: OCRmyPDF on the same.
    """

    scaling: Scaling | None = None
    joined: Joined | None = None
    sohoa_memory: tuple[PeakMemory, ...] = ()
    other_memory: tuple[PeakMemory, ...] = ()


def measure_costs(
    pages: Sequence[PageCase], results: Results, console: Console, *, with_other: bool
) -> Costs:
    """Measures them; takes a few minutes."""
    with console.status("one and two workers"):
        scaling = measure_scaling(_spread(pages, _SPREAD_PAGES))
    large = sorted((page for page in pages if page.is_a4_at_300_dpi), key=lambda page: -len(page.content))
    watched = large[:_MEMORY_PAGES]
    with console.status("memory"):
        own = tuple(map(sohoa_system.watch_command, watched))
        others = tuple(map(ocrmypdf_system.watch_command, watched)) if with_other else ()
    with console.status("many pages in one command"):
        joined = _joined(pages, results) if with_other else None
    return Costs(scaling=scaling, joined=joined, sohoa_memory=own, other_memory=others)


def _joined(pages: Sequence[PageCase], results: Results) -> Joined | None:
    images = [number for number, page in enumerate(pages) if page.suffix != ".pdf"]
    chosen = _spread(images, _JOINED_PAGES)
    finished = ocrmypdf_system.run_as_one_file([pages[number] for number in chosen])
    if finished is None:
        return None
    own = results[sohoa_system.SohoaSystem.name]
    return Joined(
        pages=len(chosen),
        other_cpu_seconds=finished.cpu_seconds,
        sohoa_cpu_seconds=sum(own[number].cpu_seconds for number in chosen),
    )


def _spread(items: Sequence[_Item], count: int) -> list[_Item]:
    """So many of them, evenly spread."""
    step = max(1.0, len(items) / count)
    return [items[int(number * step)] for number in range(min(count, len(items)))]
