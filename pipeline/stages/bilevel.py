"""One-bit pages: holes filled, ragged edges made smooth and grey, as the engine's model knows print."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels

#: Shades between ink and paper that a page of one bit has at most (a JPEG of it has some), of its ink.
_MOST_SHADES: Final = 0.12
_DARK, _LIGHT = 48, 208
#: Widths of strokes in px stay; the staircase of their edges goes.
_BLUR: Final = 0.5


def is_two_toned(grey: Pixels) -> bool:
    """Whether a grey page was scanned with one bit a pixel, whatever file it came in."""
    counts = np.bincount(grey[::2, ::2].ravel(), minlength=256)
    ink, shades = int(counts[:_DARK].sum()), int(counts[_DARK:_LIGHT].sum())
    return ink > 0 and shades <= _MOST_SHADES * ink


def smoothed(bits: Pixels) -> Pixels:
    """Returns a one-bit page with pinholes filled, single bumps taken off and edges in grey."""
    return np.asarray(cv2.GaussianBlur(_filled(bits), (0, 0), _BLUR), np.uint8)


def _filled(bits: Pixels) -> Pixels:
    """Turns pixels that all but one of their four neighbours contradict."""
    ink = np.asarray(bits < 128, np.uint8)
    cross = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32)
    around = cv2.filter2D(ink, -1, cross, borderType=cv2.BORDER_REPLICATE)
    result = bits.copy()
    result[(ink == 0) & (around == 4)] = 0
    return result
