"""Pages made by hand: text at a place, no picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.ports import ReadPage
from pipeline.text import Block, Line, PageText, Word

#: One line: left and top in px, text, letter height in px.
Spot = tuple[int, int, str, int] | tuple[int, int, str]
PageMaker = Callable[..., ReadPage]

WIDTH, HEIGHT, LETTER = 1654, 2339, 30


def _line(spot: Spot, confidence: float) -> Line:
    left, top, text = spot[:3]
    height = spot[3] if len(spot) == 4 else LETTER
    words, at = [], left
    for part in text.split(" "):
        width = int(len(part) * height * 0.55)
        if part:
            box = Box(left=at, top=top, right=at + width, bottom=top + height)
            words.append(Word(text=part, box=box, confidence=confidence))
        at += width + height // 3
    right = words[-1].box.right
    return Line(words=tuple(words), box=Box(left=left, top=top, right=right, bottom=top + height))


def _centred(spot: Spot) -> Spot:
    if spot[0] >= 0:
        return spot
    height = spot[3] if len(spot) == 4 else LETTER
    width = sum(int(len(part) * height * 0.55) + height // 3 for part in spot[2].split(" "))
    return ((WIDTH - width) // 2, spot[1], spot[2], height)


@pytest.fixture
def page_of() -> PageMaker:
    """Makes a page from lines; a left of -1 centres the line on the page."""

    def make(spots: Sequence[Spot], *, confidence: float = 0.95, colour: int = 255) -> ReadPage:
        lines = [_line(_centred(spot), confidence) for spot in spots]
        blocks = tuple(Block(lines=(line,), box=line.box) for line in lines)
        text = PageText(width=WIDTH, height=HEIGHT, dpi=200.0, blocks=blocks)
        pixels = np.full((HEIGHT, WIDTH, 3), colour, dtype=np.uint8)
        return ReadPage(image=PageImage(pixels=pixels, dpi=200.0), text=text)

    return make
