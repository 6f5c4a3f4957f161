"""What happened at the edges of a sheet: print cut off, corners folded over."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels

#: Print is at least so dark, of 255.
_PRINT: Final = 90
#: What is cut has the size of letters, mm; longer are frames and shadows.
_LETTER_MM: Final = (0.6, 9.0)
#: So many letters at one edge are a cut line of print, not dirt.
_CUT_LETTERS: Final = 5
#: A folded corner is a triangle with legs of this length, mm, neither of them much the longer.
_LEG_MM: Final = (8.0, 70.0)
_LEG_RATIO: Final = 0.33
#: A triangle fills half of its box.
_FILLING: Final = (0.38, 0.66)
#: What lies behind a folded corner differs so much from the paper, of 255.
_OTHER: Final = 60


def cut_edges(darkness: Pixels, dpi: float) -> int:
    """Returns how many of the four edges cut through print."""
    per_mm = dpi / 25.4
    band = max(4, round(_LETTER_MM[1] * per_mm))
    turned = (darkness, cv2.rotate(darkness, cv2.ROTATE_180))
    sides = (*turned, *(cv2.rotate(each, cv2.ROTATE_90_CLOCKWISE) for each in turned))
    return sum(_cut_letters(np.asarray(side[:band], np.uint8), per_mm) >= _CUT_LETTERS for side in sides)


def _cut_letters(band: Pixels, per_mm: float) -> int:
    """Letter-sized pieces that touch the first row, which is the edge."""
    ink = cv2.threshold(band, _PRINT, 255, cv2.THRESH_BINARY)[1]
    stats = cv2.connectedComponentsWithStats(np.asarray(ink, np.uint8), connectivity=8)[2][1:]
    top, across, down = stats[:, 1], stats[:, 2], stats[:, 3]
    low, high = _LETTER_MM[0] * per_mm, _LETTER_MM[1] * per_mm
    is_cut = (top <= 1) & (across >= low) & (across <= high) & (down >= low) & (down < band.shape[0])
    return int(is_cut.sum())


def folded_corners(grey: Pixels, dpi: float) -> int:
    """Returns how many corners show a triangle of what lies behind the sheet; 3 or 4 are a sheet askew."""
    paper = int(np.percentile(grey[::3, ::3], 75))
    reach = min(round(_LEG_MM[1] * dpi / 25.4), min(grey.shape) // 2)
    corners = (
        grey[:reach, :reach],
        grey[:reach, : -reach - 1 : -1],
        grey[: -reach - 1 : -1, :reach],
        grey[: -reach - 1 : -1, : -reach - 1 : -1],
    )
    found = sum(_is_fold(np.ascontiguousarray(each), paper, dpi / 25.4) for each in corners)
    return found if found <= 2 else 0


def _is_fold(corner: Pixels, paper: int, per_mm: float) -> bool:
    other = np.where(np.abs(corner.astype(np.int16) - paper) >= _OTHER, np.uint8(255), np.uint8(0))
    other = np.asarray(cv2.morphologyEx(other, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    labels, stats = cv2.connectedComponentsWithStats(other, connectivity=4)[1:3]
    label = int(labels[2, 2])
    if label == 0:
        return False
    left, top, across, down, area = (int(value) for value in stats[label])
    legs = across / per_mm, down / per_mm
    fits = min(legs) >= _LEG_MM[0] and max(legs) <= 0.95 * _LEG_MM[1] and min(legs) >= _LEG_RATIO * max(legs)
    is_half = _FILLING[0] <= area / (across * down) <= _FILLING[1]
    return fits and is_half and left + top <= 4 and _is_straight(labels == label, across, down)


def _is_straight(mask: npt.NDArray[np.bool_], across: int, down: int) -> bool:
    """Whether the piece is about the triangle between the two legs."""
    rows = np.arange(down)[:, None] / down
    columns = np.arange(across)[None, :] / across
    triangle = rows + columns <= 1.0
    piece = mask[:down, :across]
    overlap = float((piece & triangle).sum()) / float((piece | triangle).sum())
    return overlap >= 0.8
