"""A run of the reading benchmark as Markdown tables."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.measurement import Measurement
from benchmarks.reading.pages import GENERATED, TURNED, ReadingPage
from benchmarks.reading.requirements import requirements
from benchmarks.reading.scores import ReadingScore, score_page, total_reading
from benchmarks.reading.speed import Speed
from benchmarks.scaling import scaling_table
from benchmarks.sohoa_system import AS_RECEIVED
from benchmarks.tables import mebibytes, percent, quantile, seconds, share, table
from benchmarks.turns import Results

ALL: Final = "all pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Everything that one run found.

    Attributes:
        about: the machine and the versions.
        pages: the pages with their truth.
        results: by system, in the order of the pages.
        from_before: results that were kept from an earlier run.
        left_out: systems that could not be measured, and why.
        speed: what was measured apart, if it was.
    """

    about: Sequence[tuple[str, str]]
    pages: Sequence[ReadingPage]
    results: Results
    from_before: int
    left_out: Mapping[str, str]
    speed: Speed | None


def render(run: Run) -> str:
    """Returns all tables."""
    return "\n\n".join(_parts(run)) + "\n"


def groups(pages: Sequence[ReadingPage]) -> dict[str, list[int]]:
    """Numbers of the pages by group; first all listed ones, or all where none is listed."""
    listed = [number for number, page in enumerate(pages) if page.group not in (GENERATED, TURNED)]
    found = {ALL: listed or list(range(len(pages)))}
    for name in dict.fromkeys(page.group for page in pages):
        found[name] = [number for number, page in enumerate(pages) if page.group == name]
    return found


def _parts(run: Run) -> Iterator[str]:
    counted = groups(run.pages)
    scores = {
        name: [score_page(page, each.text) for page, each in zip(run.pages, kept, strict=True)]
        for name, kept in run.results.items()
        if name != AS_RECEIVED  # reads the same
    }
    sums = {
        name: {group: total_reading(each[number] for number in numbers) for group, numbers in counted.items()}
        for name, each in scores.items()
    }
    kept = [*run.about, ("Results kept from an earlier run", str(run.from_before))]
    kinds = ", ".join(f"{len(numbers)} {name}" for name, numbers in counted.items() if name != ALL)
    yield f"{len(run.pages)} pages: {kinds}."
    yield table(("Measured with", ""), kept)
    yield from (f"{name} was left out: {reason}." for name, reason in run.left_out.items())
    yield requirements(sums, {name: _of(each, counted[ALL]) for name, each in run.results.items()}, run.speed)
    for group, numbers in counted.items():
        yield _text_table(f"{group} ({len(numbers)})", {name: each[group] for name, each in sums.items()})
    yield _cost_table(counted[ALL], run.results)
    if run.speed is not None:
        yield scaling_table(run.speed.scaling)
        yield _memory_table(run.speed)
    yield _page_table(run, scores)
    yield _failures(run)


def _of(measurements: Sequence[Measurement], numbers: Sequence[int]) -> list[Measurement]:
    return [measurements[number] for number in numbers]


def _text_table(title: str, sums: Mapping[str, ReadingScore]) -> str:
    columns = [_text_cells(each) for each in sums.values()]
    names = (
        "CER", "WER", "CER without tones", "WER without tones", "CER in order", "Surplus text",
        "Numbers exact", "Pairs of lines in order", "Lines followed by the right one",
        "Cells side by side", "Cells of tables",
    )  # fmt: skip
    rows = [[name, *cells] for name, *cells in zip(names, *columns, strict=True)]
    return table((title, *sums), [row for row in rows if any(cell != "–" for cell in row[1:])])


def _text_cells(each: ReadingScore) -> list[str]:
    marked, bare, layout = each.marked, each.bare, each.layout
    return [
        percent(marked.matched_characters, marked.characters),
        percent(marked.matched_words, marked.words),
        percent(bare.matched_characters, bare.characters),
        percent(bare.matched_words, bare.words),
        percent(marked.ordered_characters, marked.characters),
        percent(marked.left_over, marked.characters),
        percent(marked.numbers_right, marked.numbers),
        percent(layout.pairs_in_order, layout.pairs),
        percent(layout.followed, layout.neighbours),
        percent(layout.cells_right, layout.cells),
        percent(layout.table_cells_right, layout.table_cells),
    ]


def _cost_table(numbers: Sequence[int], results: Results) -> str:
    other = _mean_cpu(_of(results["OCRmyPDF"], numbers)) if "OCRmyPDF" in results else 0.0
    columns = [_cost_cells(_of(each, numbers), other) for each in results.values()]
    names = (
        "CPU seconds a page, mean", "CPU seconds a page, median", "CPU against OCRmyPDF",
        "Wall seconds a page, median", "PDF, mean", "PDF, median", "Similarity to the picture, mean",
        "Similarity to the picture, 5th percentile", "Similarity around print, mean",
        "Similarity around print, 5th percentile", "Pages compared", "Valid PDF/A-2b",
    )  # fmt: skip
    rows = [[name, *cells] for name, *cells in zip(names, *columns, strict=True)]
    return table((f"Cost and PDF, {ALL} ({len(numbers)})", *results), rows)


def _cost_cells(kept: Sequence[Measurement], other_cpu: float) -> list[str]:
    cpu, sizes = _mean_cpu(kept), [each.pdf_bytes for each in kept if each.pdf_bytes]
    whole = [each.quality["similarity"] for each in kept if "similarity" in each.quality]
    near = [each.quality["print_similarity"] for each in kept if "print_similarity" in each.quality]
    valid = [each.quality.get("pdfa_2b", 0.0) == 1.0 for each in kept]
    return [
        seconds(cpu),
        seconds(quantile([each.cpu_seconds for each in kept], 0.5)),
        f"{cpu / other_cpu:.2f}" if other_cpu else "–",
        seconds(quantile([each.wall_seconds for each in kept], 0.5)),
        f"{statistics.fmean(sizes) / 1024:.0f} KB" if sizes else "–",
        f"{statistics.median(sizes) / 1024:.0f} KB" if sizes else "–",
        f"{statistics.fmean(whole):.4f}" if whole else "–",
        f"{quantile(whole, 0.05):.4f}" if whole else "–",
        f"{statistics.fmean(near):.4f}" if near else "–",
        f"{quantile(near, 0.05):.4f}" if near else "–",
        str(len(whole)) if whole else "–",
        share(sum(valid), len(valid)) if any(each.quality for each in kept) else "–",
    ]


def _mean_cpu(kept: Sequence[Measurement]) -> float:
    return statistics.fmean(each.cpu_seconds for each in kept)


def _memory_table(speed: Speed) -> str:
    peak = mebibytes(speed.memory_bytes) if speed.memory_pages else "–"
    return table(
        ("Sohoa", ""), [[f"Peak memory of a page process, {speed.memory_pages} A4 pages of 300 dpi", peak]]
    )


def _page_table(run: Run, scores: Mapping[str, Sequence[ReadingScore]]) -> str:
    """CER page by page for listed pages that are not variants of one drawing: the real scans."""
    numbers = [number for number, page in enumerate(run.pages) if page.group == "scans"]
    rows = [
        [run.pages[number].case.dossier, *(f"{100 * each[number].cer:.2f} %" for each in scores.values())]
        for number in numbers
    ]
    return table(("CER by real scan", *scores), rows) if rows else "No real scans among the pages."


def _failures(run: Run) -> str:
    lines = []
    for name, kept in run.results.items():
        failed = [(page, each) for page, each in zip(run.pages, kept, strict=True) if each.failure]
        lines.append(f"- {name}: {len(failed)} of {len(kept)} pages failed.")
        lines += [f"  - {page.case.name}: {each.failure}" for page, each in failed]
    return "\n".join(lines)
