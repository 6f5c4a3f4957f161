"""Round seals in red or by shape, and strips of them at the paper's edge."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from classifiers.marks.rings import Ring, find_rings
from classifiers.marks.sight import Sight
from dossiers.reading import Box, Mark, MarkKind
from pipeline.image import Pixels

#: How sure a red ring is; a ring by shape alone is less so.
_RED_CONFIDENCE: Final = 0.97
#: Handwriting meets a circle in many directions too: without colour more of them are asked for.
_LEAST_MET_BY_SHAPE: Final = 0.72
#: A strip at the edge: how far from the edge it may begin and reach, its height, mm.
_EDGE_GAP_MM: Final = 5.5
_EDGE_REACH_MM: Final = 26.0
_EDGE_HEIGHT_MM: Final = (12.0, 44.0)
_EDGE_WIDTH_MM: Final = 2.5
#: A strip has at least so many px near the edge.
_LEAST_RIM: Final = 6
_EDGE_RED: Final = 0.85
_EDGE_GREY: Final = 0.55
#: A strip of a seal is drawn, not filled: this share of its box is ink.
_EDGE_FILLING: Final = (0.06, 0.75)


def find_round_seals(sight: Sight) -> tuple[tuple[Mark, Ring], ...]:
    """Returns the round seals with their circles in px of the sight.

    In colour a seal is red; only a grey page is searched by shape.
    """
    if sight.red is None:
        return tuple(
            (_mark(sight, ring, _by_shape(ring)), ring)
            for ring in find_rings(_not_print(sight), sight.per_mm)
            if ring.met >= _LEAST_MET_BY_SHAPE
        )
    return tuple(
        (_mark(sight, ring, _RED_CONFIDENCE * min(1.0, 0.2 + ring.met)), ring)
        for ring in find_rings(sight.red, sight.per_mm)
    )


def _by_shape(ring: Ring) -> float:
    return float(min(0.95, 0.3 + 0.65 * ring.met))


def _mark(sight: Sight, ring: Ring, confidence: float) -> Mark:
    box = sight.on_page(
        ring.x - ring.radius, ring.y - ring.radius, ring.x + ring.radius, ring.y + ring.radius
    )
    return Mark(kind=MarkKind.ROUND_SEAL, box=box, confidence=round(confidence, 2))


def find_edge_seals(sight: Sight, rings: tuple[Ring, ...]) -> tuple[Mark, ...]:
    """Returns strips of seals at the left and right edge: red ones, on grey pages by their size and place."""
    free = sight.red if sight.red is not None else _not_print(sight)
    free = without_rings(free, rings)
    confidence = _EDGE_RED if sight.red is not None else _EDGE_GREY
    reach = int(_EDGE_REACH_MM * sight.per_mm)
    width = free.shape[1]
    boxes = (
        _strip(sight, free[:, :reach], 0, is_left=True),
        _strip(sight, free[:, width - reach :], width - reach, is_left=False),
    )
    return tuple(
        Mark(kind=MarkKind.EDGE_SEAL, box=box, confidence=confidence) for box in boxes if box is not None
    )


def _not_print(sight: Sight) -> Pixels:
    return np.asarray(cv2.bitwise_and(sight.ink, cv2.bitwise_not(sight.print)), np.uint8)


def without_rings(mask: Pixels, rings: tuple[Ring, ...]) -> Pixels:
    """The mask with the seals' discs taken out."""
    free = mask.copy()
    for ring in rings:
        cv2.circle(free, (round(ring.x), round(ring.y)), round(1.06 * ring.radius), 0, -1)
    return free


def _strip(sight: Sight, part: Pixels, offset: int, *, is_left: bool) -> Box | None:
    per_mm = sight.per_mm
    gap_px = int(_EDGE_GAP_MM * per_mm) + 1
    rim = part[:, :gap_px] if is_left else part[:, part.shape[1] - gap_px :]
    if cv2.countNonZero(np.ascontiguousarray(rim)) < _LEAST_RIM:
        return None
    closed = cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((9, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(closed, np.uint8))
    for left, top, width, height, _ in stats[1:count]:
        gap = left if is_left else part.shape[1] - left - width
        ink = np.count_nonzero(part[top : top + height, left : left + width]) / (width * height)
        if (
            gap <= _EDGE_GAP_MM * per_mm
            and _EDGE_HEIGHT_MM[0] * per_mm <= height <= _EDGE_HEIGHT_MM[1] * per_mm
            and width >= _EDGE_WIDTH_MM * per_mm
            and _EDGE_FILLING[0] <= ink <= _EDGE_FILLING[1]
        ):
            return sight.on_page(offset + left, top, offset + left + width, top + height)
    return None
