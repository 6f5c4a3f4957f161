"""Reads QR codes that a general reader cannot find, because the marks it finds them by are damaged.

Dirt or wear over one of the three corner marks hides a code from a reader, though the data under the error
correction are whole. Here the code's place is known from its texture; the grid is fitted to the comb of edges
between modules, every module is sampled, the marks that every code of that size has are drawn anew, and only
then is it decoded. What is decoded still has to pass the code's own error correction: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels

_Floats = npt.NDArray[np.float32]
_Bits = npt.NDArray[np.bool_]

#: Side in px that a code is brought to before its grid is fitted.
_SIDE: Final = 480
#: Modules a side: versions 1 to 20 of ISO/IEC 18004.
_SIZES: Final = range(21, 98, 4)
#: Angles tried about the upright, degrees, and how finely the best one is refined.
_ANGLES: Final = range(-6, 7)
_FINER: Final = (-0.5, -0.25, 0.0, 0.25, 0.5)
#: Rows or columns with little ink are narrower than this in a code; edges of cards lie further off or are
#: thinner than the least run.
_GAP_PX, _WIDE_GAP_PX, _LEAST_RUN_PX = 8, 20, 12
#: How many of the fitted sizes are decoded.
_MOST_TRIES: Final = 3
#: Share of the fixed modules that must be as in a code before it is worth decoding.
_LIKE_A_CODE: Final = 0.68
#: Rows and columns with less ink than this share are no part of a code.
_LEAST_INK: Final = 0.15
#: Where the code may begin in the sampled modules: at its place, or one beside it where an end is damaged.
_SHIFTS: Final = tuple((top, left) for top in (1, 0, 2) for left in (1, 0, 2))
_RING: Final = np.array(
    [[max(abs(row - 3), abs(column - 3)) != 2 for column in range(7)] for row in range(7)], dtype=np.bool_
)


def mended_codes(crop: Pixels) -> Iterator[Pixels]:
    """Offers clean drawings of the code that a crop may hold, the likeliest first.

    Args:
        crop: (height, width) grey; a code nearly upright or turned by quarter turns, with some margin.

    Yields:
        Square drawings, 4 px a module with a quiet zone, 0 and 255.
    """
    levelled = _levelled(crop)
    dark = _dark(levelled)
    across, down = _edge_comb(levelled, 1), _edge_comb(levelled, 0)
    first, last = _extent(dark, 0), _extent(dark, 1)
    if first is None or last is None:
        return
    fits = []
    for size in _SIZES:
        columns, worth_across = _fitted(across, first, size)
        rows, worth_down = _fitted(down, last, size)
        fits.append((worth_across + worth_down, size, columns, rows))
    tried = sorted(fits, key=lambda fit: (-fit[0], fit[1]))[:_MOST_TRIES]
    for _, size, columns, rows in tried:
        modules = _sampled(levelled, columns, rows)
        likeness, drawn = max(
            (_with_marks(modules[top : top + size, left : left + size], size) for top, left in _SHIFTS),
            key=lambda found: found[0],
        )
        if likeness >= _LIKE_A_CODE:
            yield _drawn(drawn)


def _levelled(crop: Pixels) -> Pixels:
    """Brings the crop to a common size and turns it until the edges between modules stand upright."""
    scale = _SIDE / max(crop.shape)
    grey = np.asarray(
        cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), dtype=np.uint8
    )
    half = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    coarse = max((_sharpness(_turned(half, angle)), -abs(angle), angle) for angle in _ANGLES)[2]
    fine = max((_sharpness(_turned(half, coarse + step)), -abs(step), step) for step in _FINER)[2]
    return _turned(grey, coarse + fine)


def _turned(grey: Pixels, degrees: float) -> Pixels:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    moved = cv2.warpAffine(grey, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.uint8)


def _sharpness(grey: Pixels) -> float:
    return float(_edge_comb(grey, 0).var() + _edge_comb(grey, 1).var())


def _edge_comb(grey: Pixels, axis: int) -> _Floats:
    """How much changes from one column (axis 1) or row (axis 0) to the next, along the whole side."""
    steps = np.abs(np.diff(grey.astype(np.int16), axis=axis)).sum(axis=1 - axis)
    smooth = np.convolve(steps, (0.25, 0.5, 0.25), "same")
    return np.asarray(smooth, dtype=np.float32)


def _dark(grey: Pixels) -> _Bits:
    """Ink, by the local middle between paper and ink: glare and shade do not count."""
    block = _SIDE // 8 | 1
    middle = cv2.blur(grey, (block, block))
    return np.asarray(grey < middle, dtype=np.bool_) & _busy(grey, block)


def _busy(grey: Pixels, block: int) -> _Bits:
    """Where ink and paper alternate at all."""
    spread = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8))
    return np.asarray(cv2.blur(spread, (block // 2 | 1, block // 2 | 1)) > 30, dtype=np.bool_)


def _extent(dark: _Bits, axis: int) -> tuple[int, int] | None:
    """First and last column (axis 0) or row (axis 1) of the code.

    Dirt beyond its edges is too thin, the card's edge and print beside it lie beyond the quiet zone.
    """
    filled = dark.mean(axis=axis)
    inked = filled[filled > _LEAST_INK]
    if len(inked) < _SIDE // 4:
        return None
    busy = np.flatnonzero(filled > 0.55 * float(np.median(inked)))
    runs = [run for run in _runs(busy, _GAP_PX) if run[-1] - run[0] >= _LEAST_RUN_PX]
    if not runs:
        return None
    longest = max(_runs(np.concatenate(runs), _WIDE_GAP_PX), key=len)
    return (int(longest[0]), int(longest[-1]) + 1) if len(longest) >= _SIDE // 4 else None


def _runs(places: npt.NDArray[np.intp], gap: int) -> list[npt.NDArray[np.intp]]:
    return np.split(places, np.flatnonzero(np.diff(places) > gap) + 1)


def _fitted(comb: _Floats, extent: tuple[int, int], size: int) -> tuple[_Floats, float]:
    """Lays ``size`` modules between two ends so that edges fall between modules.

    Returns:
        The middles of the modules and of one more at each end in px, and how much more changes between
        modules than within them.
    """
    pitch = (extent[1] - extent[0]) / size
    nudges = np.linspace(-0.6, 0.6, 7) * pitch
    starts, ends = (extent[0] + nudges)[:, None, None], (extent[1] + nudges)[None, :, None]
    steps = np.arange(size + 1) / size
    borders = starts + (ends - starts) * steps
    middles = (borders[..., :-1] + borders[..., 1:]) / 2
    places = np.arange(len(comb))
    gain = np.interp(borders, places, comb).mean(axis=2) - np.interp(middles, places, comb).mean(axis=2)
    at = np.unravel_index(int(np.argmax(gain)), gain.shape)
    fitted = middles[at]
    step = fitted[1] - fitted[0]
    more = np.concatenate(([fitted[0] - step], fitted, [fitted[-1] + step]))
    return np.asarray(more, dtype=np.float32), float(gain[at])


def _sampled(grey: Pixels, columns: _Floats, rows: _Floats) -> _Bits:
    """Dark modules: each compared with the middle of its surroundings."""
    soft = cv2.GaussianBlur(grey, (0, 0), max(0.6, float(columns[1] - columns[0]) / 6))
    grid_x, grid_y = np.meshgrid(columns, rows)
    values = cv2.remap(soft, grid_x, grid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    lows = cv2.erode(values, np.ones((9, 9), np.uint8)).astype(np.int16)
    highs = cv2.dilate(values, np.ones((9, 9), np.uint8)).astype(np.int16)
    level = cv2.blur(((lows + highs) // 2).astype(np.float32), (9, 9))
    return np.asarray(values < level, dtype=np.bool_)


def _with_marks(modules: _Bits, size: int) -> tuple[float, _Bits]:
    """Turns the code until its marks fit best and draws them; returns how well they fitted and the code."""
    mask, marks = _marks(size)
    turned = [np.rot90(modules, quarter) for quarter in range(4)]
    likeness = [float((each[mask] == marks[mask]).mean()) for each in turned]
    best = int(np.argmax(likeness))
    return likeness[best], np.where(mask, marks, turned[best])


def _marks(size: int) -> tuple[_Bits, _Bits]:
    """Where every code of a size has the same modules, and which: corner marks, their rims, timing lines."""
    mask, marks = np.zeros((size, size), np.bool_), np.zeros((size, size), np.bool_)
    mask[6, :], mask[:, 6] = True, True
    marks[6, ::2], marks[::2, 6] = True, True
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        above, left = max(0, row - 1), max(0, column - 1)
        mask[above : row + 8, left : column + 8] = True
        marks[above : row + 8, left : column + 8] = False
        marks[row : row + 7, column : column + 7] = _RING
    return mask, marks


def _drawn(modules: _Bits) -> Pixels:
    framed = np.pad(np.where(modules, 0, 255).astype(np.uint8), 4, constant_values=255)
    return np.asarray(np.kron(framed, np.ones((4, 4), np.uint8)), dtype=np.uint8)
