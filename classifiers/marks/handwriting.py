"""Zones written by hand: rows of pen strokes of the height of writing that are no signature.

What stands there is not read; it is offered to the clerk as a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from classifiers.marks.pen import Strokes
from classifiers.marks.sight import Sight
from dossiers.reading import Box, Mark, MarkKind

#: Sizes of a piece of writing, mm.
_WIDTH_MM: Final = 5.0
_HEIGHT_MM: Final = (2.0, 16.0)
#: Joined letters are at least this long, mm.
_LONGEST_MM: Final = 2.5
#: Ink fills at most this much of a stroke's box; blots and pictures fill more.
_MOST_FILLED: Final = 0.6
_BLUE: Final = 0.85
#: Strokes this near to a signature or a stamp belong to it, mm.
_REACH_MM: Final = 4.0


def find_handwriting(sight: Sight, groups: Sequence[Strokes], others: Sequence[Mark]) -> tuple[Mark, ...]:
    """Returns groups of blue strokes of the size of writing that no other mark covers."""
    marks = []
    reach = int(_REACH_MM * sight.per_mm / sight.scale)
    for group in groups:
        width, height = group.width_mm(sight.per_mm), group.height_mm(sight.per_mm)
        is_writing = (
            width >= _WIDTH_MM
            and _HEIGHT_MM[0] <= height <= _HEIGHT_MM[1]
            and group.longest >= _LONGEST_MM
            and group.filling <= _MOST_FILLED
        )
        box = sight.on_page(group.left, group.top, group.right, group.bottom)
        if (
            group.is_blue
            and is_writing
            and not group.is_read
            and not any(_touches(each.box, box, reach) for each in others)
        ):
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
