"""Print that shines through from the back: whitened where the page's own ink is dark."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels

#: What shines through is at most this dark, of the page's own ink.
_MOST_DARKNESS: Final = 0.4
#: Own ink is at least this dark (255 = black); pages that are pale altogether are left alone.
_LEAST_INK: Final = 110
#: Lighter is paper with its grain.
_PAPER: Final = 243
#: Noise is averaged away before pale marks are looked for; this wide, px.
_GRAIN: Final = 1.5
#: Pale marks that cover less of the page are not worth touching it for.
_LEAST_SHARE: Final = 0.006
#: Rims of letters reach this many px beyond their ink, in a sharp picture and in an averaged one.
_RIM: Final = 2
_BROAD_RIM: Final = 6


def without_bleed(even: Pixels, ink: Pixels) -> Pixels:
    """Returns the page without pale marks that touch no ink; the same page where there are hardly any.

    Args:
        even: grey page with even paper.
        ink: its binarised ink, 255 on 0.
    """
    inked = even[ink > 0]
    if inked.size == 0:
        return even
    darkness = 255 - float(np.percentile(inked, 25))
    if darkness < _LEAST_INK:
        return even
    level = 255 - _MOST_DARKNESS * darkness
    averaged = np.asarray(cv2.GaussianBlur(even, (0, 0), _GRAIN), np.uint8)
    if cv2.countNonZero(_pale(averaged, ink, level, _BROAD_RIM)) < _LEAST_SHARE * even.size:
        return even
    return np.asarray(cv2.max(even, _pale(even, ink, level, _RIM)), np.uint8)


def _pale(even: Pixels, ink: Pixels, level: float, rim: int) -> Pixels:
    """Returns a mask (255) of what is neither paper nor ink nor next to ink."""
    near = cv2.dilate(ink, np.ones((2 * rim + 1, 2 * rim + 1), np.uint8))
    return np.asarray(cv2.bitwise_and(cv2.inRange(even, int(level), _PAPER), cv2.bitwise_not(near)), np.uint8)
