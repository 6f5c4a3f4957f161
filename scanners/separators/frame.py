"""The frame of black squares around every sheet that Sohoa prints, and how it is found again.

The frame tells a sheet of ours without its code: no paper of an office is surrounded by squares like these.
It is found at any angle and at any size from A5 to A4, on a poor copy, and when much of it is lost.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanners.separators.blobs import Blobs

#: The sheet, millimetres.
SHEET_MM: Final = (210.0, 297.0)
#: Side of a square, and how far the middle of each is from the edge of the sheet.
SQUARE_MM: Final = 5.0
MARGIN_MM: Final = 14.0
#: Squares along the shorter and the longer side, corners counted at both.
ACROSS, DOWN = 15, 22
#: How many squares there are.
SQUARES: Final = 2 * (ACROSS + DOWN) - 4

#: Sides of a square that may be one, for sheets printed or copied smaller, millimetres.
_SIDES_MM: Final = (2.8, 6.2)
#: Distance of neighbours in sides of a square: 13.0 / 5 across, 12.8 / 5 down.
_PITCH: Final = (2.25, 2.95)
#: Least share of its own bounding rectangle that a square fills, whatever its angle.
_FILLING: Final = 0.78
#: Squares of one sheet differ in area by no more than this from their median.
_EQUAL: Final = 1.6
#: How far inside the outline of all squares a square may lie, in sides.
_RIM: Final = 1.0


def square_centres() -> list[tuple[float, float]]:
    """Centres of the squares on the sheet, millimetres from the top left corner."""
    width, height = SHEET_MM
    xs = [MARGIN_MM + (width - 2 * MARGIN_MM) * at / (ACROSS - 1) for at in range(ACROSS)]
    ys = [MARGIN_MM + (height - 2 * MARGIN_MM) * at / (DOWN - 1) for at in range(DOWN)]
    level = [(x, y) for y in (ys[0], ys[-1]) for x in xs]
    return level + [(x, y) for x in (xs[0], xs[-1]) for y in ys[1:-1]]


def frame_share(blobs: Blobs) -> float:
    """How much of the frame is there, 0 to 1."""
    centres, sides = _squares(blobs)
    if len(centres) < 4:
        return 0.0
    centres = centres[_has_neighbour(centres, sides)]
    if len(centres) < 4:
        return 0.0
    hull = cv2.convexHull(centres.astype(np.float32))
    reach = _RIM * float(np.median(sides))
    on_rim = [cv2.pointPolygonTest(hull, (float(x), float(y)), measureDist=True) <= reach for x, y in centres]
    return min(1.0, sum(on_rim) / SQUARES)


def _squares(blobs: Blobs) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Centres and sides, in px, of what may be squares of one frame."""
    least, most = (side * blobs.px_per_mm for side in _SIDES_MM)
    longest = most * 2**0.5 + 2
    is_likely = (
        (blobs.areas >= least**2 * 0.8)
        & (blobs.areas <= most**2 * 1.2)
        & (np.maximum(blobs.widths, blobs.heights) <= longest)
        & (np.abs(blobs.widths - blobs.heights) <= 0.25 * np.maximum(blobs.widths, blobs.heights) + 1)
    )
    found = [index for index in np.flatnonzero(is_likely) if blobs.filling(int(index)) >= _FILLING]
    if not found:
        return np.empty((0, 2)), np.empty(0)
    sides = np.sqrt(blobs.areas[found].astype(np.float64))
    middle = float(np.median(sides))
    is_equal = (sides**2 <= middle**2 * _EQUAL) & (sides**2 * _EQUAL >= middle**2)
    return blobs.centres[found][is_equal], sides[is_equal]


def _has_neighbour(centres: npt.NDArray[np.float64], sides: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    apart = np.hypot(*(centres[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    side = float(np.median(sides))
    is_pitch = (apart >= _PITCH[0] * side) & (apart <= _PITCH[1] * side)
    return np.asarray(is_pitch.any(axis=1), dtype=np.bool_)
