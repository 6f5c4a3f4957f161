"""A part of a picture as a page of its own: one side of a card on the glass.

The part is cut out and read like any page; its placement then leads back to the whole picture, so that
everything made of it later starts from the original.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from dossiers.errors import InputCode, InputError
from dossiers.page import Region
from pipeline.image import PageImage
from pipeline.page_result import PageResult
from pipeline.stages.decode import DecodedPage
from pipeline.stages.warp import Frame, placement_of, upright

#: Says of a page result that it is part of a picture.
PART: Final = "PART"
#: A part is at least so large, px, and reaches no further than so much of the picture's side beyond it.
_LEAST_PX: Final = 32.0
_BEYOND: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A part that was cut out.

    Attributes:
        page: the part as a page.
        whole: the picture that it came out of.
        frame: how the part lies in it.
    """

    page: DecodedPage
    whole: PageImage
    frame: Frame

    def placed(self, result: PageResult) -> PageResult:
        """Returns the result of reading the part with the placement in the whole picture."""
        inner = np.array(result.placement.to_original, np.float64).reshape(3, 3)
        frame = Frame(
            to_original=self.frame.to_original @ inner,
            width=result.placement.width,
            height=result.placement.height,
        )
        turned, skew = result.placement.rotated_degrees, result.placement.skew_degrees
        placement = placement_of(frame, self.whole, turned, skew)
        return replace(
            result, placement=replace(placement, dpi=result.placement.dpi), flags=(*result.flags, PART)
        )


def cut_part(decoded: DecodedPage, region: Region) -> Part:
    """Cuts a part out of a decoded picture; its longer opposite sides give its size: nothing is shrunk.

    Raises:
        InputError: LIMIT_EXCEEDED, no such part can lie in the picture.
    """
    image = decoded.image
    corners = np.array(region, np.float64)
    top, right, bottom, left = (float(np.hypot(*(corners[(at + 1) % 4] - corners[at]))) for at in range(4))
    width, height = max(top, bottom), max(left, right)
    sides = np.array([image.width, image.height])
    is_inside = bool(np.all(corners >= -_BEYOND * sides) and np.all(corners <= (1 + _BEYOND) * sides))
    is_convex = cv2.isContourConvex(corners.astype(np.float32))
    if not np.isfinite(corners).all() or not is_inside or not is_convex or min(width, height) < _LEAST_PX:
        raise InputError(InputCode.LIMIT_EXCEEDED, "no such part of the picture")
    size = round(width), round(height)
    flat = np.array([[0, 0], [size[0] - 1, 0], [size[0] - 1, size[1] - 1], [0, size[1] - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    frame = Frame(to_original=np.asarray(matrix, np.float64), width=size[0], height=size[1])
    page = replace(decoded, image=upright(image, placement_of(frame, image, 0, 0.0)), is_from_pdf=False)
    return Part(page=page, whole=image, frame=frame)
