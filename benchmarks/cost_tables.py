"""Tables about time and memory."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Final

from benchmarks.costs import Costs
from benchmarks.measurement import Measurement
from benchmarks.page_case import PageCase
from benchmarks.tables import mebibytes, quantile, seconds, table
from benchmarks.turns import Results

#: Memory that a page process may take at A4 and 300 dpi.
MOST_MEMORY: Final = 500 * 2**20
_SOHOA: Final = "Sohoa"
_OTHER: Final = "OCRmyPDF"


def requirements(results: Results, costs: Costs, page_process_peak: int) -> str:
    """What is promised, what was measured, and whether it holds."""
    rows = []
    if _OTHER in results:
        own, other = _mean_cpu(results[_SOHOA]), _mean_cpu(results[_OTHER])
        rows.append(
            ["CPU seconds a page not above OCRmyPDF's (mean)", f"{seconds(own)} against {seconds(other)}",
             _verdict(holds=own <= other)]
        )  # fmt: skip
    if costs.joined is not None:
        own = costs.joined.sohoa_cpu_seconds / costs.joined.pages
        other = costs.joined.other_cpu_seconds / costs.joined.pages
        rows.append(
            [f"The same, {costs.joined.pages} pages in one command of OCRmyPDF",
             f"{seconds(own)} against {seconds(other)}", _verdict(holds=own <= other)]
        )  # fmt: skip
    peak = max((each.largest for each in costs.sohoa_memory), default=page_process_peak)
    rows.append(
        [f"Peak memory of a page process at most {mebibytes(MOST_MEMORY)}", mebibytes(peak),
         _verdict(holds=peak <= MOST_MEMORY)]
    )  # fmt: skip
    return table(("Requirement", "Measured", "Result"), rows)


def _verdict(*, holds: bool) -> str:
    return "met" if holds else "**not met**"


def _mean_cpu(measurements: Sequence[Measurement]) -> float:
    return statistics.fmean(each.cpu_seconds for each in measurements)


def time_table(pages: Sequence[PageCase], results: Results) -> str:
    """Seconds a page, blank pages included, and their ratio."""
    measures = {
        "CPU seconds a page, median": [_cpu(each, 0.5) for each in results.values()],
        "CPU seconds a page, 95th percentile": [_cpu(each, 0.95) for each in results.values()],
        "CPU seconds a page, mean": [_mean_cpu(each) for each in results.values()],
        "Wall seconds a page, one worker, median": [_wall(each, 0.5) for each in results.values()],
        "Wall seconds a page, one worker, 95th percentile": [_wall(each, 0.95) for each in results.values()],
    }
    rows = [[name, *map(seconds, values), _ratio(values)] for name, values in measures.items()]
    rows.append(["Size of the PDF/A of a page, mean", *map(_size, results.values()), ""])
    return table((f"{len(pages)} pages", *results, "Ratio"), rows)


def _cpu(measurements: Sequence[Measurement], part: float) -> float:
    return quantile([each.cpu_seconds for each in measurements], part)


def _wall(measurements: Sequence[Measurement], part: float) -> float:
    return quantile([each.wall_seconds for each in measurements], part)


def _size(measurements: Sequence[Measurement]) -> str:
    made = [each.pdf_bytes for each in measurements if each.pdf_bytes]
    return f"{statistics.fmean(made) / 1024:.0f} KB" if made else "–"


def _ratio(values: Sequence[float]) -> str:
    return f"{values[0] / values[1]:.2f}" if len(values) == 2 and values[1] else "–"


def parts_table(results: Results, start: tuple[float, float]) -> str:
    """Where Sohoa's CPU seconds go."""
    own = results[_SOHOA]
    names = list(dict.fromkeys(name for each in own for name in each.parts))
    rows = [
        [f"CPU seconds a page: {name}", seconds(statistics.fmean(each.parts.get(name, 0.0) for each in own))]
        for name in names
    ]
    wall, cpu = start
    rows.append(
        ["First page, start of the page process included", f"{seconds(wall)} wall, {seconds(cpu)} CPU"]
    )
    return table(("Sohoa", "Mean"), rows)


def memory_table(costs: Costs, page_process_peak: int) -> str:
    """Peak memory on A4 pages at 300 dpi."""
    own, others = costs.sohoa_memory, costs.other_memory
    rows = [
        ["Sohoa, page process", mebibytes(max(each.largest for each in own))],
        ["Sohoa, command line (parent)", mebibytes(max(each.started for each in own))],
        ["Sohoa, both at one moment", mebibytes(max(each.together for each in own))],
        ["Sohoa, page process over all pages of this run", mebibytes(page_process_peak)],
    ]
    if others:
        rows += [
            ["OCRmyPDF, largest process", mebibytes(max(max(each.started, each.largest) for each in others))],
            ["OCRmyPDF, all processes at one moment", mebibytes(max(each.together for each in others))],
        ]
    return table((f"Peak memory, {len(own)} A4 pages at 300 dpi", ""), rows)
