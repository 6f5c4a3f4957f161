"""Printed tables: where their lines run, and in which cell a place lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.image import PageImage, Pixels
from pipeline.stages.glyphs import binarise
from pipeline.stages.paper import MM_PER_INCH

_WORKING_DPI: Final = 120.0
#: Shorter strokes are letters and leaders, mm.
_SHORTEST_MM: Final = 6.0
#: A table has at least this many lines each way, and is at least this large, mm.
_FEWEST_LINES: Final = 3
_SMALLEST_MM: Final = 12.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """One ruled table; px of the page at ``scale`` of the working pictures.

    Attributes:
        left: px of the page.
        top: px of the page.
        right: px of the page.
        bottom: px of the page.
        across: its horizontal lines, 255 on 0, in the working picture of the whole page.
        down: its vertical lines, likewise.
        scale: px of the working picture for one px of the page.
    """

    left: float
    top: float
    right: float
    bottom: float
    across: Pixels
    down: Pixels
    scale: float

    def holds(self, x: float, y: float) -> bool:
        """Returns whether a point (px of the page) lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Returns row and column of the cell around a point: how many lines are above it and left of it."""
        column = min(self.across.shape[1] - 1, max(0, round(x * self.scale)))
        row = min(self.across.shape[0] - 1, max(0, round(y * self.scale)))
        above = self.across[round(self.top * self.scale) : row, column]
        before = self.down[row, round(self.left * self.scale) : column]
        return _strokes(above), _strokes(before)


def find_tables(image: PageImage) -> tuple[Table, ...]:
    """Returns the ruled tables of a cleaned page, from top to bottom."""
    scale = min(1.0, _WORKING_DPI / image.dpi)
    coarse = np.asarray(
        cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    ink = binarise(coarse)
    length = max(9, int(_SHORTEST_MM * image.dpi * scale / MM_PER_INCH))
    across = _lines(ink, (length, 1))
    down = _lines(ink, (1, length))
    _, _, stats, _ = cv2.connectedComponentsWithStats(
        np.asarray(cv2.dilate(across | down, np.ones((3, 3), np.uint8)))
    )
    least = _SMALLEST_MM * image.dpi * scale / MM_PER_INCH
    tables = []
    for left, top, width, height, _area in stats[1:]:
        part = (slice(top, top + height), slice(left, left + width))
        if min(width, height) < least or not _is_grid(across[part], down[part], least / 3):
            continue
        tables.append(
            Table(
                left=left / scale, top=top / scale,
                right=(left + width) / scale, bottom=(top + height) / scale,
                across=across, down=down, scale=scale,
            )
        )  # fmt: skip
    return tuple(sorted(tables, key=lambda table: table.top))


def _lines(ink: Pixels, window: tuple[int, int]) -> Pixels:
    """Keeps strokes at least as long as the window; small breaks and slants are forgiven."""
    fattened = cv2.dilate(ink, np.ones((1, 3) if window[1] > 1 else (3, 1), np.uint8))
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, window)
    return np.asarray(cv2.morphologyEx(fattened, cv2.MORPH_OPEN, kernel), np.uint8)


def _is_grid(across: Pixels, down: Pixels, apart: float) -> bool:
    """Whether enough lines run each way; lines closer than ``apart`` px are one, as in a double frame."""
    rows = (across > 0).mean(axis=1) > 0.3
    columns = (down > 0).mean(axis=0) > 0.3
    return min(_apart(rows, apart), _apart(columns, apart)) >= _FEWEST_LINES


def _apart(line: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], apart: float) -> int:
    """Counts places that are marked and at least so many px from the one counted before."""
    count, last = 0, -np.inf
    for place in np.nonzero(line)[0]:
        if place - last >= apart:
            count, last = count + 1, float(place)
    return count


def _strokes(line: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> int:
    """Counts the separate strokes that a walk along ``line`` meets."""
    met = np.asarray(line, bool).ravel()
    if not met.size:
        return 0
    return int(np.count_nonzero(met[1:] & ~met[:-1])) + int(met[0])
