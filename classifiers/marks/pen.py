"""Strokes of a pen: ink that is neither print that was read, nor rules, nor a seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from classifiers.marks.rings import Ring
from classifiers.marks.seals import without_rings
from classifiers.marks.sight import Sight
from pipeline.image import Pixels

#: Straight runs longer than this are rules of forms and tables, mm.
_RULE_MM: Final = 11.0
#: Strokes nearer than this belong together, mm across and down.
_JOIN_ACROSS_MM: Final = 3.0
JOIN_DOWN_MM: Final = 1.4
#: A piece of ink smaller than this is a dot, mm.
_SPECK_MM: Final = 1.2
#: A narrower group is nothing written, mm.
_LEAST_WIDTH_MM: Final = 4.0
#: Less ink than this many px is nothing written.
_LEAST_INK: Final = 15
#: As many labels two bytes hold.
_MOST_SHORT_LABELS: Final = 65535

_Stats = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strokes:
    """A group of pen strokes; px of the sight.

    Attributes:
        left, top, right, bottom: their box.
        longest: longer side of the largest single stroke, mm.
        tallest: height of the highest single stroke, mm.
        filling: share of the largest stroke's box that is ink, 0 to 1.
        ink_mm2: ink of all of them.
        is_blue: whether most of it is blue.
        is_read: whether most of it lies in words that were surely read.
    """

    left: int
    top: int
    right: int
    bottom: int
    longest: float
    tallest: float
    filling: float
    ink_mm2: float
    is_blue: bool
    is_read: bool

    def width_mm(self, per_mm: float) -> float:
        """Width of the box in mm."""
        return (self.right - self.left) / per_mm

    def height_mm(self, per_mm: float) -> float:
        """Height of the box in mm."""
        return (self.bottom - self.top) / per_mm


def pen_ink(sight: Sight, rings: tuple[Ring, ...]) -> Pixels:
    """Returns a mask of what a pen may have written: blue ink, and dark ink that is no print or rule."""
    free = np.asarray(cv2.bitwise_and(sight.ink, cv2.bitwise_not(sight.print)), np.uint8)
    if sight.red is None:
        free = without_rings(free, rings)
    else:
        free = np.asarray(cv2.bitwise_and(free, cv2.bitwise_not(_thick(sight.red))), np.uint8)
    dark = _without_rules(free, sight.per_mm)
    if sight.blue is not None:
        dark = np.asarray(cv2.bitwise_or(dark, sight.blue), np.uint8)
    return dark


def group_strokes(sight: Sight, ink: Pixels, down_mm: float = JOIN_DOWN_MM) -> tuple[Strokes, ...]:
    """Groups pieces of pen ink that stand close together.

    Args:
        sight: the page.
        ink: what a pen may have written.
        down_mm: how far apart lines may be to belong together.
    """
    per_mm = sight.per_mm
    if cv2.countNonZero(ink) < _LEAST_INK:
        return ()
    x, y, width, height = cv2.boundingRect(ink)
    ink = np.ascontiguousarray(ink[y : y + height, x : x + width])
    count, labels, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=_label_type(ink))
    stats = np.asarray(found, np.int32) + np.array([x, y, 0, 0, 0], np.int32)
    is_stroke = np.maximum(stats[:, 2], stats[:, 3]) >= _SPECK_MM * per_mm
    is_stroke[0] = False
    if not is_stroke.any():
        return ()
    places = cv2.findNonZero(ink).reshape(-1, 2)
    columns, rows = places[:, 0], places[:, 1]
    pieces = labels[rows, columns]
    kept = is_stroke[pieces]
    rows, columns, pieces = rows[kept], columns[kept], pieces[kept]
    mask = np.zeros_like(ink)
    mask[rows, columns] = 255
    size = (2 * int(_JOIN_ACROSS_MM / 2 * per_mm) + 1, 2 * int(down_mm / 2 * per_mm) + 1)
    joined = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    groups, belongs = cv2.connectedComponents(np.asarray(joined, np.uint8))
    owner = np.zeros(count, np.int32)
    owner[pieces] = belongs[rows, columns]
    order = np.argsort(owner, kind="stable")
    ends = np.searchsorted(owner[order], np.arange(1, groups + 1))
    parts = (stats[order[ends[at] : ends[at + 1]]] for at in range(groups - 1))
    return tuple(_strokes(sight, part, per_mm) for part in parts if _is_wide(part, per_mm))


def _label_type(ink: Pixels) -> int:
    """Labels of two bytes cost less than half; there are never more pieces than points of ink."""
    return cv2.CV_16U if cv2.countNonZero(ink) < _MOST_SHORT_LABELS else cv2.CV_32S


def _is_wide(pieces: _Stats, per_mm: float) -> bool:
    """Whether a group is wide enough for anything written; most are specks."""
    left, right = pieces[:, 0].min(), (pieces[:, 0] + pieces[:, 2]).max()
    return bool(right - left >= _LEAST_WIDTH_MM * per_mm)


def _strokes(sight: Sight, pieces: _Stats, per_mm: float) -> Strokes:
    left, top = pieces[:, 0].min(), pieces[:, 1].min()
    right, bottom = (pieces[:, 0] + pieces[:, 2]).max(), (pieces[:, 1] + pieces[:, 3]).max()
    longer = np.maximum(pieces[:, 2], pieces[:, 3])
    largest = pieces[int(longer.argmax())]
    area = int(pieces[:, 4].sum())
    box = slice(top, bottom), slice(left, right)
    blue = 0 if sight.blue is None else int(np.count_nonzero(sight.blue[box]))
    read = int(np.count_nonzero(cv2.bitwise_and(sight.print[box], sight.ink[box])))
    return Strokes(
        left=int(left), top=int(top), right=int(right), bottom=int(bottom),
        longest=float(longer.max()) / per_mm,
        tallest=float(pieces[:, 3].max()) / per_mm,
        filling=float(largest[4]) / float(largest[2] * largest[3]),
        ink_mm2=area / per_mm**2,
        is_blue=blue > 0.4 * area,
        is_read=read > 0.5 * area,
    )  # fmt: skip


def _without_rules(ink: Pixels, per_mm: float) -> Pixels:
    length = int(_RULE_MM * per_mm)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(rules)), np.uint8)


def _thick(mask: Pixels) -> Pixels:
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)
