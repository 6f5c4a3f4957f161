"""Which side of a card a piece of the glass shows, and which way up.

The back of every card since 2021 carries a machine-readable zone along its lower edge (ICAO 9303, three
lines of 30 signs); the front carries its title in red, in the upper half. An older card shows neither
sign on its back: it stays unknown, and reading decides.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from dossiers.page import Region
from pipeline.image import PageImage, Pixels
from scanners.id_card.side import CARD_MM, CardSide, Facing

#: The card is looked at with so many px in a millimetre.
_SCALE: Final = 8
#: The zone lies in this lower part of a card; its lines are so high, and so long, millimetres.
_ZONE_PART: Final = 0.42
_LINE_HIGH_MM: Final = (1.9, 4.6)
_LINE_LONG_MM: Final = 55.0
#: The lines of a zone are equally long, to this share; those of running text are not.
_EQUAL: Final = 0.96
#: Signs of a line stand closer than this.
_SIGN_GAP_MM: Final = 3.2
#: Two lines of three make a zone sure.
_ENOUGH_LINES: Final = 2
#: Red ink: by so much redder than green and blue; a title is at least so large a share of the card.
_RED: Final = 45
_LEAST_RED: Final = 0.002
#: The half with the title holds so many times the red of the other.
_MORE_RED: Final = 1.5

Points = npt.NDArray[np.float64]


def seen_side(image: PageImage, corners: Points) -> CardSide:
    """Looks at the piece within corners (px of the scan, longer sides level)."""
    card = straightened(image.pixels, corners, (CARD_MM[0] * _SCALE, CARD_MM[1] * _SCALE))
    lines = [zone_lines(turned) for turned in (card, _upside_down(card))]
    if max(lines) >= _ENOUGH_LINES and lines[0] != lines[1]:
        is_turned = lines[1] > lines[0]
        return _side(corners, Facing.BACK, is_turned=is_turned, is_upright=True, confidence=0.95)
    upper, lower = _red_halves(card)
    if max(upper, lower) >= _LEAST_RED and max(upper, lower) >= _MORE_RED * min(upper, lower):
        return _side(corners, Facing.FRONT, is_turned=lower > upper, is_upright=True, confidence=0.9)
    return _side(corners, Facing.UNKNOWN, is_turned=False, is_upright=False, confidence=0.0)


def straightened(pixels: Pixels, corners: Points, size: tuple[float, float]) -> Pixels:
    """Cuts out the four-sided piece within corners as an upright rectangle of ``size`` px."""
    width, height = (round(side) for side in size)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    cut = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut, np.uint8)


def zone_lines(card: Pixels) -> int:
    """How many long lines of signs, 0 to 3, stand along the lower edge of a card."""
    grey = card if card.ndim == 2 else cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)
    part = np.asarray(grey[round(grey.shape[0] * (1 - _ZONE_PART)) :], np.uint8)
    ground = cv2.medianBlur(part, 4 * _SCALE + 1)
    ink = np.asarray((ground.astype(np.int16) - part > 40), np.uint8) * 255
    gap = round(_SIGN_GAP_MM * _SCALE)
    joined = cv2.morphologyEx(np.asarray(ink, np.uint8), cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    level = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, gap), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=4)
    least, most = (each * _SCALE for each in _LINE_HIGH_MM)
    long = [
        int(width)
        for _, _, width, height, _ in stats[1:count]
        if width >= _LINE_LONG_MM * _SCALE and least <= height <= most
    ]
    return min(3, sum(width >= _EQUAL * max(long) for width in long))


def _red_halves(card: Pixels) -> tuple[float, float]:
    """Share of red ink in the upper and in the lower half; none in a grey scan."""
    if card.ndim == 2:
        return 0.0, 0.0
    whole = card.astype(np.int16)
    red = (whole[..., 0] - np.maximum(whole[..., 1], whole[..., 2])) > _RED
    half = red.shape[0] // 2
    return float(red[:half].mean()), float(red[half:].mean())


def _upside_down(card: Pixels) -> Pixels:
    return np.ascontiguousarray(np.rot90(card, 2))


def _side(
    corners: Points, facing: Facing, *, is_turned: bool, is_upright: bool, confidence: float
) -> CardSide:
    points = np.roll(corners, -2, axis=0) if is_turned else corners
    one, two, three, four = ((float(x), float(y)) for x, y in points)
    placed: Region = (one, two, three, four)
    return CardSide(corners=placed, facing=facing, is_upright=is_upright, confidence=confidence)
