"""The row of a short line with all of its marks, where the box that an engine gives of it cuts them off.

Boxes of words are often those of the letters alone: the marks above capitals stand outside, and a picture of
the box has lost them. In tables they may hold the rules above and below as well. The letters tell how high
the row is, and marks stand within a part of that height above and below it.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import Pixels

#: What is darker than this belongs to a letter.
_INK: Final = 170
#: Pieces of so much of the box's height are letters rather than marks, dots and rules.
_LETTER: Final = 0.28
#: A piece wider than so many heights of the row is a rule.
_RULE: Final = 1.5
#: Marks stand this far above and below the letters, in heights of the row; two above each other need most.
_ABOVE: Final = 0.5
_BELOW: Final = 0.35
#: A box so many times as high as its letters holds more than their row.
_SEVERAL_ROWS: Final = 2.0


def with_marks(pixels: Pixels, box: Box) -> Box:
    """Returns the box of the row that stands in a box, with room for all marks of its letters.

    Args:
        pixels: the cleaned page, grey.
        box: where an engine says that the words stand, px.
    """
    part = pixels[box.top : box.bottom, box.left : box.right]
    if not part.size:
        return box
    height = part.shape[0]
    ink = np.where(part < _INK, np.uint8(255), np.uint8(0))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = stats[1:]
    high, wide = pieces[:, cv2.CC_STAT_HEIGHT], pieces[:, cv2.CC_STAT_WIDTH]
    letters = pieces[(high >= _LETTER * height) & (wide <= _RULE * height)]
    if not len(letters):
        return box
    tops = letters[:, cv2.CC_STAT_TOP]
    first, last = int(np.median(tops)), int(np.median(tops + letters[:, cv2.CC_STAT_HEIGHT]))
    row = last - first
    top, bottom = box.top + first - round(_ABOVE * row), box.top + last + round(_BELOW * row)
    if height < _SEVERAL_ROWS * row:
        top, bottom = min(top, box.top), max(bottom, box.bottom)
    return Box(left=box.left, top=max(0, top), right=box.right, bottom=min(pixels.shape[0], bottom))


def without_rules(pixels: Pixels, row: int) -> Pixels:
    """Returns a picture of a row, px high, without the pieces of ink that are rules, their rims included."""
    ink = np.where(pixels < _INK, np.uint8(255), np.uint8(0))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_rule = (stats[:, cv2.CC_STAT_WIDTH] > _RULE * row) & (stats[:, cv2.CC_STAT_HEIGHT] < row / 3)
    is_rule[0] = False
    if not is_rule.any():
        return pixels
    rules = cv2.dilate(np.where(is_rule[labels], np.uint8(255), np.uint8(0)), np.ones((3, 3), np.uint8))
    kept = pixels.copy()
    kept[rules > 0] = 255
    return kept
