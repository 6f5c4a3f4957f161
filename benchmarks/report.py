"""A run told in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks import accuracy, cost_tables
from benchmarks.costs import Costs
from benchmarks.page_case import DossierCase, PageCase
from benchmarks.scaling import scaling_table
from benchmarks.tables import table
from benchmarks.turns import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Everything that one run found.

    Attributes:
        source: where the pages come from, in words.
        about: the machine and the versions.
        dossiers: the pages with their truth.
        results: by system, in the order of the pages.
        from_before: results that were kept from an earlier run.
        start: wall and CPU seconds of Sohoa's first page, start of the page process included.
        page_process_peak: peak memory of Sohoa's page process over all pages, in bytes.
        costs: what was measured apart.
    """

    source: str
    about: Sequence[tuple[str, str]]
    dossiers: Sequence[DossierCase]
    results: Results
    from_before: int
    start: tuple[float, float]
    page_process_peak: int
    costs: Costs

    @property
    def pages(self) -> list[PageCase]:
        """All pages in order."""
        return [page for dossier in self.dossiers for page in dossier.pages]


def render(run: Run) -> str:
    """Returns all tables."""
    return "\n\n".join(_parts(run)) + "\n"


def _parts(run: Run) -> Iterator[str]:
    pages = run.pages
    yield (
        f"{len(pages)} pages in {len(run.dossiers)} dossiers from {run.source}; "
        f"{sum(page.truth['blank'] for page in pages)} of them are blank backs."
    )
    yield table(
        ("Measured with", ""), [*run.about, ("Results kept from an interrupted run", str(run.from_before))]
    )
    yield "### Requirements"
    yield cost_tables.requirements(run.results, run.costs, run.page_process_peak)
    yield "### Text"
    yield accuracy.text_table(pages, run.results)
    yield accuracy.capture_table(pages, run.results)
    yield "### Time and memory"
    yield cost_tables.time_table(pages, run.results)
    yield cost_tables.parts_table(run.results, run.start)
    if run.costs.scaling is not None:
        yield scaling_table(run.costs.scaling)
    if run.costs.sohoa_memory:
        yield cost_tables.memory_table(run.costs, run.page_process_peak)
    yield "### Understanding (Sohoa)"
    yield from accuracy.understanding_tables(run.dossiers, run.results)
    yield "### Failures"
    yield accuracy.failures(pages, run.results)
