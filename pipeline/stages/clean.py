"""The copy that the OCR engine sees; the archive never gets it.

Paper made even and white, seals seen through their own colour, leader dots and the boxes of single
digits taken out. Other lines of tables and forms stay: taking them out measured worse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.image import PageImage, Pixels
from pipeline.stages.background import even_background, to_grey
from pipeline.stages.bilevel import is_two_toned, smoothed
from pipeline.stages.bleed import without_bleed
from pipeline.stages.cleaning_steps import CleaningSteps
from pipeline.stages.combs import comb_lines
from pipeline.stages.glyphs import binarise
from pipeline.stages.leaders import leader_dots
from pipeline.stages.paper import LONGEST_CARD_MM, MM_PER_INCH
from pipeline.stages.pieces import find_pieces
from pipeline.stages.seal import Seal, seen_through
from pipeline.stages.specks import specks
from pipeline.stages.stamps import Stamp, find_stamps

#: Marks are told from letters near this resolution; finer pages are shrunk, coarser ones enlarged.
_FINEST_DPI: Final = 320.0
_COARSEST_DPI: Final = 180.0
_TARGET_DPI: Final = 300.0
#: The engine reads print of the usual sizes best, and fastest, near this resolution.
_READING_DPI: Final = 200.0
_NEARLY: Final = 1.15
#: Cards are printed in 5 points: they are enlarged further.
CARD_DPI: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cleaned:
    """A page made ready for recognition, and what was done to it.

    Attributes:
        image: grey; has its own size: scale boxes by the two widths and heights.
        taken: stable codes of the steps that changed the page, in order: ``INK_SEPARATED``,
            ``BACKGROUND_EVENED``, ``BLEED_SUPPRESSED``, ``LEADERS_REMOVED``, ``DIGIT_BOXES_REMOVED``,
            ``DESPECKLED``, ``BILEVEL_SMOOTHED``, ``READ_AT_<dpi>``. Their parameters are constants that
            the pipeline version stands for.
    """

    image: PageImage
    taken: tuple[str, ...]


def clean(
    image: PageImage,
    seals: tuple[Seal, ...],
    max_pixels: int,
    steps: CleaningSteps | None = None,
    stamps: tuple[Stamp, ...] | None = None,
) -> Cleaned:
    """Returns the upright page in grey, ready for recognition.

    Args:
        image: the upright page.
        seals: round red seals on it.
        max_pixels: the result has at most this many.
        steps: what may be done; everything unless told otherwise.
        stamps: coloured frames on it, where they are known already.
    """
    steps = steps or CleaningSteps()
    taken: list[str] = []
    grey, dpi = (
        _separated(image, seals, stamps, taken) if steps.separate_ink else to_grey(image.pixels),
        image.dpi,
    )
    if steps.rescale:
        grey, dpi = _scaled(grey, dpi, max_pixels)
    is_bilevel = image.is_bilevel or is_two_toned(grey)
    even, ink = _evened(grey, dpi, steps, taken, is_bilevel=is_bilevel)
    pieces = find_pieces(ink)
    none = np.zeros_like(ink)
    dots = leader_dots(ink, dpi, pieces) if steps.remove_leaders else none
    combs = comb_lines(ink, dpi) if steps.remove_combs else none
    dirt = specks(pieces, dpi) if steps.despeckle else none
    paper = _without_marks(even, ink, dots, combs)
    marks = (("LEADERS_REMOVED", dots), ("DIGIT_BOXES_REMOVED", combs), ("DESPECKLED", dirt))
    taken += [code for code, mask in marks if mask.any()]
    paper = np.asarray(cv2.max(paper, dirt), np.uint8)
    if steps.smooth_bilevel and is_bilevel:
        paper = _noted(taken, "BILEVEL_SMOOTHED", paper, smoothed(paper))
    if steps.rescale:
        paper, dpi = _shrunk(paper, dpi)
    if paper.shape != image.pixels.shape[:2]:
        taken.append(f"READ_AT_{round(dpi)}")
    return Cleaned(image=PageImage(pixels=paper, dpi=dpi, is_bilevel=image.is_bilevel), taken=tuple(taken))


def _separated(
    image: PageImage, seals: tuple[Seal, ...], stamps: tuple[Stamp, ...] | None, taken: list[str]
) -> Pixels:
    grey = to_grey(image.pixels)
    covering = tuple(
        stamp for stamp in (find_stamps(image) if stamps is None else stamps) if stamp.is_over_print
    )
    return _noted(taken, "INK_SEPARATED", grey, seen_through(image, grey, seals, covering))


def _evened(
    grey: Pixels, dpi: float, steps: CleaningSteps, taken: list[str], *, is_bilevel: bool
) -> tuple[Pixels, Pixels]:
    """Returns the page with even paper, nothing shining through, and its binarised ink."""
    even = grey
    if steps.even_background and not is_bilevel:
        even = _noted(taken, "BACKGROUND_EVENED", grey, even_background(grey))
    ink = binarise(even)
    if steps.suppress_bleed and not is_bilevel:
        even = _noted(taken, "BLEED_SUPPRESSED", even, without_bleed(even, ink, dpi))
    return even, ink


def _noted(taken: list[str], code: str, before: Pixels, after: Pixels) -> Pixels:
    """Notes a step that gave another picture."""
    if after is not before:
        taken.append(code)
    return after


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
