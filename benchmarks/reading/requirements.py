"""What is promised about reading, what was measured, and whether it holds."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from benchmarks.measurement import Measurement
from benchmarks.reading.scores import ReadingScore
from benchmarks.reading.speed import Speed
from benchmarks.sohoa_system import AS_RECEIVED
from benchmarks.tables import mebibytes, seconds, share, table

#: Of the best peer's errors, of OCRmyPDF's CPU seconds, of one worker's pages a second, in bytes.
MOST_ERRORS: Final = 0.5
MOST_CPU: Final = 0.6
LEAST_SCALING: Final = 1.9
MOST_MEMORY: Final = 400 * 2**20
#: Similarity that two PDFs may differ in and still count as equal to the eye.
_EQUAL: Final = 0.002
_SOHOA: Final = "Sohoa"
_OTHER: Final = "OCRmyPDF"

_Row = tuple[str, str, bool | None]


def requirements(
    sums: Mapping[str, Mapping[str, ReadingScore]],
    measured: Mapping[str, Sequence[Measurement]],
    speed: Speed | None,
) -> str:
    """Returns the table.

    Args:
        sums: by system and group; the first group holds all pages.
        measured: by system, all pages.
        speed: what was measured apart, if it was.
    """
    rows = [*_errors(sums), *_costs(measured), *(_speeds(speed) if speed else ())]
    verdicts = {True: "met", False: "**not met**", None: "not measured"}
    return table(("Requirement", "Measured", "Result"), [[*row[:2], verdicts[row[2]]] for row in rows])


def _errors(sums: Mapping[str, Mapping[str, ReadingScore]]) -> Iterator[_Row]:
    peers = [name for name in sums if name != _SOHOA]
    if _SOHOA not in sums or not peers:
        return
    first = next(iter(sums[_SOHOA]))
    for group in (first, "scans"):
        for kind in ("CER", "CER without tones"):
            what = f"{kind}, {group}: at most half of the best peer's"
            if group not in sums[_SOHOA]:
                yield what, "no such pages", None
                continue
            rates = {name: _rate(each[group], kind) for name, each in sums.items()}
            best = min(peers, key=lambda name: rates[name])
            told = f"{100 * rates[_SOHOA]:.2f} % against {100 * rates[best]:.2f} % ({best})"
            yield what, told, rates[_SOHOA] <= MOST_ERRORS * rates[best]


def _rate(each: ReadingScore, kind: str) -> float:
    return each.cer if kind == "CER" else each.bare_cer


def _costs(measured: Mapping[str, Sequence[Measurement]]) -> Iterator[_Row]:
    if _SOHOA not in measured or _OTHER not in measured:
        return
    other = measured[_OTHER]
    ours, theirs = (statistics.fmean(each.cpu_seconds for each in kept) for kept in (measured[_SOHOA], other))
    yield (
        f"CPU seconds a page at most {MOST_CPU} of OCRmyPDF's",
        f"{seconds(ours)} against {seconds(theirs)}: {ours / theirs:.2f}",
        ours <= MOST_CPU * theirs,
    )
    for name in (_SOHOA, AS_RECEIVED):
        if name in measured:
            yield from _pdfs(name, measured[name], other)


def _pdfs(system: str, own: Sequence[Measurement], other: Sequence[Measurement]) -> Iterator[_Row]:
    """Sizes over the pages that both made a PDF of, and likeness where both could be compared."""
    both = [(a, b) for a, b in zip(own, other, strict=True) if a.pdf_bytes and b.pdf_bytes]
    if both:
        ours, theirs = (statistics.fmean(sizes) for sizes in zip(*_sizes(both), strict=True))
        yield (
            f"{system}: PDF smaller than OCRmyPDF's on average ({len(both)} pages)",
            f"{ours / 1024:.0f} KB against {theirs / 1024:.0f} KB",
            ours < theirs,
        )
    for name, what in (("similarity", "whole page"), ("print_similarity", "around print")):
        pairs = [
            (a.quality[name], b.quality[name]) for a, b in both if name in a.quality and name in b.quality
        ]
        if pairs:
            ours, theirs = (statistics.fmean(values) for values in zip(*pairs, strict=True))
            told = f"{ours:.4f} against {theirs:.4f} ({len(pairs)} pages)"
            yield f"{system}: … at equal likeness (SSIM, {what})", told, ours >= theirs - _EQUAL
    valid = sum(each.quality.get("pdfa_2b", 0.0) == 1.0 for each in own)
    yield f"{system}: all PDF/A-2b valid for two validators", share(valid, len(own)), valid == len(own)


def _sizes(both: Sequence[tuple[Measurement, Measurement]]) -> list[tuple[int, int]]:
    return [(a.pdf_bytes, b.pdf_bytes) for a, b in both]


def _speeds(speed: Speed) -> Iterator[_Row]:
    yield (
        f"Pages a second with two workers at least {LEAST_SCALING} of one's",
        f"{speed.scaling.workers:.2f}; the machine itself gives {speed.scaling.machine:.2f}",
        speed.scaling.workers >= LEAST_SCALING,
    )
    yield (
        f"Peak memory of a worker at most {mebibytes(MOST_MEMORY)} (A4, 300 dpi)",
        mebibytes(speed.memory_bytes) if speed.memory_pages else "no such pages",
        speed.memory_bytes <= MOST_MEMORY if speed.memory_pages else None,
    )
