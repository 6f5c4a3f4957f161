"""Ruled lines of a page: straight thin strokes across and down, longer than letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels
from pipeline.stages.paper import MM_PER_INCH

_WORKING_DPI: Final = 100.0
#: Shorter strokes are letters and leaders, mm.
_SHORTEST_MM: Final = 6.0
#: Thicker strokes are bars and pictures, mm; a line may also lean a little.
_THICKEST_MM: Final = 1.4
_MOST_LEAN: Final = 0.03
#: A line is darker than the paper on both its sides by this, of 255.
_LEAST_CONTRAST: Final = 36
#: Part of a line that must be there along its shortest length.
_LEAST_SHARE: Final = 0.9
#: Lines at least this long tell how a page leans, mm.
_TELLING_MM: Final = 25.0
#: Strokes on one level with a gap as narrow as this are one worn line, mm; levels differ by less than that.
_WORN_GAP_MM: Final = 1.5
_SAME_LEVEL_MM: Final = 0.6

_Strokes = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rules:
    """The ruled lines of a page, in coordinates in which they run level and upright.

    Attributes:
        across: (n, 3) start, end and level of the lines from left to right.
        down: (n, 3) start, end and place of the lines from top to bottom.
        lean_across: how far a line from left to right falls in one px.
        lean_down: how far a line from top to bottom moves right in one px.
        per_mm: px of the page in one millimetre.
    """

    across: _Strokes
    down: _Strokes
    lean_across: float
    lean_down: float
    per_mm: float

    def levelled(self, x: float, y: float) -> tuple[float, float]:
        """Returns where a point of the page (px) lies among the lines."""
        return x - self.lean_down * y, y - self.lean_across * x

    def on_page(self, x: float, y: float) -> tuple[float, float]:
        """Returns the point of the page (px) that ``levelled`` puts there."""
        scale = 1 - self.lean_down * self.lean_across
        return (x + self.lean_down * y) / scale, (y + self.lean_across * x) / scale


def find_rules(image: PageImage) -> Rules:
    """Returns the ruled lines of a cleaned page (dark on even paper), px of that page."""
    scale = min(1.0, _WORKING_DPI / image.dpi)
    small = image.pixels
    if scale < 1:
        small = np.asarray(
            cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    dark = np.asarray(cv2.bitwise_not(small), np.uint8)
    per_mm = image.dpi * scale / MM_PER_INCH
    across, lean_across = _levelled(_strokes(dark, per_mm), per_mm)
    down, lean_down = _levelled(_strokes(np.ascontiguousarray(dark.T), per_mm), per_mm)
    return Rules(
        across=across / scale, down=down / scale, lean_across=lean_across, lean_down=lean_down,
        per_mm=image.dpi / MM_PER_INCH,
    )  # fmt: skip


def _strokes(dark: Pixels, per_mm: float) -> _Strokes:
    """Returns (n, 4) left, right and the level at either end of the level strokes."""
    thick = max(3, round(_THICKEST_MM * per_mm))
    length = max(9, int(_SHORTEST_MM * per_mm))
    lines = _dense(_level_ink(dark, thick, length), length)
    found = []
    for outline in cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]:
        left, _top, width, height = cv2.boundingRect(outline)
        if height <= thick + _MOST_LEAN * width:
            x, y = outline[:, 0, 0], outline[:, 0, 1]
            edge = max(1, width // 4)
            found.append((left, left + width, y[x < left + edge].mean(), y[x >= left + width - edge].mean()))
    return np.asarray(found, np.float64).reshape(-1, 4)


def _dense(ink: Pixels, length: int) -> Pixels:
    """Keeps level strokes at least so long, faint ones with small breaks too; the breaks are filled."""
    share = cv2.boxFilter(ink, -1, (length, 1), borderType=cv2.BORDER_CONSTANT)
    middles = cv2.threshold(share, int(255 * _LEAST_SHARE) - 1, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.dilate(middles, np.ones((1, int(_LEAST_SHARE * length)), np.uint8)), np.uint8)


def _level_ink(dark: Pixels, thick: int, length: int) -> Pixels:
    """Returns what is thin from top to bottom, and what crosses it: a line is as dark there as beside it."""
    thin = _thin(dark, np.ones((thick, 1), np.uint8))
    upright = cv2.morphologyEx(
        _thin(dark, np.ones((1, thick), np.uint8)), cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)
    )
    # A stroke that leans steps from row to row: joined over neighbouring rows, it stays in one piece.
    joined = cv2.dilate(cv2.bitwise_or(thin, upright), np.ones((2, 1), np.uint8))
    return np.asarray(joined, np.uint8)


def _thin(dark: Pixels, window: Pixels) -> Pixels:
    thin = cv2.morphologyEx(dark, cv2.MORPH_TOPHAT, window)
    return np.asarray(cv2.threshold(thin, _LEAST_CONTRAST, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _usual(slopes: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    """Returns the weighted median; 0 where nothing has a weight."""
    if not weights.any():
        return 0.0
    order = np.argsort(slopes)
    half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(slopes[order][half])


def _levelled(strokes: _Strokes, per_mm: float) -> tuple[_Strokes, float]:
    """Returns (n, 3) start, end and level, and the lean that was taken out."""
    if not len(strokes):
        return np.zeros((0, 3)), 0.0
    length = strokes[:, 1] - strokes[:, 0]
    # The levels at the ends are those of the outer quarters: their middles lie three quarters apart.
    slopes = (strokes[:, 3] - strokes[:, 2]) / (0.75 * length)
    lean = _usual(slopes, np.where(length >= _TELLING_MM * per_mm, length, 0.0))
    middle = (strokes[:, 0] + strokes[:, 1]) / 2
    level = (strokes[:, 2] + strokes[:, 3]) / 2 - lean * middle
    return _unbroken(np.stack([strokes[:, 0], strokes[:, 1], level], axis=1), per_mm), lean


def _unbroken(strokes: _Strokes, per_mm: float) -> _Strokes:
    """Joins the pieces of worn lines: of a stamp's frame, say, that was printed with gaps."""
    joined: list[list[float]] = []
    for start, end, level in strokes[np.argsort(strokes[:, 0], kind="stable")]:
        for line in joined:
            near = abs(line[2] - level) < _SAME_LEVEL_MM * per_mm
            if near and 0 <= start - line[1] < _WORN_GAP_MM * per_mm:
                weight, more = line[1] - line[0], end - start
                line[1], line[2] = end, (line[2] * weight + level * more) / (weight + more)
                break
        else:
            joined.append([float(start), float(end), float(level)])
    return np.asarray(joined, np.float64).reshape(-1, 3)
