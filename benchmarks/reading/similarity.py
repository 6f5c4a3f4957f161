"""Structural similarity of two grey pictures (Wang and others, 2004: Gaussian window of 11 px, sigma 1.5)."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Map = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_WINDOW: Final = (11, 11)
_SIGMA: Final = 1.5
#: (0.01 * 255)² and (0.03 * 255)² keep the quotients finite.
_LIGHT: Final = 6.5025
_CONTRAST: Final = 58.5225


def similarity_map(first: Grey, second: Grey) -> Map:
    """Returns the similarity around each pixel, -1 to 1; 1 where both are equal.

    Args:
        first: height x width, 8 bit.
        second: of the same size.
    """
    a, b = first.astype(np.float32), second.astype(np.float32)
    mean_a, mean_b = _blurred(a), _blurred(b)
    spread_a = _blurred(a * a) - mean_a * mean_a
    spread_b = _blurred(b * b) - mean_b * mean_b
    shared = _blurred(a * b) - mean_a * mean_b
    light = (2 * mean_a * mean_b + _LIGHT) / (mean_a * mean_a + mean_b * mean_b + _LIGHT)
    found = light * (2 * shared + _CONTRAST) / (spread_a + spread_b + _CONTRAST)
    return np.asarray(found, dtype=np.float32)


def mean_within(found: Map, mask: Mask) -> float:
    """Returns the mean over the pixels of the mask; NaN where it is empty."""
    return float(found[mask].mean()) if mask.any() else float("nan")


def _blurred(values: Map) -> Map:
    return np.asarray(cv2.GaussianBlur(values, _WINDOW, _SIGMA), dtype=np.float32)
