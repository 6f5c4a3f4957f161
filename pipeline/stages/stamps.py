"""Framed office stamps in colour: where they are, and whether they stand over print.

A stamp beside the print is read with the page. Only one struck over print is taken apart: the page is read
without it, and it is read without the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.stages.coloured_ink import chroma_of
from pipeline.stages.paper import MM_PER_INCH

_WORKING_DPI: Final = 100.0
#: Longer and shorter side of a frame, mm.
_LONGER_MM: Final = (12.0, 110.0)
_SHORTER_MM: Final = (6.0, 60.0)
#: Coloured ink has channels this far apart where paper is white, of 255.
_LEAST_CHROMA: Final = 24
#: A frame is met on this share of each side, within this share of the height or width.
_LEAST_SIDE: Final = 0.6
_SIDE_BAND: Final = 0.22
#: A ring leaves so much of its box's shorter side free in every corner; a turned frame does not.
_CORNER: Final = 0.12
#: A frame and its lines fill at most this much of their box.
_MOST_FILLED: Final = 0.65
#: Black print covers at least this much of a stamp that stands over print.
_LEAST_PRINT: Final = 0.008
#: Print is darker than this in every channel, of 255.
_PRINT_LEVEL: Final = 135

_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A coloured frame or ring with what it holds.

    Attributes:
        box: px of the image it was found in.
        is_over_print: whether black print runs through it.
        is_ring: whether it is round: its words run in a circle and are not read.
    """

    box: Box
    is_over_print: bool
    is_ring: bool = False


def find_stamps(image: PageImage) -> tuple[Stamp, ...]:
    """Returns the framed stamps of a colour page; none on a grey one."""
    if image.pixels.ndim == 2:
        return ()
    scale = min(1.0, _WORKING_DPI / image.dpi)
    coarse = np.asarray(
        cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    chroma = chroma_of(coarse)
    usual = int(np.median(chroma[::4, ::4]))
    ink = np.where(chroma > _LEAST_CHROMA + usual, np.uint8(255), np.uint8(0))
    joined = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for number, (left, top, width, height, area) in enumerate(stats[1:], start=1):
        if not _is_stamp_sized(width, height, image.dpi * scale) or area > _MOST_FILLED * width * height:
            continue
        part = slice(top, top + height), slice(left, left + width)
        own = labels[part] == number
        if _is_frame(own):
            box = _box(left, top, width, height, scale, image)
            found.append(Stamp(box=box, is_over_print=_has_print(coarse[part]), is_ring=_is_ring(own)))
    return tuple(found)


def _is_stamp_sized(width: int, height: int, dpi: float) -> bool:
    longer, shorter = (side / dpi * MM_PER_INCH for side in (max(width, height), min(width, height)))
    return _LONGER_MM[0] <= longer <= _LONGER_MM[1] and _SHORTER_MM[0] <= shorter <= _SHORTER_MM[1]


def _is_frame(own: _Bools) -> bool:
    """Whether the piece runs along all four sides of its box; a turned frame stays within the bands."""
    height, width = own.shape
    across, down = max(2, int(_SIDE_BAND * height)), max(2, int(_SIDE_BAND * width))
    band = max(2, min(across, down))
    sides = (
        own[:band].any(axis=0), own[-band:].any(axis=0),
        own[:, :band].any(axis=1), own[:, -band:].any(axis=1),
    )  # fmt: skip
    return bool(all(side.mean() >= _LEAST_SIDE for side in sides))


def _is_ring(own: _Bools) -> bool:
    """Whether no corner of the box holds any ink."""
    reach = max(1, int(_CORNER * min(own.shape)))
    ends = slice(None, reach), slice(-reach, None)
    return not any(own[rows, columns].any() for rows in ends for columns in ends)


def _has_print(part: Pixels) -> bool:
    return bool((part.max(axis=2) < _PRINT_LEVEL).mean() >= _LEAST_PRINT)


def _box(left: int, top: int, width: int, height: int, scale: float, image: PageImage) -> Box:
    """Returns the box in px of the image, one coarse pixel wider on each side."""
    return Box(
        left=max(0, int((left - 1) / scale)),
        top=max(0, int((top - 1) / scale)),
        right=min(image.width, int((left + width + 1) / scale)),
        bottom=min(image.height, int((top + height + 1) / scale)),
    )
