"""Dots under letters (ạ, ợ, ị) that stand among the dots of a leader line, and are no part of it.

Values are written on dotted lines, so that the mark below a letter meets the dots of the form. It is larger
than they are, stands off their level or between their places, or has grown together with one of them; and a
letter stands above it. Without this, ``Thạnh`` written on a leader was read as ``Thanh``.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from pipeline.stages.pieces import Pieces

#: A mark is at least so many times as wide and high as a leader's dot, and at most so many times as high.
_SMALLEST: Final = 0.8
_HIGHEST: Final = 2.3
#: As wide as this where it has grown together with the dots on both of its sides.
_WIDEST: Final = 3.6
#: A leader's own dots are at most this much larger than usual, and so far off its level (of their size).
LARGER: Final = 1.25
OFF_LEVEL: Final = 0.25
#: Px that a dot of few px may be off by chance.
SLACK_PX: Final = 0.1
LEVEL_PX: Final = 1.0
#: Marks stand at most this far below the letter, mm.
_BELOW_LETTER_MM: Final = 1.6
#: Marks fill this share of their box at least.
_LEAST_FILLING: Final = 0.45

_Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]


def dots_below_letters(
    ink: Pixels, pieces: Pieces, near: _Bools, off: _Floats, is_on_pitch: _Bools, size: float, per_mm: float
) -> tuple[_Bools, _Bools]:
    """Tells which pieces may be marks of letters, and which are surely the leader's own dots.

    Args:
        ink: the binarised page (ink 255).
        pieces: of the ink.
        near: which pieces stand on the leader's stretch.
        off: how far each piece's middle stands from the leader's level, px.
        is_on_pitch: which pieces stand where the leader has a dot.
        size: usual size of the leader's dots, px.
        per_mm: px in a millimetre.
    """
    wide, high = pieces.stats[:, cv2.CC_STAT_WIDTH], pieces.stats[:, cv2.CC_STAT_HEIGHT]
    filling = pieces.stats[:, cv2.CC_STAT_AREA] / np.maximum(1, wide * high)
    is_mark = near & (np.abs(off) <= size) & (filling >= _LEAST_FILLING)
    is_mark &= (high >= _SMALLEST * size) & (high <= _HIGHEST * size)
    is_mark &= (wide >= _SMALLEST * size) & (wide <= _WIDEST * size)
    is_own = near & (np.abs(off) <= max(LEVEL_PX, OFF_LEVEL * size)) & is_on_pitch
    is_own &= (wide + high) / 2.0 <= LARGER * size + SLACK_PX
    is_mark &= ~is_own
    for label in np.nonzero(is_mark)[0]:
        is_mark[label] = _is_below_letter(ink, pieces, int(label), per_mm)
    return np.asarray(is_mark, np.bool_), np.asarray(is_own, np.bool_)


def _is_below_letter(ink: Pixels, pieces: Pieces, label: int, per_mm: float) -> bool:
    top = int(pieces.stats[label, cv2.CC_STAT_TOP])
    column = round(float(pieces.centres[label, 0]))
    above = ink[
        max(0, top - round(_BELOW_LETTER_MM * per_mm)) : max(0, top - 1), max(0, column - 1) : column + 2
    ]
    return bool(above.any())
