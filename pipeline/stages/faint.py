"""Print so pale that it is taken for paper: a page that holds it is not blank.

What shines through from the back may be as dark. It differs by its rims: paper scatters light, so a print
seen through it is soft, and faded print on the page itself is sharp.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import PageImage, Pixels
from pipeline.stages.glyphs import Glyphs, even_picture, letters_of
from pipeline.stages.paper import MM_PER_INCH

#: Grain of paper and sensor is averaged away over this width, mm, and a second time over twice of it.
_GRAIN_MM: Final = 0.19
#: Pale ink is at least this much darker than paper, of 255, and this many times the grain that is left.
_LEAST_CONTRAST: Final = 22.0
_LEAST_OVER_GRAIN: Final = 6.0
#: Fewer letter-like marks (about three lines) are stains, folds and specks.
_FEWEST_MARKS: Final = 100
#: The second averaging takes such a share of the darkness of sharp strokes: pages at 12 and 18 % contrast
#: lost at least 0.31, print shining through with 10 to 20 % at most 0.28.
_LEAST_LOSS: Final = 0.29


def find_faint(image: PageImage) -> Glyphs | None:
    """Returns the letter-like pieces of pale print on a page that looks blank, if there is any."""
    even, dpi = even_picture(image)
    width = _GRAIN_MM * dpi / MM_PER_INCH
    averaged = np.asarray(cv2.GaussianBlur(even, (0, 0), width), np.uint8)
    paper = float(np.median(averaged))
    lighter = averaged[averaged >= paper].astype(np.float32) - paper
    grain = 1.4826 * float(np.median(lighter))
    threshold = paper - max(_LEAST_CONTRAST, _LEAST_OVER_GRAIN * grain)
    ink = np.asarray(cv2.threshold(averaged, threshold, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    found = letters_of(ink, dpi)
    if found.count < _FEWEST_MARKS or _loss(averaged, found.ink, paper, width) < _LEAST_LOSS:
        return None
    return found


def _loss(averaged: Pixels, ink: Pixels, paper: float, width: float) -> float:
    """Returns the share of darkness that averaging once more takes from the darkest parts of the marks."""
    twice = cv2.GaussianBlur(averaged, (0, 0), width * 3**0.5)
    once = averaged[ink > 0].astype(np.float32)
    core = once <= np.percentile(once, 30)
    darkness = paper - float(once[core].mean())
    return 1 - (paper - float(twice[ink > 0][core].mean())) / darkness
