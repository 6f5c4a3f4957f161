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
    """Returns rows of blue strokes of the size of writing that no other mark covers.

    Args:
        sight: the page; only in colour is writing told from print that was not read.
        pen: its pen ink.
        others: signatures and worded marks.
    """
    if sight.blue is None:
        return ()
    per_mm, rim = sight.per_mm, _RIM_MM * sight.per_mm
    reach = int(_REACH_MM * per_mm / sight.scale)
    blue = np.asarray(cv2.bitwise_and(pen, sight.blue), np.uint8)
    marks = []
    for group in group_strokes(sight, blue, _BETWEEN_ROWS_MM):
        if group.longest < _LONGEST_MM or group.filling > _MOST_FILLED or group.is_read:
            continue
        for left, top, right, bottom in _rows(blue, group, per_mm):
            is_writing = right - left >= _WIDTH_MM * per_mm and (
                _HEIGHT_MM[0] * per_mm <= bottom - top <= _HEIGHT_MM[1] * per_mm
            )
            box = sight.on_page(left - rim, top - rim, right + rim, bottom + rim)
            if is_writing and not any(_touches(each.box, box, reach) for each in others):
                marks.append(Mark(kind=MarkKind.HANDWRITING, box=box, confidence=_BLUE))
    return tuple(marks)


def _rows(blue: Pixels, group: Strokes, per_mm: float) -> Iterator[tuple[int, int, int, int]]:
    """Parts a high group where its rows of writing only touch: left, top, right, bottom of each."""
    part = blue[group.top : group.bottom, group.left : group.right]
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
