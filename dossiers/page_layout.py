"""Where the words of a page stand, for showing them on its picture."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.reading import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWord:
    """One word as read.

    Attributes:
        text: NFC.
        box: px of the upright page.
        confidence: how often such words are right, 0 to 1.
    """

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """The words of one page.

    Attributes:
        width: of the upright page, px; the measure of all boxes.
        height: likewise.
        lines: words by line, in reading order.
    """

    width: int
    height: int
    lines: tuple[tuple[PlacedWord, ...], ...]
