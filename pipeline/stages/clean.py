"""The copy that the OCR engine sees; the archive never gets it.

Paper made even and white, seals seen through their own colour, leader dots and the boxes of single
digits taken out. Other lines of tables and forms stay: taking them out measured worse.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import PageImage, Pixels
from pipeline.stages.background import even_background
from pipeline.stages.combs import comb_lines
from pipeline.stages.glyphs import binarise
from pipeline.stages.leaders import leader_dots
from pipeline.stages.paper import LONGEST_CARD_MM, MM_PER_INCH
from pipeline.stages.seal import Seal, without_seals

#: Marks are told from letters near this resolution; finer pages are shrunk, coarser ones enlarged.
_FINEST_DPI: Final = 320.0
_COARSEST_DPI: Final = 180.0
_TARGET_DPI: Final = 300.0
#: The engine reads print of the usual sizes best, and fastest, near this resolution.
_READING_DPI: Final = 200.0
_NEARLY: Final = 1.15
#: Cards are printed in 5 points: they are enlarged further.
CARD_DPI: Final = 300.0


def clean(image: PageImage, seals: tuple[Seal, ...], max_pixels: int) -> PageImage:
    """Returns the upright page in grey, ready for recognition.

    The result has its own size: scale boxes by the two widths and heights.

    Args:
        image: the upright page.
        seals: round red seals on it.
        max_pixels: the result has at most this many.
    """
    grey = without_seals(image, seals)
    grey, dpi = _scaled(grey, image.dpi, max_pixels)
    even = grey if image.is_bilevel else even_background(grey)
    ink = binarise(even)
    paper = _without_marks(even, ink, leader_dots(ink, dpi), comb_lines(ink, dpi))
    paper, dpi = _shrunk(paper, dpi)
    return PageImage(pixels=paper, dpi=dpi, is_bilevel=image.is_bilevel)


def _shrunk(paper: Pixels, dpi: float) -> tuple[Pixels, float]:
    """Brings a page to the resolution that the engine reads best; dots and lines are gone by now."""
    if dpi <= _READING_DPI * _NEARLY or _is_card(paper, dpi):
        return paper, dpi
    factor = _READING_DPI / dpi
    small = cv2.resize(paper, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), _READING_DPI


def _without_marks(even: Pixels, ink: Pixels, dots: Pixels, combs: Pixels) -> Pixels:
    """Whitens dots and lines with their blurred rims; letters that they touch keep their own rims."""
    if not dots.any() and not combs.any():
        return even
    marks = cv2.max(dots, combs)
    around = cv2.max(
        cv2.dilate(dots, np.ones((5, 5), np.uint8)), cv2.dilate(combs, np.ones((3, 3), np.uint8))
    )
    letters = cv2.bitwise_and(ink, cv2.bitwise_not(marks))
    letters = cv2.dilate(letters, np.ones((2, 3), np.uint8), anchor=(1, 0))
    free = cv2.bitwise_and(around, cv2.bitwise_not(letters))
    return np.asarray(cv2.max(even, cv2.max(marks, free)), np.uint8)


def _scaled(grey: Pixels, dpi: float, max_pixels: int) -> tuple[Pixels, float]:
    factor = 1.0 if _COARSEST_DPI <= dpi <= _FINEST_DPI else _TARGET_DPI / dpi
    if _is_card(grey, dpi):
        factor = max(1.0, CARD_DPI / dpi)
    factor = min(factor, (max_pixels / grey.size) ** 0.5)
    if factor == 1.0:
        return grey, dpi
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how), np.uint8), dpi * factor


def _is_card(grey: Pixels, dpi: float) -> bool:
    return bool(max(grey.shape) / dpi * MM_PER_INCH <= LONGEST_CARD_MM)
