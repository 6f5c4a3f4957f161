"""Print that shines through from the back, and other pale ground: whitened where the page's own ink is dark."""

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
#: Pale ground below this share of the page is not worth touching it for.
_LEAST_SHARE: Final = 0.004
#: Rims of letters reach this many px beyond their ink.
_RIM: Final = 2


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
    near = cv2.dilate(ink, np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8))
    pale = cv2.bitwise_and(cv2.inRange(even, int(level), _PAPER), cv2.bitwise_not(near))
    if cv2.countNonZero(pale) < _LEAST_SHARE * even.size:
        return even
    return np.asarray(cv2.max(even, pale), np.uint8)
