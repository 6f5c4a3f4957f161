"""What on a page is the size of a letter: the ground for skew, orientation and blankness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels
from pipeline.stages.background import even_background, to_grey
from pipeline.stages.paper import MM_PER_INCH

#: Letters are looked for at this resolution: enough for 6-point print, a quarter of the pixels of a scan.
WORKING_DPI: Final = 150.0
#: Heights of letters with their marks, mm; smaller is dirt, larger is a picture, a line or a hole.
_LOWEST_MM: Final = 0.8
_HIGHEST_MM: Final = 9.0
#: Longest letter-like thing (letters that touch), mm.
_WIDEST_MM: Final = 14.0
#: Ink is at least this much darker than its paper (255 = paper); what shines through from the back is not.
_DARKEST_THRESHOLD: Final = 110.0
_LIGHTEST_THRESHOLD: Final = 190.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glyphs:
    """Letter-like pieces of ink.

    Attributes:
        boxes: (n, 4) left, top, width, height in px of the working picture.
        ink: their pixels, 255 on 0.
        all_ink: every dark pixel, lines and pictures too.
        dpi: resolution of the working picture.
    """

    boxes: npt.NDArray[np.int32]
    ink: Pixels
    all_ink: Pixels
    dpi: float

    @property
    def count(self) -> int:
        """Number of pieces."""
        return int(self.boxes.shape[0])


def find_glyphs(image: PageImage) -> Glyphs:
    """Finds the letter-like pieces of a page in any orientation."""
    even, dpi = even_picture(image)
    return letters_of(binarise(even), dpi)


def even_picture(image: PageImage) -> tuple[Pixels, float]:
    """Returns the page in grey with even paper at the working resolution, and that resolution in dpi."""
    grey, dpi = _working_picture(image)
    return (grey if image.is_bilevel else even_background(grey)), dpi


def letters_of(all_ink: Pixels, dpi: float) -> Glyphs:
    """Keeps what has the size of letters of binarised ink, 255 on 0."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(all_ink, connectivity=8)
    per_mm = dpi / MM_PER_INCH
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    filling = stats[:, cv2.CC_STAT_AREA] / np.maximum(1, width * height)
    is_glyph = (
        (longer >= _LOWEST_MM * per_mm) & (longer <= _WIDEST_MM * per_mm)
        & (shorter <= _HIGHEST_MM * per_mm) & (shorter >= 2) & (filling > 0.08) & (filling < 0.95)
    )  # fmt: skip
    is_glyph[0] = False
    ink = np.where(is_glyph[labels], np.uint8(255), np.uint8(0))
    boxes = stats[np.arange(count)[is_glyph], :4].astype(np.int32)
    return Glyphs(boxes=boxes, ink=ink, all_ink=all_ink, dpi=dpi)


def binarise(even: Pixels) -> Pixels:
    """Returns ink as 255 on 0, from a picture with even paper."""
    found, _ = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    threshold = min(_LIGHTEST_THRESHOLD, max(_DARKEST_THRESHOLD, found))
    return np.asarray(cv2.threshold(even, threshold, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def _working_picture(image: PageImage) -> tuple[Pixels, float]:
    scale = WORKING_DPI / image.dpi
    pixels = image.pixels
    if scale < 0.95:
        pixels = np.asarray(
            cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    return to_grey(pixels), min(image.dpi, WORKING_DPI)
