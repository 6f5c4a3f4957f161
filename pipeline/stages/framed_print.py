"""Print in single frames, parted from the print around it: each is read alone.

What stands in a frame was often stamped, in another size than the rows beside it and level with them; read
together, both suffer. Print that runs through a frame belongs to the page and stays there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.stages.frame_lines import without_frame_lines
from pipeline.stages.paper import MM_PER_INCH
from pipeline.stages.tables import Ruling, is_table

#: Ink is darker than this, and its rim darker than paper, of 255.
_INK: Final = 170
#: Letters nearer than this belong together, mm: a word across the frame is print of the page.
_WORD_GAP_MM: Final = 1.2
#: A frame's own line strays so far to the inside, mm.
_INSIDE_MM: Final = 0.5
#: White around the picture of a frame, px.
_MARGIN: Final = 12

_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Framed:
    """What stands in one frame.

    Attributes:
        image: the print alone, with white around it.
        left: where the picture begins on the cleaned page, px; may be negative.
        top: the same downwards.
    """

    image: PageImage
    left: int
    top: int


def frames_apart(prepared: PageImage, ruling: Ruling) -> tuple[PageImage, tuple[Framed, ...]]:
    """Returns the page without the lines and the print of its frames, and that print frame by frame.

    Args:
        prepared: the cleaned page, dark on even paper; the same picture comes back where it has no frames.
        ruling: its tables and frames.
    """
    bare = without_frame_lines(prepared, ruling)
    if bare is prepared:
        return prepared, ()
    rest = bare.pixels.copy()
    framed = []
    for grid in ruling.grids:
        if not is_table(grid, ruling.rules):
            box = _inside(replace(ruling, scale=1.0).box_of(grid.extent), ruling.rules.per_mm, rest)
            own = _own_print(rest, box, prepared.dpi / MM_PER_INCH)
            framed.append(_framed(rest, box, own, prepared.dpi))
    return replace(bare, pixels=rest), tuple(each for each in framed if each is not None)


def _inside(box: Box, per_mm: float, pixels: Pixels) -> Box:
    edge = round(_INSIDE_MM * per_mm)
    height, width = pixels.shape[:2]
    return Box(
        left=max(0, box.left + edge), top=max(0, box.top + edge),
        right=min(width, box.right - edge), bottom=min(height, box.bottom - edge),
    )  # fmt: skip


def _own_print(pixels: Pixels, box: Box, per_mm: float) -> _Bools:
    """Tells which pixels of the box hold words that stand in it entirely."""
    gap = max(1, round(_WORD_GAP_MM * per_mm))
    reach = 2 * gap
    left, top = max(0, box.left - reach), max(0, box.top - reach)
    part = pixels[top : box.bottom + reach, left : box.right + reach]
    ink = np.asarray(part < _INK, np.uint8)
    joined = cv2.dilate(ink, np.ones((3, gap), np.uint8))
    count, labels = cv2.connectedComponents(np.asarray(joined, np.uint8))
    outside = np.ones(part.shape, bool)
    outside[box.top - top : box.bottom - top, box.left - left : box.right - left] = False
    is_crossing = np.zeros(count, bool)
    is_crossing[np.unique(labels[outside & (ink > 0)])] = True
    is_crossing[0] = True
    own = ~is_crossing[labels]
    return np.asarray(own[box.top - top : box.bottom - top, box.left - left : box.right - left], np.bool_)


def _framed(rest: Pixels, box: Box, own: _Bools, dpi: float) -> Framed | None:
    """Moves the print of a frame from the page into a picture of its own."""
    part = rest[box.top : box.bottom, box.left : box.right]
    if not own.any():
        return None
    alone = np.where(own, part, np.uint8(255))
    part[own] = 255
    padded = np.pad(np.asarray(alone, np.uint8), _MARGIN, constant_values=255)
    return Framed(image=PageImage(pixels=padded, dpi=dpi), left=box.left - _MARGIN, top=box.top - _MARGIN)
