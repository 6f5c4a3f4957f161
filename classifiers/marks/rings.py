"""Round seals by their shape alone: the outer ring, found where edges agree on a centre.

This is what is left of a seal on a grey or one-bit scan. A ring must be met in most directions, and must hold
what seals hold: a second ring or letters inside it, and something in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels

#: Radii of seals, mm.
_SMALLEST_MM: Final = 8.5
_LARGEST_MM: Final = 20.5
_STEP_MM: Final = 0.6
#: Edges steeper than this vote.
_STEEP: Final = 200.0
#: Votes are collected in cells of so many px.
_CELL: Final = 3
_DIRECTIONS: Final = 72
#: Of all directions this share must meet ink on the ring.
_LEAST_MET: Final = 0.62
#: Of the ring between letters and rim at least this share is ink, at most that.
_INSIDE: Final = (0.06, 0.6)
#: Less ink than this many px makes no ring.
_LEAST_INK: Final = 100
#: Candidates looked at closely.
_CANDIDATES: Final = 3
#: So many points of edges vote at most.
_MOST_VOTERS: Final = 3000

#: Centres are tried so many px around the vote's.
_NEAR: Final = (-3, -1, 1, 3)
#: What a ring gains by being as large as the largest, in shares of directions.
_OUTWARDS: Final = 0.3

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A circle in px; ``met`` is the share of directions in which ink lies on it, 0 to 1."""

    x: float
    y: float
    radius: float
    met: float


def find_rings(ink: Pixels, per_mm: float) -> tuple[Ring, ...]:
    """Returns the seal-like rings of a mask of ink, the surest first; no two overlap."""
    if cv2.countNonZero(ink) < _LEAST_INK:
        return ()
    left, top, width, height = cv2.boundingRect(ink)
    ink = np.ascontiguousarray(ink[top : top + height, left : left + width])
    radii = np.arange(_SMALLEST_MM, _LARGEST_MM, _STEP_MM, dtype=np.float32) * per_mm
    thick = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), np.uint8)
    rings = _best_rings(thick, _centres(ink, radii), radii)
    found: list[Ring] = []
    for ring in sorted((each for each in rings if each is not None), key=lambda each: -_worth(each, radii)):
        is_apart = all(
            np.hypot(ring.x - each.x, ring.y - each.y) > each.radius + ring.radius for each in found
        )
        if is_apart and _holds_something(ink, ring):
            found.append(ring)
    return tuple(replace(ring, x=ring.x + left, y=ring.y + top) for ring in found)


def _worth(ring: Ring, radii: _Floats) -> float:
    """Of concentric rings the outermost is the seal's rim."""
    return ring.met + _OUTWARDS * ring.radius / float(radii[-1])


def _centres(ink: Pixels, radii: _Floats) -> list[tuple[int, int]]:
    """Centres that the edges of ink agree on: each votes along its own slope, both ways, at every radius."""
    soft = cv2.GaussianBlur(ink, (0, 0), 1.0)
    across = cv2.Sobel(soft, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    size = cv2.magnitude(across, down)
    steep = (size > _STEEP).view(np.uint8)
    if not cv2.countNonZero(steep):
        return []
    places = cv2.findNonZero(steep).reshape(-1, 2)
    some = places[:: 1 + len(places) // _MOST_VOTERS]
    columns, rows = some[:, 0], some[:, 1]
    unit_x, unit_y = across[rows, columns] / size[rows, columns], down[rows, columns] / size[rows, columns]
    height, width = ink.shape[0] // _CELL + 1, ink.shape[1] // _CELL + 1
    reaches = np.concatenate((radii[::2], -radii[::2]))[:, None]
    x = ((columns + reaches * unit_x) * np.float32(1 / _CELL)).astype(np.int32)
    y = ((rows + reaches * unit_y) * np.float32(1 / _CELL)).astype(np.int32)
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    votes = np.bincount(y[inside] * width + x[inside], minlength=height * width).astype(np.float32)
    smooth = cv2.GaussianBlur(votes.reshape(height, width), (0, 0), 1.2)
    peaks = []
    for _ in range(_CANDIDATES):
        _, most, _, (x_cell, y_cell) = cv2.minMaxLoc(smooth)
        if most <= 0:
            break
        peaks.append((x_cell * _CELL + _CELL // 2, y_cell * _CELL + _CELL // 2))
        cv2.circle(smooth, (x_cell, y_cell), int(radii[0] / _CELL), 0, -1)
    return peaks


def _best_rings(thick: Pixels, centres: Sequence[tuple[int, int]], radii: _Floats) -> list[Ring | None]:
    """For each centre the outermost radius, near it, at which ink is met in most directions."""
    if not centres:
        return []
    rim = int(radii[-1]) + 2 + max(_NEAR) + 2 * _CELL
    padded = cv2.copyMakeBorder(thick, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=0)
    # Centres lie in the middle of a pixel. One list of places serves them all: only where it starts differs.
    angles = np.arange(_DIRECTIONS, dtype=np.float32) * np.float32(2 * np.pi / _DIRECTIONS)
    columns = np.rint(np.outer(radii, np.cos(angles)) + 0.5).astype(np.int32)
    rows = np.rint(np.outer(radii, np.sin(angles)) + 0.5).astype(np.int32)
    near = np.array([(dx, dy) for dy in _NEAR for dx in _NEAR], np.int32)
    shifts = near[:, 1] * padded.shape[1] + near[:, 0]
    circles = shifts[:, None, None] + (rows * padded.shape[1] + columns)[None]
    flat = np.asarray(padded, np.uint8).ravel()
    rings = []
    for x, y in centres:
        start = (y + rim) * padded.shape[1] + x + rim
        met = (flat[start + circles] > 0).mean(axis=2, dtype=np.float32)
        rings.append(_outermost(met, near + np.array((x, y), np.int32), radii))
    return rings


def _outermost(met: _Floats, centres: npt.NDArray[np.int32], radii: _Floats) -> Ring | None:
    """The best ring of centres close together.

    Args:
        met: for each centre and radius the share of directions in which the circle meets ink.
        centres: px.
        radii: px, rising.
    """
    best: Ring | None = None
    for shares, (x, y) in zip(met, centres, strict=True):
        good = np.nonzero(shares >= max(_LEAST_MET, float(shares.max()) - 0.12))[0]
        if good.size:
            at = good[-1]
            ring = Ring(x=x + 0.5, y=y + 0.5, radius=float(radii[at]), met=float(shares[at]))
            if best is None or _worth(ring, radii) > _worth(best, radii):
                best = ring
    return best


def _holds_something(ink: Pixels, ring: Ring) -> bool:
    """Letters run between the rings, and the middle is not empty; a solid disc is no seal."""
    top, left = max(0, int(ring.y - ring.radius)), max(0, int(ring.x - ring.radius))
    part = ink[top : int(ring.y + ring.radius) + 1, left : int(ring.x + ring.radius) + 1] > 0
    down, across = np.ogrid[top : top + part.shape[0], left : left + part.shape[1]]
    distance = np.hypot(down - ring.y, across - ring.x) / ring.radius
    lettered = part[(distance > 0.55) & (distance < 0.9)]
    middle = part[distance < 0.45]
    if lettered.size == 0 or middle.size == 0:
        return False
    return bool(_INSIDE[0] < lettered.mean() < _INSIDE[1] and middle.mean() > 0.03)
