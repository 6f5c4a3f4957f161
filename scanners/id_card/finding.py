"""Finds the sides of cards on the glass by their size: at any angle, in any order, on any lid.

Rule: only what has the size of a card is taken for one. Anything else leaves the scan as it is, for a clerk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels
from scanners.id_card.facing import seen_side
from scanners.id_card.lid import shrunk, things_on
from scanners.id_card.side import CARD_MM, CardSide, Facing

#: More sides than this on one glass are not a card.
MOST_SIDES: Final = 2
#: How far a side may be from its nominal size: blur, shadow, a scanner's scale.
_OFF: Final = 0.05
#: A pale edge is lost on a white lid: so much of a side may be missing, and is put back.
_LOST: Final = 0.16
#: How full the last millimetre before an edge is where the edge is the card's own.
_FULL: Final = 0.8
#: Less than this is no lost edge, millimetres.
_ROUNDING_MM: Final = 0.6
_LONG, _SHORT = CARD_MM

Points = npt.NDArray[np.float64]


def find_sides(image: PageImage) -> tuple[CardSide, ...]:
    """Finds the sides of cards in a scan of the glass; may be repeated.

    Returns:
        One side or two, the front first; none where nothing, or more than a card, has a card's size.
    """
    colour, times = shrunk(image)
    px_per_mm = image.dpi / 25.4 / times
    mask = things_on(colour, px_per_mm)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = [
        corners
        for outline in outlines
        for corners in _cards_in(np.asarray(outline, np.int32), mask, px_per_mm)
    ]
    if not 1 <= len(found) <= MOST_SIDES:
        return ()
    sides = [seen_side(image, corners * times) for corners in _in_reading_order(found)]
    return _ordered(sides)


def _cards_in(outline: npt.NDArray[np.int32], mask: Pixels, px_per_mm: float) -> list[Points]:
    """The card that an outline is, the two that touch in it, or nothing."""
    box = _box(outline)
    width, height = _size(box, px_per_mm)
    if width < height:
        box, width, height = np.roll(box, -1, axis=0), height, width
    if _is_near(width, _LONG) and _is_near(height, _SHORT):
        return [_completed(box, mask, px_per_mm)]
    if _is_near(width, 2 * _LONG) and _is_near(height, _SHORT):
        return _halves(box)
    if _is_near(width, 2 * _SHORT) and _is_near(height, _LONG):
        return [np.roll(half, -1, axis=0) for half in _halves(box)]
    return []


def _is_near(side: float, nominal: float) -> bool:
    """Whether a side, mm, may be of this nominal length, or have lost a pale edge."""
    return nominal * (1 - _LOST) <= side <= nominal * (1 + _OFF)


def _halves(box: Points) -> list[Points]:
    """Cuts a box across its longer sides, the first and the third."""
    upper, lower = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
    return [np.array([box[0], upper, lower, box[3]]), np.array([upper, box[1], box[2], lower])]


def _completed(box: Points, mask: Pixels, px_per_mm: float) -> Points:
    """Gives a box the size of a card; edges that were lost on the lid move out to where it must end."""
    for first, nominal in ((1, _LONG), (2, _SHORT)):
        box = _stretched(box, first, nominal, mask, px_per_mm)
    return box


def _stretched(box: Points, edge: int, nominal: float, mask: Pixels, px_per_mm: float) -> Points:
    """Stretches a box so that ``edge`` and the edge opposite are ``nominal`` mm apart.

    Edge ``n`` runs from corner ``n`` to corner ``n + 1``. Of two that could be lost the emptier one moves.
    """
    one, other = (box[edge] + box[(edge + 1) % 4]) / 2, (box[(edge + 2) % 4] + box[(edge + 3) % 4]) / 2
    length = float(np.hypot(*(one - other)))
    missing = nominal * px_per_mm - length
    out = (one - other) / length
    fullness = [
        _fullness(mask, box[edge], box[(edge + 1) % 4], -out * px_per_mm),
        _fullness(mask, box[(edge + 2) % 4], box[(edge + 3) % 4], out * px_per_mm),
    ]
    share = 0.5  # blur and shadow widen both sides
    if missing > _ROUNDING_MM * px_per_mm and min(fullness) < _FULL:
        share = 1.0 if fullness[0] < fullness[1] else 0.0
    moved = box.copy()
    for corner in (edge, (edge + 1) % 4):
        moved[corner] += out * missing * share
    for corner in ((edge + 2) % 4, (edge + 3) % 4):
        moved[corner] -= out * missing * (1 - share)
    return moved


def _fullness(mask: Pixels, start: Points, end: Points, inwards: Points) -> float:
    """Share of the line one millimetre inside an edge that lies on something."""
    steps = np.linspace(0.03, 0.97, 60)[:, None]
    points = np.round(start + (end - start) * steps + inwards).astype(int)
    xs = np.clip(points[:, 0], 0, mask.shape[1] - 1)
    ys = np.clip(points[:, 1], 0, mask.shape[0] - 1)
    return float((mask[ys, xs] > 0).mean())


def _box(outline: npt.NDArray[np.int32]) -> Points:
    """Corners of the smallest turned rectangle, clockwise on the screen, grown by half a px."""
    (x, y), (width, height), angle = cv2.minAreaRect(outline)
    return np.asarray(cv2.boxPoints(((x, y), (width + 1, height + 1), angle)), np.float64)


def _size(box: Points, px_per_mm: float) -> tuple[float, float]:
    width, height = (float(np.hypot(*(box[at + 1] - box[at]))) / px_per_mm for at in (0, 1))
    return width, height


def _in_reading_order(found: Sequence[Points]) -> list[Points]:
    return sorted(found, key=lambda each: (float(each[:, 1].mean()), float(each[:, 0].mean())))


def _ordered(sides: Sequence[CardSide]) -> tuple[CardSide, ...]:
    """Front before back. The side beside a sure back is a front; two alike stay as they lay, unsure."""
    if len(sides) == MOST_SIDES:
        one, other = sides
        backs = [side.facing is Facing.BACK for side in sides]
        if backs == [True, False]:
            return _sure_front(other), one
        if backs == [False, True]:
            return _sure_front(one), other
        return tuple(replace(side, confidence=side.confidence / 2) for side in sides)
    return tuple(sides)


def _sure_front(side: CardSide) -> CardSide:
    return side if side.facing is Facing.FRONT else replace(side, facing=Facing.FRONT, confidence=0.8)
