"""Whether two scans show the same sheet, fed twice."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from scanners.judgement.darkness import MAP_DPI

#: A sheet fed again lies within this of where it lay, mm.
_REACH_MM: Final = 4.0
#: Ink of one scan has at least this share of its darkness so near in another of the same sheet, px.
_PRESENT: Final = 0.45
_NEAR: Final = 2
#: Share of the ink that may differ between two scans of one sheet.
_MOST_DIFFERENT: Final = 0.006
#: In maps this many times smaller a sheet fed again is at least so like itself; most pairs end here.
_COARSE: Final = 4
_COARSE_LIKENESS: Final = 0.7
#: Sheets with less ink, as a share of all points, are too alike to tell.
_LEAST_INK: Final = 0.004

_Bools = npt.NDArray[np.bool_]


def is_same_sheet(one: Pixels, other: Pixels) -> bool:
    """Whether two darkness maps show the same sheet.

    Forms of one kind that different people filled in differ in the writing, which is little of the ink:
    that little decides, not the likeness of the whole.
    """
    if abs(one.shape[0] - other.shape[0]) > 12 or abs(one.shape[1] - other.shape[1]) > 12:
        return False
    height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    first, second = one[:height, :width], other[:height, :width]
    if min(_ink(first), _ink(second)) < _LEAST_INK:
        return False
    if not _may_be_same(first, second):
        return False
    placed = _placed(first, second)
    if placed is None:
        return False
    inner = slice(12, -12)
    share = max(_unmatched(first, placed), _unmatched(placed, first))
    return share <= _MOST_DIFFERENT if first[inner, inner].size else False


def _ink(picture: Pixels) -> float:
    return float((picture >= 60).mean())


def _may_be_same(first: Pixels, second: Pixels) -> bool:
    size = first.shape[1] // _COARSE, first.shape[0] // _COARSE
    small = [cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in (first, second)]
    soft = [cv2.GaussianBlur(each, (0, 0), 1.0) for each in small]
    likeness = cv2.matchTemplate(soft[1], soft[0][2:-2, 2:-2], cv2.TM_CCOEFF_NORMED)
    return float(likeness.max()) >= _COARSE_LIKENESS


def _placed(first: Pixels, second: Pixels) -> Pixels | None:
    """The second where it fits the first best, turned by a little and moved."""
    reach = round(_REACH_MM * MAP_DPI / 25.4)
    inner = first[reach:-reach, reach:-reach]
    if inner.size == 0 or inner.shape[0] < 40 or inner.shape[1] < 40:
        return None
    best: tuple[float, Pixels | None] = (0.0, None)
    centre = (first.shape[1] / 2, first.shape[0] / 2)
    for degrees in (0.0, -0.4, 0.4, -0.8, 0.8, -1.2, 1.2):
        turn = cv2.getRotationMatrix2D(centre, degrees, 1.0)
        turned = cv2.warpAffine(second, turn, (first.shape[1], first.shape[0])) if degrees else second
        likeness = cv2.matchTemplate(turned, inner, cv2.TM_CCOEFF_NORMED)
        _, score, _, (x, y) = cv2.minMaxLoc(likeness)
        if score > best[0]:
            shift = np.array([[1.0, 0.0, reach - x], [0.0, 1.0, reach - y]], np.float32)
            moved = cv2.warpAffine(turned, shift, (first.shape[1], first.shape[0]))
            best = score, np.asarray(moved, np.uint8)
    return best[1] if best[0] >= 0.6 else None


def _unmatched(one: Pixels, other: Pixels) -> float:
    """Share of the ink of one that the other has nothing near it for."""
    window = np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8)
    near = cv2.dilate(other, window)
    margin = slice(12, -12)
    ink: _Bools = one[margin, margin] >= 90
    lacking: _Bools = near[margin, margin] < _PRESENT * one[margin, margin]
    return float((ink & lacking).sum()) / max(1, int(ink.sum()))
