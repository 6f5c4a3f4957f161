"""Evening out paper: shadows, yellowed sheets and poor light become white."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels

#: The paper is looked at in a picture of about this many pixels on its longer side.
_COARSE_SIDE: Final = 500
#: Ink strokes and letters are bridged by a window of this share of the coarse picture.
_WINDOW_SHARE: Final = 0.03


def to_grey(pixels: Pixels) -> Pixels:
    """Returns the luminance, 8 bits."""
    return pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def even_background(grey: Pixels) -> Pixels:
    """Divides the picture by its own paper, so that paper is 255 everywhere and ink keeps its contrast."""
    height, width = grey.shape
    scale = _COARSE_SIDE / max(height, width)
    coarse = grey
    if scale < 1.0:
        coarse = np.asarray(
            cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    size = max(3, int(_WINDOW_SHARE * max(coarse.shape)) | 1)
    window = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    paper = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, window, borderType=cv2.BORDER_REPLICATE)
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, size), (0, 0), size / 3)
    paper = np.maximum(paper, 40)
    whole = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, whole, scale=255), dtype=np.uint8)
