"""Zones written by hand: rows of pen strokes of the height of writing that are no signature.

What stands there is not read; it is offered to the clerk as a picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from classifiers.marks.pen import Strokes, group_strokes
from classifiers.marks.sight import Sight
from dossiers.reading import Box, Mark, MarkKind
from pipeline.image import Pixels

#: Sizes of a piece of writing, mm.
_WIDTH_MM: Final = 5.0
_HEIGHT_MM: Final = (2.0, 16.0)
#: Joined letters are at least this long, mm.
_LONGEST_MM: Final = 2.5
#: Ink fills at most this much of a stroke's box; blots and pictures fill more.
_MOST_FILLED: Final = 0.6
_BLUE: Final = 0.85
#: The same without colour: print that was not read is lower, shorter and fuller.
_DARK_LONGEST_MM: Final = 4.5
_DARK_TALLEST_MM: Final = 4.2
_DARK_FILLED: Final = 0.45
_DARK_HIGHEST_MM: Final = 18.0
_DARK: Final = 0.6
_SMALLEST_GREY_PAGE_MM: Final = 180.0
#: Rows of writing nearly touch; marks above and below letters are taken along by a rim, mm.
_BETWEEN_ROWS_MM: Final = 0.5
_RIM_MM: Final = 0.8
#: Higher groups are several rows, parted where there is little ink; rows are at least so high, mm.
_HIGHEST_ROW_MM: Final = 9.0
_LOWEST_ROW_MM: Final = 2.6
_VALLEY: Final = 0.45
#: Strokes this near to a signature or a stamp belong to it, mm.
_REACH_MM: Final = 4.0


def find_handwriting(sight: Sight, pen: Pixels, others: Sequence[Mark]) -> tuple[Mark, ...]:
    """Returns rows of pen strokes of the size of writing that no other mark covers.

    In colour writing is blue. Without colour it is told from print that was not read by its high, long and
    thin strokes; small papers (cards, passports) are left out there, since their patterns look the same.

    Args:
        sight: the page.
        pen: its pen ink.
        others: signatures and worded marks.
    """
    is_grey = sight.blue is None
    if is_grey and max(sight.ink.shape) < _SMALLEST_GREY_PAGE_MM * sight.per_mm:
        return ()
    ink = pen if sight.blue is None else np.asarray(cv2.bitwise_and(pen, sight.blue), np.uint8)
    per_mm, rim = sight.per_mm, _RIM_MM * sight.per_mm
    reach = int(_REACH_MM * per_mm / sight.scale)
    marks = []
    for group in group_strokes(sight, ink, _BETWEEN_ROWS_MM):
        if not (_is_dark_writing(group, per_mm) if is_grey else _is_blue_writing(group)):
            continue
        for left, top, right, bottom in _rows(ink, group, per_mm):
            is_writing = right - left >= _WIDTH_MM * per_mm and (
                _HEIGHT_MM[0] * per_mm <= bottom - top <= _HEIGHT_MM[1] * per_mm
            )
            box = sight.on_page(left - rim, top - rim, right + rim, bottom + rim)
            if is_writing and not any(_touches(each.box, box, reach) for each in others):
                confidence = _DARK if is_grey else _BLUE
                marks.append(Mark(kind=MarkKind.HANDWRITING, box=box, confidence=confidence))
    return tuple(marks)


def _is_blue_writing(group: Strokes) -> bool:
    return group.longest >= _LONGEST_MM and group.filling <= _MOST_FILLED and not group.is_read


def _is_dark_writing(group: Strokes, per_mm: float) -> bool:
    return (
        not group.is_read
        and group.longest >= _DARK_LONGEST_MM
        and group.tallest >= _DARK_TALLEST_MM
        and group.filling <= _DARK_FILLED
        and group.height_mm(per_mm) <= _DARK_HIGHEST_MM
    )


def _rows(ink: Pixels, group: Strokes, per_mm: float) -> Iterator[tuple[int, int, int, int]]:
    """Parts a high group where its rows of writing only touch: left, top, right, bottom of each."""
    part = ink[group.top : group.bottom, group.left : group.right]
    if group.bottom - group.top <= _HIGHEST_ROW_MM * per_mm:
        yield group.left, group.top, group.right, group.bottom
        return
    inked = cv2.blur(np.count_nonzero(part, axis=1).astype(np.float32)[:, None], (1, 3))[:, 0]
    least = int(_LOWEST_ROW_MM * per_mm)
    cuts = [0]
    for at in range(1, inked.size - 1):
        is_valley = inked[at] == inked[max(0, at - least) : at + least + 1].min()
        if is_valley and inked[at] < _VALLEY * float(inked.max()) and at - cuts[-1] >= least:
            cuts.append(at)
    for top, bottom in pairwise((*cuts, inked.size)):
        columns = np.nonzero(part[top:bottom].any(axis=0))[0]
        if columns.size:
            yield (
                group.left + int(columns[0]), group.top + top,
                group.left + int(columns[-1]) + 1, group.top + bottom,
            )  # fmt: skip


def _touches(mark: Box, box: Box, reach: int) -> bool:
    """Whether writing lies in another mark or so near to it that it is a part of it."""
    return (
        box.left < mark.right + reach
        and box.right > mark.left - reach
        and box.top < mark.bottom + reach
        and box.bottom > mark.top - reach
    )
