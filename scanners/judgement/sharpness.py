"""How sharp the edges of print are: the width over which paper turns to ink."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels

#: Edges with less contrast say nothing, of 255.
_LEAST_CONTRAST: Final = 60
#: Fewer edge points say nothing.
_FEWEST_POINTS: Final = 400


def edge_width_mm(fine: Pixels, dpi: float) -> float:
    """Returns the usual width of the sharper edges, mm; 0 where there are too few edges to tell.

    Args:
        fine: luminance.
        dpi: of it.
    """
    window = np.ones((7, 7), np.uint8)
    contrast = cv2.subtract(cv2.dilate(fine, window), cv2.erode(fine, window))
    across = cv2.Scharr(fine, cv2.CV_16S, 1, 0)
    down = cv2.Scharr(fine, cv2.CV_16S, 0, 1)
    steep = cv2.max(cv2.convertScaleAbs(across, alpha=1 / 32), cv2.convertScaleAbs(down, alpha=1 / 32))
    # Only the steepest points between paper and ink count: rims of blurs and of noise are flat.
    is_crest = (steep == cv2.dilate(steep, np.ones((3, 3), np.uint8))) & (contrast >= _LEAST_CONTRAST)
    is_crest &= steep > 0
    if int(is_crest.sum()) < _FEWEST_POINTS:
        return 0.0
    width = contrast[is_crest].astype(np.float32) / steep[is_crest].astype(np.float32)
    return float(np.percentile(width, 30)) / dpi * 25.4
