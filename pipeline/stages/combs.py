"""Rows of boxes for single digits: their lines are taken out, so that the digits stand free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from pipeline.stages.paper import MM_PER_INCH

_WORKING_DPI: Final = 150.0
#: Height and distance of the upright strokes of a row of boxes, mm.
_HEIGHT_MM: Final = (3.8, 11.0)
_STEP_MM: Final = (3.2, 9.5)
#: Strokes of one row begin at the same height within this, mm.
_LEVEL_MM: Final = 0.8
#: A row has at least this many strokes, at even steps.
_FEWEST: Final = 7
_EVEN: Final = 0.15
#: Lines are at most this thick, mm.
_THICK_MM: Final = 0.7

_Strokes = npt.NDArray[np.int32]


def comb_lines(ink: Pixels, dpi: float) -> Pixels:
    """Returns a mask (255) of the lines of digit boxes in a binarised page (ink 255)."""
    scale = min(1.0, _WORKING_DPI / dpi)
    coarse = np.asarray(
        cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) > 90, np.uint8
    )
    per_mm = dpi * scale / MM_PER_INCH
    tall = cv2.getStructuringElement(cv2.MORPH_RECT, (1, int(_HEIGHT_MM[0] * per_mm)))
    upright = cv2.morphologyEx(cv2.dilate(coarse, np.ones((1, 2), np.uint8)), cv2.MORPH_OPEN, tall)
    strokes = cv2.connectedComponentsWithStats(np.asarray(upright, np.uint8))[2][1:].astype(np.int32)
    mask = np.zeros_like(coarse)
    for row in _rows(strokes, per_mm):
        _mark(mask, coarse, row, per_mm)
    if not mask.any():
        return np.zeros_like(ink)
    whole = cv2.resize(mask, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole * 255, np.uint8)


def _rows(strokes: _Strokes, per_mm: float) -> Iterator[_Strokes]:
    """Yields strokes that stand level at even steps."""
    is_fit = (
        (strokes[:, 3] >= _HEIGHT_MM[0] * per_mm) & (strokes[:, 3] <= _HEIGHT_MM[1] * per_mm)
        & (strokes[:, 2] <= 2 * _THICK_MM * per_mm)
    )  # fmt: skip
    rest = strokes[is_fit]
    while len(rest) >= _FEWEST:
        is_level = np.abs(rest[:, 1] - rest[0, 1]) <= _LEVEL_MM * per_mm
        level = rest[is_level][np.argsort(rest[is_level][:, 0])]
        rest = rest[~is_level]
        yield from _runs(level, per_mm)


def _runs(level: _Strokes, per_mm: float) -> Iterator[_Strokes]:
    steps = np.diff(level[:, 0]) / per_mm
    start = 0
    for place in range(len(level)):
        is_end = place == len(steps) or not _STEP_MM[0] <= steps[place] <= _STEP_MM[1]
        if is_end:
            run = steps[start:place]
            if len(run) + 1 >= _FEWEST and np.abs(run - np.median(run)).mean() <= _EVEN * np.median(run):
                yield level[start : place + 1]
            start = place + 1


def _mark(mask: Pixels, ink: Pixels, row: Sequence[npt.NDArray[np.int32]] | _Strokes, per_mm: float) -> None:
    """Marks the strokes and the level lines that close the boxes above and below."""
    strokes = np.asarray(row)
    for left, top, width, height, _area in strokes:
        mask[max(0, top - 1) : top + height + 1, max(0, left - 1) : left + width + 1] = 1
    left, right = int(strokes[0, 0]), int(strokes[-1, 0] + strokes[-1, 2])
    reach = max(2, round(_THICK_MM * per_mm))
    length = int(0.6 * float(np.median(np.diff(strokes[:, 0]))))
    for level in (int(np.median(strokes[:, 1])), int(np.median(strokes[:, 1] + strokes[:, 3]))):
        band = slice(max(0, level - reach), level + reach + 1)
        lines = cv2.morphologyEx(
            ink[band, left:right], cv2.MORPH_OPEN, np.ones((1, max(3, length)), np.uint8)
        )
        mask[band, left:right] |= np.asarray(cv2.dilate(lines, np.ones((3, 1), np.uint8)), np.uint8)
