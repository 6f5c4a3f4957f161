"""Whether anything was put on a page: print, stamp, handwriting; holes, shadows and dust are nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels

#: Ink is at least this much darker than paper, of 255; pencil and pale stamps are, print of the back is not.
_LEAST_DARKNESS: Final = 26.0
#: And at least so many times the grain of the paper.
_GRAINS: Final = 5.0
#: Marks this close to the edge are holes, shadows and torn rims, mm.
_RIM_MM: Final = 6.0
#: Smaller marks are dust, mm; the dot on an i is.
_DUST_MM: Final = 1.2
#: Sheets with so many specks are copies of copies: there chance joins specks to pieces of this size, mm.
_MANY_SPECKS: Final = 250
_JOINED_DUST_MM: Final = 1.7
#: Punch holes, dark or as rings: their size and how far from the edge they lie, mm.
_HOLE_MM: Final = (3.5, 9.5)
_HOLE_REACH_MM: Final = 25.0
#: A line of dirty glass is so thin, mm, and runs over so much of the page.
_STREAK_MM: Final = 0.9
_STREAK_SHARE: Final = 0.4
#: Marks inside the rim: below both bounds a page is blank. A single digit has more.
_LEAST_MARKS: Final = 2
_LEAST_INK_MM2: Final = 1.1


_Whole = npt.NDArray[np.int32]
_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """How much a page carries.

    Attributes:
        marks: pieces inside the rim that are no dust, hole or streak.
        ink_mm2: their ink.
    """

    marks: int
    ink_mm2: float

    @property
    def is_blank(self) -> bool:
        """Whether nothing was put on the page."""
        return self.marks < _LEAST_MARKS and self.ink_mm2 < _LEAST_INK_MM2


def content_of(darkness: Pixels, dpi: float) -> Content:
    """Measures what was put on a page.

    Args:
        darkness: 0 for paper to 255, with what shines through taken off.
        dpi: of it.
    """
    soft = np.asarray(cv2.GaussianBlur(darkness, (0, 0), 0.7), np.uint8)
    threshold = max(_LEAST_DARKNESS, _GRAINS * _grain(soft))
    ink = cv2.threshold(soft, threshold, 255, cv2.THRESH_BINARY)[1]
    found = cv2.connectedComponentsWithStats(np.asarray(ink, np.uint8), connectivity=8)[2]
    stats = np.asarray(found[1:], np.int32)
    left, top, across, down, area = (stats[:, column] for column in range(5))
    per_mm, (height, width) = dpi / 25.4, darkness.shape
    right, bottom = width - left - across, height - top - down
    edge = np.minimum(np.minimum(left, top), np.minimum(right, bottom))
    longer, shorter = np.maximum(across, down), np.maximum(1, np.minimum(across, down))
    is_hole = (
        (longer >= _HOLE_MM[0] * per_mm) & (longer <= _HOLE_MM[1] * per_mm) & (longer <= 1.25 * shorter)
        & (edge <= _HOLE_REACH_MM * per_mm)
    )  # fmt: skip
    is_streak = _streak_pieces(stats, per_mm, height)
    is_inside = (edge >= 1) & (edge + shorter >= _RIM_MM * per_mm)
    specks = int((is_inside & (longer < _DUST_MM * per_mm)).sum())
    dust = _JOINED_DUST_MM if specks >= _MANY_SPECKS else _DUST_MM
    is_mark = is_inside & (longer >= dust * per_mm) & ~is_hole & ~is_streak
    return Content(marks=int(is_mark.sum()), ink_mm2=float(area[is_mark].sum()) / per_mm**2)


def _streak_pieces(stats: _Whole, per_mm: float, height: int) -> _Bools:
    """Pieces of lines down the page: thin, and with those above and below them most of its height."""
    left, across, down = stats[:, 0], stats[:, 2], stats[:, 3]
    centre = left + across / 2
    is_thin = (across <= _STREAK_MM * per_mm + 1) & (down > across)
    places = np.round(centre / (_STREAK_MM * per_mm)).astype(np.intp)
    lengths = np.bincount(places, weights=np.where(is_thin, down, 0), minlength=2)
    beside = lengths + np.append(lengths[1:], 0) + np.append(0, lengths[:-1])
    return np.asarray(is_thin & (beside[places] >= _STREAK_SHARE * height), np.bool_)


def _grain(darkness: Pixels) -> float:
    """The usual deviation of paper: most points of most pages are paper, and half of those deviate darker."""
    sample = darkness[::4, ::4]
    paper = sample[sample <= np.percentile(sample, 60)]
    return float(paper.std()) * 1.6 if paper.size else 0.0
