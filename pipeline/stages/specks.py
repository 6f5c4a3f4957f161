"""Isolated specks of photocopies, dust and one-bit scans: an engine takes them for full stops and letters."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from pipeline.stages.paper import MM_PER_INCH
from pipeline.stages.pieces import Pieces

#: A speck is at most this wide and high, mm; full stops and dots of letters are not larger, but never alone.
_LARGEST_MM: Final = 0.65
#: Ink at least this wide or high is a letter or part of one, mm.
_LETTER_MM: Final = 1.0
#: Larger pieces are frames and tables with what touches them; not all of their box is near a letter, mm.
_WORD_MM: Final = 12.0
#: Marks of letters, full stops and hyphens stand at most this far from a letter, mm.
_REACH_MM: Final = 1.7
#: Faded words leave fragments along a line, as far to either side, mm.
_WORD_REACH_MM: Final = 5.0
#: So many more small pieces together than chance would put there are no dirt.
_MOST_TOGETHER: Final = 3.5
#: Fewer specks than this are not worth touching a page for.
_FEWEST: Final = 5
#: Letters are looked for in cells of so many px.
_COARSE: Final = 4
#: Rims of specks are paler than ink; so many px around them go too.
_RIM: Final = 2

_Bools = npt.NDArray[np.bool_]


def specks(pieces: Pieces, dpi: float) -> Pixels:
    """Returns a mask (255) of the isolated specks among the pieces of ink; empty where there are few."""
    mask = np.zeros(pieces.labels.shape, np.uint8)
    per_mm = dpi / MM_PER_INCH
    longer = np.maximum(pieces.stats[:, cv2.CC_STAT_WIDTH], pieces.stats[:, cv2.CC_STAT_HEIGHT])
    is_small = longer <= max(2.0, _LARGEST_MM * per_mm)
    is_small[0] = False
    beside = _near_letters(pieces, longer >= _LETTER_MM * per_mm, per_mm) | _crowded(pieces, is_small, per_mm)
    alone = np.nonzero(is_small & ~beside)[0]
    if len(alone) < _FEWEST:
        return mask
    for left, top, width, height, _area in pieces.stats[alone]:
        mask[max(0, top - _RIM) : top + height + _RIM, max(0, left - _RIM) : left + width + _RIM] = 255
    return mask


def _near_letters(pieces: Pieces, is_letter: _Bools, per_mm: float) -> _Bools:
    """Returns which pieces have their middle near a letter."""
    height, width = pieces.labels.shape
    letters = np.zeros((height // _COARSE + 1, width // _COARSE + 1), np.uint8)
    longer = np.maximum(pieces.stats[:, cv2.CC_STAT_WIDTH], pieces.stats[:, cv2.CC_STAT_HEIGHT])
    is_large = longer > _WORD_MM * per_mm
    sampled = is_large[pieces.labels[::_COARSE, ::_COARSE]] & (pieces.labels[::_COARSE, ::_COARSE] > 0)
    letters[: sampled.shape[0], : sampled.shape[1]][sampled] = 255
    boxes = pieces.stats[1:][(is_letter & ~is_large)[1:]][:, :4] // _COARSE
    for left, top, across, down in boxes:
        letters[top : top + down + 2, left : left + across + 2] = 255
    reach = 2 * round(_REACH_MM * per_mm / _COARSE) + 1
    letters = np.asarray(cv2.dilate(letters, np.ones((reach, reach), np.uint8)), np.uint8)
    middles = (pieces.centres // _COARSE).astype(np.int64)
    return np.asarray(letters[middles[:, 1], middles[:, 0]] > 0, np.bool_)


def _crowded(pieces: Pieces, is_small: _Bools, per_mm: float) -> _Bools:
    """Returns which pieces have many small ones around them: faded letters fall into such crowds."""
    height, width = pieces.labels.shape
    counts = np.zeros((height // _COARSE + 1, width // _COARSE + 1), np.float32)
    middles = (pieces.centres // _COARSE).astype(np.int64)
    np.add.at(counts, (middles[is_small, 1], middles[is_small, 0]), 1)
    window = (2 * round(_WORD_REACH_MM * per_mm / _COARSE) + 1, 2 * round(_REACH_MM * per_mm / _COARSE) + 1)
    around = cv2.boxFilter(counts, -1, window, normalize=False, borderType=cv2.BORDER_CONSTANT)
    expected = float(is_small.sum()) / counts.size * window[0] * window[1]
    return np.asarray(around[middles[:, 1], middles[:, 0]] > _MOST_TOGETHER + expected, np.bool_)
