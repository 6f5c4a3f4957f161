"""The line of a name in the darkest ink alone: a seal on a grey scan is paler than print.

Where no colour tells print from seal, darkness often does. The words that are known to belong to the name say
how dark its ink is; what is clearly paler becomes paper. On pages of two tones nothing is paler.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels

#: Share of the darkest and of the palest points that tell the levels of ink and paper, per cent.
_INK_PERCENTILE: Final = 4.0
_PAPER_PERCENTILE: Final = 85.0
#: Between ink (0) and paper (1): up to here ink stays black, from here on all is paper.
_BLACK: Final = 0.12
_WHITE: Final = 0.5
#: Ink and paper of which less than this is apart cannot be told from what lies between.
_LEAST_CONTRAST: Final = 60.0
#: So much of the print is of two tones on a page without greys.
_TWO_TONES: Final = 0.97
#: Margin around the line in heights of it.
_MARGIN: Final = 0.45


def darkest_line(image: PageImage, box: Box, *, before: float) -> Pixels | None:
    """Returns a line without what is paler than its print, dark on white.

    Args:
        image: the upright page.
        box: the words that are known; px of the page.
        before: how far the line is cut to the left of them, in heights of the box.

    Returns:
        ``None`` on a page of two tones, or where ink and paper are not far enough apart.
    """
    height = box.bottom - box.top
    margin = int(_MARGIN * height)
    left, top = max(0, int(box.left - before * height)), max(0, box.top - margin)
    cut = image.pixels[top : box.bottom + margin, left : box.right + margin]
    if not cut.size:
        return None
    # Red ink is as bright as paper in the red channel.
    grey = np.asarray(cut if cut.ndim == 2 else cut[:, :, 0], np.float32)
    known = grey[box.top - top : box.bottom - top, box.left - left : box.right - left]
    ink, paper = np.percentile(known, _INK_PERCENTILE), np.percentile(grey, _PAPER_PERCENTILE)
    if paper - ink < _LEAST_CONTRAST or _is_two_toned(grey):
        return None
    share = (grey - ink) / (paper - ink)
    stretched = np.clip((share - _BLACK) / (_WHITE - _BLACK), 0.0, 1.0) * 255.0
    return np.asarray(cv2.GaussianBlur(stretched, (0, 0), 0.6), np.uint8)


def _is_two_toned(grey: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> bool:
    return float(((grey < 8) | (grey > 247)).mean()) > _TWO_TONES
