"""Finding the sheet or the card in a picture that shows its surroundings too.

Content is never cut: a crop happens only where four straight, clear edges enclose the paper and nothing
but background lies outside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels
from pipeline.stages.sheet_edges import with_shaded_rims
from pipeline.stages.warp import Frame

_COARSE_SIDE: Final = 700
#: A picture whose rim, so many px of the coarse picture, is brighter than this shows no surroundings.
_BRIGHTEST_RIM: Final = 150.0
_RIM: Final = 3
#: What shrinking and smoothing may change about the rim's brightness.
_ROUNDING: Final = 10.0
#: The paper fills between these shares of the picture.
_SMALLEST_SHARE: Final = 0.05
_LARGEST_SHARE: Final = 0.97
#: How much of the four-sided figure the found blob fills, and the reverse.
_LEAST_FILLING: Final = 0.96
#: Difference in brightness between paper and surroundings, of 255.
_LEAST_DIFFERENCE: Final = 45.0
#: Largest share of the picture's rim that may look like paper (a sheet may touch the rim a little).
_MOST_PAPER_ON_RIM: Final = 0.25
#: Outside the sheet, pixels as bright as paper: more would be a second sheet or a torn corner.
_MOST_PAPER_OUTSIDE: Final = 0.02
#: Corners differ from right angles by at most this, degrees.
_MOST_TILT_DEGREES: Final = 25.0

Corners = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """Where the paper lies in a picture.

    Attributes:
        corners: (4, 2) px of the picture: top left, top right, bottom right, bottom left.
        width: px that the sheet is across when straightened.
        height: px that it is down.
    """

    corners: Corners
    width: int
    height: int

    def frame(self) -> Frame:
        """Returns the straightened sheet as a frame of the picture."""
        flat = np.array(
            [[0, 0], [self.width - 1, 0], [self.width - 1, self.height - 1], [0, self.height - 1]], np.float32
        )
        matrix = cv2.getPerspectiveTransform(flat, self.corners.astype(np.float32))
        return Frame(to_original=np.asarray(matrix, np.float64), width=self.width, height=self.height)


def find_sheet(image: PageImage) -> Sheet | None:
    """Returns the sheet in a picture with surroundings, ``None`` where the page fills the picture."""
    scale = min(1.0, _COARSE_SIDE / max(image.width, image.height))
    if image.is_bilevel or _is_white_around(image.pixels, scale):
        return None
    coarse = np.asarray(
        cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    bright = coarse if coarse.ndim == 2 else np.asarray(coarse.min(axis=2), np.uint8)
    bright = np.asarray(cv2.medianBlur(bright, 5), np.uint8)
    if _rim(bright).mean() > _BRIGHTEST_RIM:
        return None
    mask = _paper_mask(bright)
    corners = _four_corners(mask)
    if corners is None:
        return None
    corners = with_shaded_rims(bright, corners)
    if not _is_rectangular(corners) or not _stands_alone(bright, mask, corners):
        return None
    return _measured(corners / scale)


def _is_white_around(pixels: Pixels, scale: float) -> bool:
    """Says at once of most pages that they fill the picture: to shrink them would cost more than this."""
    rim = _rim(pixels, max(1, round(_RIM / scale)))
    return float((rim if rim.ndim == 1 else rim.min(axis=1)).mean()) > _BRIGHTEST_RIM + _ROUNDING


def _rim(picture: Pixels, width: int = _RIM) -> npt.NDArray[np.uint8]:
    """Returns the pixels along the four sides."""
    sides = (picture[:width], picture[-width:], picture[:, :width], picture[:, -width:])
    return np.concatenate([side.reshape(-1, *picture.shape[2:]) for side in sides])


def _paper_mask(bright: Pixels) -> Pixels:
    """Separates paper from surroundings; print on the paper is closed over."""
    _, mask = cv2.threshold(bright, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    size = max(3, int(0.03 * max(bright.shape)) | 1)
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (size, size))
    framed = cv2.copyMakeBorder(mask, size, size, size, size, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, window)
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, window)
    return np.asarray(opened[size:-size, size:-size], np.uint8)


def _four_corners(mask: Pixels) -> Corners | None:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = max(contours, key=cv2.contourArea)
    share = cv2.contourArea(outline) / mask.size
    if not _SMALLEST_SHARE <= share <= _LARGEST_SHARE:
        return None
    hull = cv2.convexHull(outline)
    for tolerance in (0.02, 0.03, 0.05):
        figure = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, closed=True), closed=True)
        if len(figure) == 4:
            corners = _fitted(
                outline.reshape(-1, 2).astype(np.float64),
                _ordered(np.asarray(figure.reshape(4, 2), np.int32)),
            )
            filling = cv2.contourArea(outline) / max(1.0, cv2.contourArea(corners.astype(np.float32)))
            is_sound = _LEAST_FILLING <= filling <= 2 - _LEAST_FILLING and _is_rectangular(corners)
            return corners if is_sound else None
    return None


def _ordered(points: npt.NDArray[np.int32]) -> Corners:
    """Sorts four points clockwise from the top left one."""
    around = points - points.mean(axis=0)
    clockwise = points[np.argsort(np.arctan2(around[:, 1], around[:, 0]))].astype(np.float64)
    first = int(np.argmin(clockwise.sum(axis=1)))
    return np.asarray(np.roll(clockwise, -first, axis=0), np.float64)


def _fitted(outline: Corners, rough: Corners) -> Corners:
    """Meets the straight lines through the outline points of each side: corners to a fraction of a px."""
    lines = []
    for index in range(4):
        start, end = rough[index], rough[(index + 1) % 4]
        along = end - start
        length = float(np.hypot(*along))
        position = (outline - start) @ along / max(1.0, length**2)
        apart = outline - start
        offset = np.abs(along[0] * apart[:, 1] - along[1] * apart[:, 0]) / max(1.0, length)
        near = outline[(position > 0.08) & (position < 0.92) & (offset < max(4.0, 0.02 * length))]
        if len(near) < 10:
            return rough
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append(np.cross([x, y, 1.0], [x + vx, y + vy, 1.0]))
    met = [np.cross(lines[index - 1], lines[index]) for index in range(4)]
    if any(abs(point[2]) < 1e-9 for point in met):
        return rough
    return np.array([[point[0] / point[2], point[1] / point[2]] for point in met])


def _is_rectangular(corners: Corners) -> bool:
    sides = np.roll(corners, -1, axis=0) - corners
    for one, two in zip(sides, np.roll(sides, -1, axis=0), strict=True):
        cosine = float(one @ two) / max(1e-9, float(np.hypot(*one) * np.hypot(*two)))
        if abs(np.degrees(np.arcsin(np.clip(cosine, -1, 1)))) > _MOST_TILT_DEGREES:
            return False
    return True


def _stands_alone(bright: Pixels, mask: Pixels, corners: Corners) -> bool:
    inside = np.zeros_like(mask)
    cv2.fillConvexPoly(inside, np.round(corners).astype(np.int32), 255)
    grown = cv2.dilate(inside, np.ones((9, 9), np.uint8))
    paper = float(np.median(bright[inside > 0]))
    outside = bright[grown == 0]
    if outside.size < 0.01 * bright.size:
        return False
    surroundings = float(np.median(outside))
    is_like_paper = outside > (paper + surroundings) / 2
    return (
        paper - surroundings >= _LEAST_DIFFERENCE
        and float(is_like_paper.mean()) <= _MOST_PAPER_OUTSIDE
        and float((_rim(mask) > 0).mean()) <= _MOST_PAPER_ON_RIM
    )


def _measured(corners: Corners) -> Sheet:
    """Sizes the straightened sheet by its longer opposite sides: nothing is shrunk."""
    top, right, bottom, left = (float(np.hypot(*(corners[(i + 1) % 4] - corners[i]))) for i in range(4))
    return Sheet(
        corners=corners, width=max(2, round(max(top, bottom))), height=max(2, round(max(left, right)))
    )
