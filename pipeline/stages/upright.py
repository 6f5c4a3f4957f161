"""From a way a page may stand to its placement: sheet, quarter turn, skew, size."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.geometry import Placement
from pipeline.image import PageImage, Pixels
from pipeline.stages.deskew import SMALLEST_TURN_DEGREES
from pipeline.stages.glyphs import Glyphs
from pipeline.stages.orient import Stance
from pipeline.stages.warp import Frame, placement_of

#: Ink that would leave the canvas when a skew is taken out, of all ink: more, and the canvas grows.
_MOST_LOST_SHARE: Final = 0.0005


def place(original: PageImage, sheet: Frame, stance: Stance, glyphs: Glyphs) -> Placement:
    """Returns how the upright page lies in the original.

    The canvas keeps its size unless content would leave it.

    Args:
        original: the decoded page.
        sheet: the whole picture, or the straightened sheet found in it.
        stance: the turn and skew to take out.
        glyphs: letters of the sheet, to see whether content would be cut.
    """
    turned = sheet.turned(stance.turn_degrees)
    skew = stance.skew_degrees if abs(stance.skew_degrees) >= SMALLEST_TURN_DEGREES else 0.0
    if not skew:
        return placement_of(turned, original, stance.turn_degrees, 0.0)
    ink = _turned(glyphs.all_ink, stance.turn_degrees)
    width, height = turned.width, turned.height
    if _lost_share(ink, skew) > _MOST_LOST_SHARE:
        cos, sin = abs(np.cos(np.deg2rad(skew))), abs(np.sin(np.deg2rad(skew)))
        width, height = round(width * cos + height * sin), round(width * sin + height * cos)
    return placement_of(turned.levelled(skew, width, height), original, stance.turn_degrees, skew)


def _turned(ink: Pixels, degrees: int) -> Pixels:
    ways = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return np.asarray(cv2.rotate(ink, ways[degrees]), np.uint8) if degrees else ink


def _lost_share(ink: Pixels, skew: float) -> float:
    """Returns which part of the ink falls off a canvas of the same size when ``skew`` is taken out."""
    down, along = np.nonzero(ink)
    if not down.size:
        return 0.0
    height, width = ink.shape
    x, y = along - (width - 1) / 2, down - (height - 1) / 2
    cos, sin = np.cos(np.deg2rad(skew)), np.sin(np.deg2rad(skew))
    new_x, new_y = x * cos + y * sin, y * cos - x * sin
    is_lost = (np.abs(new_x) > width / 2) | (np.abs(new_y) > height / 2)
    return float(is_lost.mean())
