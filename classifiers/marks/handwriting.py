"""Zones written by hand: rows of pen strokes of the height of writing that are no signature.

What stands there is not read; it is offered to the clerk as a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from classifiers.marks.pen import group_strokes
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
    marks = []
    rim = _RIM_MM * sight.per_mm
    reach = int(_REACH_MM * sight.per_mm / sight.scale)
    blue = np.asarray(cv2.bitwise_and(pen, sight.blue), np.uint8)
    for group in group_strokes(sight, blue, _BETWEEN_ROWS_MM):
        width, height = group.width_mm(sight.per_mm), group.height_mm(sight.per_mm)
        is_writing = (
            width >= _WIDTH_MM
            and _HEIGHT_MM[0] <= height <= _HEIGHT_MM[1]
            and group.longest >= _LONGEST_MM
            and group.filling <= _MOST_FILLED
        )
        box = sight.on_page(group.left - rim, group.top - rim, group.right + rim, group.bottom + rim)
        if is_writing and not group.is_read and not any(_touches(each.box, box, reach) for each in others):
            marks.append(Mark(kind=MarkKind.HANDWRITING, box=box, confidence=_BLUE))
    return tuple(marks)


def _touches(mark: Box, box: Box, reach: int) -> bool:
    """Whether writing lies in another mark or so near to it that it is a part of it."""
    return (
        box.left < mark.right + reach
        and box.right > mark.left - reach
        and box.top < mark.bottom + reach
        and box.bottom > mark.top - reach
    )
