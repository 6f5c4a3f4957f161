"""Dotted leader lines of forms: rows of dots that are no text and mislead recognition."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from pipeline.stages.paper import MM_PER_INCH

#: A leader dot is at most this wide and high, mm.
_LARGEST_MM: Final = 0.85
#: Neighbouring dots of one leader are at most this far apart, mm.
_WIDEST_GAP_MM: Final = 2.2
#: Dots of one leader stand level within this, mm.
_LEVEL_MM: Final = 0.45
#: Fewer dots in a row than this may be an ellipsis or the dots under letters.
_FEWEST: Final = 6


def leader_dots(ink: Pixels, dpi: float) -> Pixels:
    """Returns a mask (255) of the leader dots in a binarised page (ink 255)."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    most = max(3.0, _LARGEST_MM * dpi / MM_PER_INCH)
    is_dot = (stats[:, cv2.CC_STAT_WIDTH] <= most) & (stats[:, cv2.CC_STAT_HEIGHT] <= most)
    is_dot[0] = False
    numbers = np.arange(count)[is_dot]
    chosen = np.zeros(count, bool)
    for run in _runs(np.asarray(centres[is_dot], np.float64), dpi):
        chosen[numbers[run]] = True
    return np.where(chosen[labels], np.uint8(255), np.uint8(0))


def _runs(centres: npt.NDArray[np.float64], dpi: float) -> list[npt.NDArray[np.int64]]:
    """Chains dots to the next one on their right; returns chains that are long enough."""
    gap, level = _WIDEST_GAP_MM * dpi / MM_PER_INCH, _LEVEL_MM * dpi / MM_PER_INCH
    order = np.argsort(centres[:, 0], kind="stable")
    x, y = centres[order, 0], centres[order, 1]
    ends = np.searchsorted(x, x + gap, side="right")
    follower = np.full(len(x), -1)
    for index, end in enumerate(ends):
        near = np.nonzero(np.abs(y[index + 1 : end] - y[index]) <= level)[0]
        if near.size:
            follower[index] = index + 1 + near[0]
    heads = np.setdiff1d(np.arange(len(x)), follower[follower >= 0])
    runs = []
    for head in heads:
        run = [int(head)]
        while follower[run[-1]] >= 0:
            run.append(int(follower[run[-1]]))
        if len(run) >= _FEWEST:
            runs.append(order[np.array(run)])
    return runs
