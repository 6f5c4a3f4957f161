"""Whether a page carries anything, and what is wrong with it as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.image import PageImage
from pipeline.stages.glyphs import Glyphs
from pipeline.stages.paper import MM_PER_INCH

#: The rule for electronic copies of paper: colour, at least this resolution.
LOWEST_LAWFUL_DPI: Final = 200.0
#: Stated resolutions are rounded; 199.99 is 200.
_TOLERANCE_DPI: Final = 1.0
#: Marks this close to the edge are punch holes, shadows and torn rims, mm.
_RIM_MM: Final = 7.0
#: Smaller marks are specks, larger ones than the second are no letters, mm.
_SPECK_MM: Final = 1.0
_LETTER_MM: Final = 14.0
#: Punch holes, dark or as rings: their size and how far from the edge they lie, mm.
_HOLE_MM: Final = (4.0, 9.0)
_HOLE_REACH_MM: Final = 25.0
#: Fewer letter-like marks inside the rim are dirt.
_FEWEST_MARKS: Final = 3
#: Ink inside the rim, mm²: below both bounds a page is blank. A signature alone has more.
_LEAST_INK_MM2: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How much a page carries.

    Attributes:
        marks: letter-like pieces inside the rim.
        area_mm2: all ink that counts.
    """

    marks: int
    area_mm2: float

    @property
    def is_blank(self) -> bool:
        """Whether nothing was put on the page: no print, no stamp, no handwriting."""
        return self.marks < _FEWEST_MARKS and self.area_mm2 < _LEAST_INK_MM2


def measure_ink(glyphs: Glyphs) -> Ink:
    """Measures what lies inside the rim and is neither speck nor hole nor shadow from the edge.

    What shines through from the back was already left out as too pale.
    """
    per_mm = glyphs.dpi / MM_PER_INCH
    rim = _RIM_MM * per_mm
    height, width = glyphs.all_ink.shape
    stats = cv2.connectedComponentsWithStats(glyphs.all_ink, connectivity=8)[2][1:]
    left, top, across, down, area = (stats[:, column] for column in range(5))
    edge = np.minimum(np.minimum(left, top), np.minimum(width - left - across, height - top - down))
    longer, shorter = np.maximum(across, down), np.maximum(1, np.minimum(across, down))
    is_speck = longer < _SPECK_MM * per_mm
    is_hole = (
        (longer >= _HOLE_MM[0] * per_mm) & (longer <= _HOLE_MM[1] * per_mm) & (longer <= 1.2 * shorter)
        & (edge <= _HOLE_REACH_MM * per_mm)
    )  # fmt: skip
    is_mark = (edge >= 1) & (edge + shorter >= rim) & ~is_speck & ~is_hole
    is_letter = is_mark & (edge >= rim) & (longer <= _LETTER_MM * per_mm)
    return Ink(marks=int(is_letter.sum()), area_mm2=float(area[is_mark].sum()) / per_mm**2)


def picture_issues(image: PageImage, *, is_scan: bool) -> tuple[str, ...]:
    """Returns stable codes where the picture is below the rule: ``LOW_RESOLUTION``, ``NOT_COLOUR``.

    Args:
        image: the page as decoded.
        is_scan: whether it is a picture of paper, and not a drawn PDF page.
    """
    issues = []
    if is_scan and image.dpi < LOWEST_LAWFUL_DPI - _TOLERANCE_DPI:
        issues.append("LOW_RESOLUTION")
    if is_scan and image.is_bilevel:
        issues.append("NOT_COLOUR")
    return tuple(issues)
