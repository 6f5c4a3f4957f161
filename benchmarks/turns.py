"""The measuring loop: every page through every system, taking turns at going first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.measurement import KeptResults, Measurement, System
from benchmarks.page_case import PageCase

#: Measurements by name of the system, in the order of the pages.
Results = dict[str, list[Measurement]]


def measure_in_turns(
    systems: Sequence[System],
    pages: Sequence[PageCase],
    kept: KeptResults,
    console: Console,
    *,
    fresh: bool = False,
) -> tuple[Results, int]:
    """Measures every page; returns the results and how many of them were kept from a run before."""
    results: Results = {system.name: [] for system in systems}
    from_before = 0
    with _progress(console) as progress:
        task = progress.add_task("pages", total=len(pages) * len(systems))
        for number, page in enumerate(pages):
            order = systems if number % 2 == 0 else tuple(reversed(systems))
            for system in order:
                progress.update(task, description=f"{system.name}: {page.name}")
                known = None if fresh else kept.get(system, page)
                from_before += known is not None
                if known is None:
                    known = system.measure(page)
                    kept.put(system, page, known)
                results[system.name].append(known)
                progress.advance(task)
    return results, from_before


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:44}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
