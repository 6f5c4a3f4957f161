"""Whether a page carries anything, and what is wrong with it as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
#: Fewer letter-like marks inside the rim are dirt.
_FEWEST_MARKS: Final = 3
#: Ink inside the rim, mm²: below both bounds a page is blank. A signature alone has more.
_LEAST_INK_MM2: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How much a page carries.

    Attributes:
        marks: letter-like pieces inside the rim.
        area_mm2: all ink inside the rim except what is the shape of a hole.
    """

    marks: int
    area_mm2: float

    @property
    def is_blank(self) -> bool:
        """Whether nothing was put on the page: no print, no stamp, no handwriting."""
        return self.marks < _FEWEST_MARKS and self.area_mm2 < _LEAST_INK_MM2


def measure_ink(glyphs: Glyphs) -> Ink:
    """Counts what lies inside the rim; what shines through from the back was already left out as too pale."""
    per_mm = glyphs.dpi / MM_PER_INCH
    rim = int(_RIM_MM * per_mm)
    height, width = glyphs.all_ink.shape
    left, top = glyphs.boxes[:, 0], glyphs.boxes[:, 1]
    is_inside = (
        (left >= rim) & (top >= rim)
        & (left + glyphs.boxes[:, 2] <= width - rim) & (top + glyphs.boxes[:, 3] <= height - rim)
    )  # fmt: skip
    inner = glyphs.all_ink[rim : height - rim, rim : width - rim]
    return Ink(
        marks=int(is_inside.sum()), area_mm2=float(np.count_nonzero(inner)) / per_mm**2 if inner.size else 0.0
    )


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
