"""Everything that is counted on the text of one page, and sums of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.reading.layout_score import LayoutScore, layout_score, total_layout
from benchmarks.reading.pages import ReadingPage
from benchmarks.text_score import TextScore, score, total, without_tones


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingScore:
    """With every mark, with no mark, and the layout."""

    marked: TextScore
    bare: TextScore
    layout: LayoutScore

    @property
    def cer(self) -> float:
        """Character errors on matched lines, tones counted; a share of the printed characters."""
        return _share(self.marked.matched_characters, self.marked.characters)

    @property
    def bare_cer(self) -> float:
        """The same with every mark taken off."""
        return _share(self.bare.matched_characters, self.bare.characters)


def score_page(page: ReadingPage, reading: str) -> ReadingScore:
    """Compares a reading with the page."""
    printed = [line.text for line in page.lines]
    return ReadingScore(
        marked=score(printed, reading),
        bare=score([without_tones(line) for line in printed], without_tones(reading)),
        layout=layout_score(page.lines, reading, page.tables),
    )


def total_reading(scores: Iterable[ReadingScore]) -> ReadingScore:
    """Adds scores up: long pages weigh more than short ones."""
    kept = list(scores)
    return ReadingScore(
        marked=total(each.marked for each in kept),
        bare=total(each.bare for each in kept),
        layout=total_layout(each.layout for each in kept),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
