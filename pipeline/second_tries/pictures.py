"""The picture of one place alone: ink of other rows taken out, and prepared otherwise than the page was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.second_tries.name_rows import with_marks, without_rules
from pipeline.text import Word

#: What is darker than this belongs to a letter; rows are told apart with it.
_INK: Final = 170
#: A mark is at most this high, of the height of its row.
_HIGHEST_MARK: Final = 0.45
#: White around a picture, px: the engine reads ink at the very edge badly.
_MARGIN: Final = 10
#: How much larger the first try sees the place.
_LARGER: Final = 1.5
#: Local threshold after Sauvola and Pietikäinen (2000): window in px, weight of the contrast, its range.
_WINDOW: Final = 25
_CONTRAST_WEIGHT: Final = 0.2
_CONTRAST_RANGE: Final = 128.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cutting:
    """A place of a page as a picture of its own.

    Attributes:
        image: what the engine is shown.
        left: where the picture begins on the cleaned page, px.
        top: the same downwards.
        scale: px of the picture for one px of the page.
    """

    image: PageImage
    left: int
    top: int
    scale: float

    def on_page(self, word: Word) -> Box:
        """Returns where a word of the picture stands on the cleaned page."""
        left = self.left + int((word.box.left - _MARGIN) / self.scale)
        top = self.top + int((word.box.top - _MARGIN) / self.scale)
        return Box(
            left=left,
            top=top,
            right=max(left + 1, self.left + round((word.box.right - _MARGIN) / self.scale)),
            bottom=max(top + 1, self.top + round((word.box.bottom - _MARGIN) / self.scale)),
        )


def resized(page: PageImage, box: Box, sizes: Sequence[tuple[float, float]]) -> Iterator[Cutting]:
    """Yields a short line alone in several sizes, with all of its marks.

    Args:
        page: the cleaned page.
        box: where an engine says that its words stand; px of the page.
        sizes: px of the picture for one px of the page, and the standard deviation of the Gaussian that
            softens it, px of the picture (0: none).
    """
    row = with_marks(page.pixels, box)
    ink, left, top = _alone(page.pixels, row, 0)
    ink = without_rules(ink, row.bottom - row.top)
    for scale, blur in sizes:
        way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        other = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=way)
        if blur:
            other = cv2.GaussianBlur(other, (0, 0), blur)
        yield _cutting(np.asarray(other, np.uint8), page.dpi, left, top, scale)


def enlarged(page: PageImage, box: Box, room: int) -> Cutting:
    """Returns a place half as large again.

    Args:
        page: the cleaned page.
        box: the place; px of the page.
        room: how far marks of its letters may stand above and below it, px.
    """
    ink, left, top = _alone(page.pixels, box, room)
    larger = cv2.resize(ink, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    return _cutting(np.asarray(larger, np.uint8), page.dpi, left, top, _LARGER)


def bilevel(page: PageImage, box: Box, room: int) -> Cutting:
    """Returns a place in black and white, each dot judged by what is around it (see ``enlarged``)."""
    ink, left, top = _alone(page.pixels, box, room)
    values = ink.astype(np.float32)
    mean = cv2.boxFilter(values, -1, (_WINDOW, _WINDOW))
    spread = np.sqrt(np.maximum(0.0, cv2.boxFilter(values * values, -1, (_WINDOW, _WINDOW)) - mean * mean))
    threshold = mean * (1.0 + _CONTRAST_WEIGHT * (spread / _CONTRAST_RANGE - 1.0))
    return _cutting(np.where(values > threshold, np.uint8(255), np.uint8(0)), page.dpi, left, top, 1.0)


def _cutting(pixels: Pixels, dpi: float, left: int, top: int, scale: float) -> Cutting:
    framed = cv2.copyMakeBorder(
        pixels, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(255.0,)
    )
    image = PageImage(pixels=np.asarray(framed, np.uint8), dpi=dpi * scale)
    return Cutting(image=image, left=left, top=top, scale=scale)


def _alone(page: Pixels, box: Box, room: int) -> tuple[Pixels, int, int]:
    """Cuts a place out, with white around it, and whitens ink that belongs to the rows above and below."""
    beside = (box.bottom - box.top) // 3
    left, top = max(0, box.left - beside), max(0, box.top - beside - room)
    part = page[top : box.bottom + beside + room, left : box.right + beside].copy()
    ink = np.where(part < _INK, np.uint8(255), np.uint8(0))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_away = _is_away(np.asarray(stats, np.int32), box.top - top, box.bottom - top, part.shape[0], room)
    away = np.where(is_away[labels], np.uint8(255), np.uint8(0))
    rims = cv2.dilate(away, np.ones((3, 3), np.uint8))
    part[(rims > 0) & (is_away[labels] | (labels == 0))] = 255
    return np.asarray(part, np.uint8), left, top


def _is_away(
    stats: npt.NDArray[np.int32], first: int, last: int, height: int, room: int
) -> npt.NDArray[np.bool_]:
    """Tells which pieces of ink stand outside the rows ``first`` to ``last`` and are none of their marks."""
    upper, high = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_HEIGHT]
    lower = upper + high
    inside = np.minimum(lower, last) - np.maximum(upper, first)
    is_apart = (lower <= first + 2) | (upper >= last - 2) | (upper == 0) | (lower >= height)
    is_mark = (high <= _HIGHEST_MARK * (last - first)) & (lower >= first - room) & (upper <= last + room // 2)
    is_away = (inside < 0.5 * high) & is_apart & ~(is_mark & (room > 0))
    is_away[0] = False
    return np.asarray(is_away, np.bool_)
