"""Filling what is unknown in a picture smoothly from what surrounds it."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels

_SMALLEST_SIDE: Final = 8
#: Every level is so many times smaller than the one before.
_STEP: Final = 4
#: A pixel of a coarser level counts if so much of it is known, of 255.
_ENOUGH: Final = 31


def filled(pixels: Pixels, known: Pixels) -> Pixels:
    """Returns the picture with every unknown pixel painted over.

    Args:
        pixels: (height, width) or (height, width, 3).
        known: (height, width), 255 where ``pixels`` count, 0 where not.
    """
    if min(pixels.shape[:2]) <= _SMALLEST_SIDE:
        return _flat(pixels, known)
    size = (-(-pixels.shape[1] // _STEP), -(-pixels.shape[0] // _STEP))
    weight = cv2.resize(known, size, interpolation=cv2.INTER_AREA)
    kept = cv2.bitwise_and(pixels, pixels, mask=known)
    total = cv2.resize(kept, size, interpolation=cv2.INTER_AREA)
    divisor = np.maximum(weight, 1)
    mean = cv2.divide(total, divisor if pixels.ndim == 2 else cv2.merge([divisor] * 3), scale=255)
    is_known = cv2.threshold(weight, _ENOUGH, 255, cv2.THRESH_BINARY)[1]
    coarse = filled(np.asarray(mean, np.uint8), np.asarray(is_known, np.uint8))
    whole = cv2.resize(coarse, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.copyTo(pixels, known, whole), np.uint8)


def _flat(pixels: Pixels, known: Pixels) -> Pixels:
    """Paints what is unknown in the mean of the rest, in white where nothing is known."""
    result = pixels.copy()
    is_known = known > 0
    result[~is_known] = pixels[is_known].mean(axis=0) if is_known.any() else 255
    return result
