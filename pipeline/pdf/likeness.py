"""Whether a newly encoded page still looks like the page: structural similarity (SSIM), place by place."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from pipeline.stages.paper import MM_PER_INCH

#: Pages are compared as they look at this resolution.
_DPI: Final = 100.0
#: Windows of SSIM, px, and its two constants for 8 bits.
_WINDOW: Final = 7
_C1: Final = (0.01 * 255) ** 2
_C2: Final = (0.03 * 255) ** 2
#: Places that are judged by themselves, mm.
_PLACE_MM: Final = 6.0
#: Standard deviation of grey from which a place holds something: paper has less.
_LEAST_CONTRAST: Final = 4.0
#: The whole page, and the worst of its places, must reach this.
_LEAST_LIKENESS: Final = 0.98
_LEAST_PLACE: Final = 0.75

Map = npt.NDArray[np.float32]


def is_alike(one: Pixels, two: Pixels, dpi: float) -> bool:
    """Returns whether two pictures of one page, of the same size, look alike on the whole and everywhere."""
    whole, worst = likeness(one, two, dpi)
    return whole >= _LEAST_LIKENESS and worst >= _LEAST_PLACE


def likeness(one: Pixels, two: Pixels, dpi: float) -> tuple[float, float]:
    """Returns SSIM of the whole page and of the worst place that holds something; 1 is the same.

    Args:
        one: grey.
        two: as many pixels, grey.
        dpi: of both.
    """
    similar, variance = _ssim(_seen(one, dpi), _seen(two, dpi))
    size = max(3, round(_PLACE_MM / MM_PER_INCH * min(dpi, _DPI)))
    places, contrast = _means(similar, size), _means(variance, size)
    held = places[contrast >= _LEAST_CONTRAST**2]
    return float(similar.mean()), float(held.min()) if held.size else 1.0


def _seen(grey: Pixels, dpi: float) -> Map:
    factor = _DPI / dpi
    if factor < 1.0:
        grey = np.asarray(
            cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8
        )
    return grey.astype(np.float32)


def _ssim(one: Map, two: Map) -> tuple[Map, Map]:
    """Returns the similarity of every pixel, and the variance of the first picture there."""
    mean_one, mean_two = _mean(one), _mean(two)
    variance_one = _mean(one * one) - mean_one * mean_one
    variance_two = _mean(two * two) - mean_two * mean_two
    shared = _mean(one * two) - mean_one * mean_two
    alike = (2 * mean_one * mean_two + _C1) * (2 * shared + _C2)
    most = (mean_one**2 + mean_two**2 + _C1) * (variance_one + variance_two + _C2)
    return np.asarray(alike / most, np.float32), np.asarray(variance_one, np.float32)


def _mean(values: Map) -> Map:
    return np.asarray(cv2.blur(values, (_WINDOW, _WINDOW)), np.float32)


def _means(values: Map, size: int) -> Map:
    across, down = max(1, values.shape[1] // size), max(1, values.shape[0] // size)
    return np.asarray(cv2.resize(values, (across, down), interpolation=cv2.INTER_AREA), np.float32)
