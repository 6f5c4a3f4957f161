"""The lines of single frames, taken out of the picture that the engine reads; letters on them stay.

An engine takes a stamp's frame for letters, and reads the rows beside it together with the rows in it. Lines
of tables stay: taking them out measured worse. The picture with its lines still tells the layout.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels
from pipeline.stages.grids import Grid
from pipeline.stages.paper import MM_PER_INCH
from pipeline.stages.tables import Ruling, is_table

#: What is darker than this is ink, of 255; the rim of a line is darker than paper.
_INK: Final = 170
_RIM: Final = 245
#: A side of a turned frame strays this far from where it is thought to run, mm.
_STRAY_MM: Final = 1.3
#: A line is at most this thick, mm; what is thicker across it is a letter that stands on it.
_THICKEST_MM: Final = 1.0
#: Where it is so many times as thick as usual, it runs along a stroke of a letter, which stays.
_THICKER: Final = 1.5
#: Its pieces lie so near to one straight line, mm.
_BESIDE_MM: Final = 0.5
#: Pieces of a line are at least this long between the letters that cross it, mm.
_SHORTEST_MM: Final = 2.2

_Bools = npt.NDArray[np.bool_]


def without_frame_lines(prepared: PageImage, ruling: Ruling) -> PageImage:
    """Returns the cleaned page without the lines of its frames; the same picture where there are none.

    Args:
        prepared: the cleaned page, dark on even paper.
        ruling: its tables and frames.
    """
    frames = [grid for grid in ruling.grids if not is_table(grid, ruling.rules)]
    if not frames:
        return prepared
    pixels = prepared.pixels.copy()
    for frame in frames:
        _erase(pixels, frame, ruling, prepared.dpi / MM_PER_INCH)
    return replace(prepared, pixels=pixels)


def _erase(pixels: Pixels, frame: Grid, ruling: Ruling, per_mm: float) -> None:
    reach = round(_STRAY_MM * per_mm)
    for cell in frame.cells:
        upper_left, upper_right, lower_left, lower_right = (
            ruling.rules.on_page(x, y) for y in (cell.top, cell.bottom) for x in (cell.left, cell.right)
        )
        for one, other in ((upper_left, upper_right), (lower_left, lower_right)):
            _erase_level(_band(pixels, one, other, reach), per_mm)
        for one, other in ((upper_left, lower_left), (upper_right, lower_right)):
            _erase_level(_band(pixels, one, other, reach).T, per_mm)


def _band(pixels: Pixels, one: tuple[float, float], other: tuple[float, float], reach: int) -> Pixels:
    left, right = sorted((int(one[0]), int(other[0])))
    top, bottom = sorted((int(one[1]), int(other[1])))
    return pixels[max(0, top - reach) : bottom + reach + 1, max(0, left - reach) : right + reach + 1]


def _erase_level(band: Pixels, per_mm: float) -> None:
    """Whitens, in place, the level line of a band where no letter crosses it."""
    if not band.size:
        return
    line = _line_pieces(np.asarray(band < _INK), per_mm)
    rim = cv2.dilate(line, np.ones((3, 3), np.uint8))
    rim = np.asarray(rim > 0) & (line == 0) & (band >= _INK) & (band < _RIM)
    letters = cv2.dilate(np.asarray((band < _INK) & (line == 0), np.uint8), np.ones((3, 3), np.uint8))
    band[(line > 0) | (rim & (letters == 0))] = 255


def _line_pieces(ink: _Bools, per_mm: float) -> Pixels:
    """Returns the pieces of thin ink, 255, that lie on one straight line and are as thin as most of it."""
    thin = _on_one_line(_long_pieces(ink, _THICKEST_MM * per_mm, per_mm), per_mm)
    if not thin.any():
        return thin
    usual = float(np.median(np.count_nonzero(thin, axis=0)[thin.any(axis=0)]))
    return _on_one_line(_long_pieces(ink, _THICKER * usual + 1, per_mm), per_mm)


def _long_pieces(ink: _Bools, thickest: float, per_mm: float) -> Pixels:
    window = np.ones((max(2, round(thickest)) + 1, 1), np.uint8)
    thick = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, window)
    thin = np.asarray(ink & (thick == 0), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(thin, connectivity=8)
    is_long = stats[:, cv2.CC_STAT_WIDTH] >= _SHORTEST_MM * per_mm
    is_long[0] = False
    return np.asarray(np.where(is_long[labels], 255, 0), np.uint8)


def _on_one_line(pieces: Pixels, per_mm: float) -> Pixels:
    """Keeps the pieces along the line that most of them lie on: strokes of letters beside it are as thin."""
    rows, columns = np.nonzero(pieces)
    if not len(rows):
        return pieces
    points = np.stack([columns, rows], axis=1).astype(np.float32)
    across, down, x, y = (float(each[0]) for each in cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01))
    away = np.abs((columns - x) * down - (rows - y) * across)
    kept = np.zeros_like(pieces)
    is_near = away <= _BESIDE_MM * per_mm
    kept[rows[is_near], columns[is_near]] = 255
    return kept
