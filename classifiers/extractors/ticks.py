"""Which of two words beside drawn boxes is ticked: ``Có ☐  Không ☒``.

Boxes are found by their four sides, and a box is ticked if there is ink within them. Both ticked, none
ticked or no boxes: the form does not say, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from classifiers.folding import key_of
from classifiers.layout import Token
from dossiers.reading import Box
from pipeline.image import PageImage, Pixels

#: What the boxes stand beside.
CHOICES: Final = ("Có", "Không")
#: A box is so many letter heights wide and high.
_SMALLEST: Final = 0.55
_LARGEST: Final = 2.0
#: It stands within so many letter heights behind its word.
_REACH: Final = 3.5
#: Share of a side that is inked, and of the inner part of a box that makes it a ticked one.
_SIDE_INK: Final = 0.7
_TICK_INK: Final = 0.05
#: Two sides of a box are apart by this share of what their strokes take up: a tick may reach out of it.
_APART: Final = 0.6


def ticked(image: PageImage, tokens: Sequence[Token], letter_height: float) -> str | None:
    """Returns the word whose box is ticked; ``None`` unless exactly one of both boxes is.

    Args:
        image: the upright page.
        tokens: the words behind the label.
        letter_height: px.
    """
    told: dict[str, bool] = {}
    for at, token in enumerate(tokens):
        word = next((each for each in CHOICES if key_of(each) == token.key), None)
        if word is None:
            continue
        right = int(token.box.right + _REACH * letter_height)
        following = next((each.box.left for each in tokens[at + 1 :] if len(each.key) > 1), right)
        is_full = _is_full(image, token.box, min(right, following), letter_height)
        if is_full is not None:
            told[word] = is_full
    full = [word for word, is_full in told.items() if is_full]
    return full[0] if len(full) == 1 and len(told) == len(CHOICES) else None


def _is_full(image: PageImage, word: Box, right: int, letter_height: float) -> bool | None:
    """Whether the box between a word and ``right`` has ink in it; ``None`` where there is no box."""
    margin = int(letter_height)
    top, left = max(0, word.top - margin), word.right
    cut = image.pixels[top : word.bottom + margin, left:right]
    if cut.shape[0] < 8 or cut.shape[1] < 8:
        return None
    grey = cut if cut.ndim == 2 else cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    rules = _rules(np.asarray(ink, dtype=np.uint8), max(6, int(_SMALLEST * letter_height)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    for x, y, width, height, _ in stats[1:count].tolist():
        sides = sorted((width, height))
        if _SMALLEST * letter_height <= sides[0] and sides[1] <= min(
            _LARGEST * letter_height, 1.5 * sides[0]
        ):
            frame = _frame(np.asarray(rules[y : y + height, x : x + width] > 0, dtype=np.uint8))
            if frame is not None:
                within = np.asarray(ink[y : y + height, x : x + width] > 0, dtype=np.uint8)
                return _inner_ink(within, frame) > _TICK_INK
    return None


def _rules(ink: Pixels, length: int) -> Pixels:
    """The straight strokes of the ink, level and upright."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), dtype=np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), dtype=np.uint8))
    return np.asarray(cv2.bitwise_or(level, upright), dtype=np.uint8)


def _frame(strokes: Pixels) -> tuple[slice, slice] | None:
    """Rows and columns between the sides of a box; ``None`` where one of the four is not drawn."""
    spans: list[slice] = []
    for axis, other in ((1, 0), (0, 1)):
        sides = np.flatnonzero(strokes.mean(axis=axis) >= _SIDE_INK)
        if sides.size < 2 or sides[-1] - sides[0] < _APART * strokes.shape[other]:
            return None
        spans.append(slice(int(sides[0]), int(sides[-1]) + 1))
    return spans[0], spans[1]


def _inner_ink(ink: Pixels, frame: tuple[slice, slice]) -> float:
    square = ink[frame]
    high, wide = square.shape[0] // 5, square.shape[1] // 5
    return float(square[high:-high, wide:-wide].mean())
