"""Two workers against one beside what the machine itself gives, and the memory of a page process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console

from benchmarks.page_case import PageCase
from benchmarks.scaling import Scaling, measure_scaling
from benchmarks.sohoa_system import SohoaSystem

ROUNDS: Final = 5
#: Pages of each worker in a round, and pages whose memory is watched.
_PAGES: Final = 6
_MEMORY_PAGES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What was measured apart.

    Attributes:
        scaling: one and two workers, and the machine's own ceiling.
        memory_bytes: peak resident memory of a page process over A4 pages of 300 dpi; 0 without such pages.
        memory_pages: how many those were.
    """

    scaling: Scaling
    memory_bytes: int
    memory_pages: int


def measure_speed(pages: Sequence[PageCase], console: Console) -> Speed:
    """Measures all of it; takes a few minutes."""
    step = max(1, len(pages) // _PAGES)
    console.print(f"One and two workers, {ROUNDS} rounds")
    scaling = measure_scaling(pages[::step][:_PAGES], ROUNDS)
    large = [page for page in pages if page.is_a4_at_300_dpi][:_MEMORY_PAGES]
    console.print(f"Memory over {len(large)} pages")
    return Speed(scaling=scaling, memory_bytes=_peak_bytes(large), memory_pages=len(large))


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
