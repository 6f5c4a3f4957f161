"""What stands outside the body of a page: its number, text up the side, specks taken for letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from pipeline.text import Line

#: Numbers of pages stand in this share of the page's height at the top or the bottom.
_EDGE_SHARE: Final = 0.09
_PAGE_NUMBER: Final = re.compile(
    r"(?:trang\s*(?:số\s*)?)?[:.]?\s*[-–—]?\s*\d{1,3}\s*(?:[/]\s*\d{1,3})?\s*[-–—.]?", re.IGNORECASE
)
#: Lines of less confidence are specks if they are this tall, of the usual line, or this short.
_LEAST_CONFIDENCE: Final = 0.55
_TALL: Final = 1.7
_FEW_LETTERS: Final = 5
#: Text up the side is this much higher than wide and lies this close to the edge, of the page's width.
_UPRIGHT: Final = 2.5
_SIDE_SHARE: Final = 0.08


def is_margin(line: Line, width: int, height: int) -> bool:
    """Whether a line is the page's number at its top or bottom, or runs up its side; px of the page."""
    middle = (line.box.top + line.box.bottom) / 2
    at_edge = middle < _EDGE_SHARE * height or middle > (1 - _EDGE_SHARE) * height
    if at_edge and _PAGE_NUMBER.fullmatch(line.text.strip()):
        return True
    at_side = line.box.right < _SIDE_SHARE * width or line.box.left > (1 - _SIDE_SHARE) * width
    tall = line.box.bottom - line.box.top > _UPRIGHT * (line.box.right - line.box.left)
    return at_side and tall and sum(map(str.isalnum, line.text)) >= _FEW_LETTERS


def specks(lines: Sequence[Line]) -> list[bool]:
    """Returns for each line whether it is no print: strokes of a signature, grains, parts of a picture."""
    if not lines:
        return []
    usual = median(line.box.bottom - line.box.top for line in lines)
    return [_is_speck(line, usual) for line in lines]


def _is_speck(line: Line, usual: float) -> bool:
    letters = sum(map(str.isalnum, line.text))
    if not letters:
        return True
    weights = [len(word.text) for word in line.words]
    sure = sum(w * word.confidence for w, word in zip(weights, line.words, strict=True)) / sum(weights)
    tall = line.box.bottom - line.box.top > _TALL * usual
    return sure < _LEAST_CONFIDENCE and (tall or letters < _FEW_LETTERS)
