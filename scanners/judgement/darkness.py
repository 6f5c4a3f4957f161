"""How much darker than its paper every point of a page is, coloured ink included."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels
from pipeline.stages.background import even_background

#: Resolution of the map that pages are compared by.
MAP_DPI: Final = 50.0


def darkness_of(darkest: Pixels, *, is_bilevel: bool) -> Pixels:
    """Returns 0 for paper to 255 for black, with shadows and the tint of the paper taken out."""
    even = darkest if is_bilevel else even_background(darkest)
    return np.asarray(cv2.bitwise_not(even), np.uint8)


def map_of(darkness: Pixels, dpi: float) -> Pixels:
    """Returns the darkness at ``MAP_DPI``: small enough to be kept, fine enough to tell lines apart."""
    size = (
        max(8, round(darkness.shape[1] * MAP_DPI / dpi)),
        max(8, round(darkness.shape[0] * MAP_DPI / dpi)),
    )
    return np.asarray(cv2.resize(darkness, size, interpolation=cv2.INTER_AREA), np.uint8)
