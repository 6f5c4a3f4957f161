"""The part of a page that carries anything, where that is no larger than a card on a scanner's white bed."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.stages.background import even_background, to_grey
from pipeline.stages.glyphs import binarise
from pipeline.stages.paper import LONGEST_CARD_MM, MM_PER_INCH

_WORKING_DPI: Final = 60.0
#: Specks below this do not count, mm.
_SPECK_MM: Final = 1.2
#: White left around the content, mm.
_MARGIN_MM: Final = 4.0


def card_window(image: PageImage) -> Box:
    """Returns the part to be recognised: a card with some white around it, or the whole page."""
    whole = Box(left=0, top=0, right=image.width, bottom=image.height)
    scale = min(1.0, _WORKING_DPI / image.dpi)
    coarse = np.asarray(
        cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    ink = binarise(even_background(to_grey(coarse)))
    per_mm = image.dpi * scale / MM_PER_INCH
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    kept = stats[np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _SPECK_MM * per_mm]
    if not len(kept):
        return whole
    margin = _MARGIN_MM * per_mm
    left, top = kept[:, 0].min() - margin, kept[:, 1].min() - margin
    right, bottom = (kept[:, 0] + kept[:, 2]).max() + margin, (kept[:, 1] + kept[:, 3]).max() + margin
    if max(right - left, bottom - top) > LONGEST_CARD_MM * per_mm:
        return whole
    return Box(
        left=max(0, int(left / scale)),
        top=max(0, int(top / scale)),
        right=min(image.width, round(right / scale)),
        bottom=min(image.height, round(bottom / scale)),
    )


def part_of(image: PageImage, window: Box) -> PageImage:
    """Returns the window as a page of its own."""
    pixels = image.pixels[window.top : window.bottom, window.left : window.right]
    return PageImage(pixels=np.ascontiguousarray(pixels), dpi=image.dpi, is_bilevel=image.is_bilevel)
