"""Round red seals: where they are, and how they are taken out of a copy made for recognition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.stages.coloured_ink import print_alone
from pipeline.stages.paper import MM_PER_INCH
from pipeline.stages.stamps import Stamp

_WORKING_DPI: Final = 60.0
#: Diameters of official seals with room for blur and estimated resolutions, mm.
_SMALLEST_MM: Final = 18.0
_LARGEST_MM: Final = 55.0
#: Red exceeds green and blue by at least this, of 255.
_LEAST_REDNESS: Final = 35
#: Of 36 directions from the centre, this share must meet the ring.
_LEAST_RING: Final = 0.6
_DIRECTIONS: Final = 36
#: A seal reaches beyond its measured circle by this: its ring is broad and may be oval.
_REACH: Final = 1.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A round red seal; px of the image it was found in."""

    x: float
    y: float
    radius: float


def find_seals(image: PageImage) -> tuple[Seal, ...]:
    """Returns the round red seals of a colour page; none on a grey one."""
    if image.pixels.ndim == 2:
        return ()
    scale = min(1.0, _WORKING_DPI / image.dpi)
    coarse = np.asarray(
        cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    red = _red(coarse)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(joined, np.uint8))
    seals = []
    for number, (left, top, width, height, _area) in enumerate(stats):
        if number and _is_seal_sized(int(width), int(height), image.dpi * scale):
            circle = _circle(np.asarray((labels == number) & (red > 0), bool), left, top, width, height)
            if circle is not None:
                seals.append(Seal(x=circle.x / scale, y=circle.y / scale, radius=circle.radius / scale))
    return tuple(seals)


def seen_through(
    image: PageImage, grey: Pixels, seals: tuple[Seal, ...], stamps: tuple[Stamp, ...]
) -> Pixels:
    """Returns the page in grey where print is seen through seals and through stamps that stand over it.

    The same picture where there are none. Coloured print elsewhere (titles, numbers, stamps beside the
    print) is content and stays.
    """
    if image.pixels.ndim == 2 or not (seals or stamps):
        return grey
    grey = grey.copy()
    for seal in seals:
        reach = seal.radius * _REACH
        rows = slice(max(0, int(seal.y - reach)), int(seal.y + reach) + 1)
        columns = slice(max(0, int(seal.x - reach)), int(seal.x + reach) + 1)
        part = grey[rows, columns]
        down, across = np.ogrid[
            rows.start : rows.start + part.shape[0], columns.start : columns.start + part.shape[1]
        ]
        is_inside = (down - seal.y) ** 2 + (across - seal.x) ** 2 <= reach**2
        part[is_inside] = print_alone(image.pixels[rows, columns])[is_inside]
    for stamp in stamps:
        box = stamp.box
        if not any(_holds(box, seal) for seal in seals):
            grey[box.top : box.bottom, box.left : box.right] = print_alone(
                image.pixels[box.top : box.bottom, box.left : box.right]
            )
    return grey


def _holds(box: Box, seal: Seal) -> bool:
    """Whether a frame is that seal's own ring."""
    return box.left <= seal.x <= box.right and box.top <= seal.y <= box.bottom


def _red(pixels: Pixels) -> Pixels:
    excess = pixels[:, :, 0].astype(np.int16) - pixels[:, :, 1:].max(axis=2).astype(np.int16)
    spread = np.abs(pixels[:, :, 1].astype(np.int16) - pixels[:, :, 2].astype(np.int16))
    return np.where((excess > _LEAST_REDNESS) & (spread < 0.7 * excess), np.uint8(255), np.uint8(0))


def _is_seal_sized(width: int, height: int, dpi: float) -> bool:
    low, high = _SMALLEST_MM * dpi / MM_PER_INCH, _LARGEST_MM * dpi / MM_PER_INCH
    return (
        low <= min(width, height)
        and max(width, height) <= high
        and max(width, height) <= 1.3 * min(width, height)
    )


def _circle(
    mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], left: int, top: int, width: int, height: int
) -> Seal | None:
    """Checks that red lies near the rim of the box's circle in most directions."""
    x, y, radius = left + width / 2, top + height / 2, (width + height) / 4
    down, across = np.nonzero(mask)
    distance = np.hypot(across + 0.5 - x, down + 0.5 - y)
    on_ring = (distance > 0.8 * radius) & (distance < 1.12 * radius)
    angle = np.arctan2(down + 0.5 - y, across + 0.5 - x)[on_ring]
    met = np.unique(np.floor((angle + np.pi) / (2 * np.pi) * _DIRECTIONS).astype(int)).size
    if met < _LEAST_RING * _DIRECTIONS or on_ring.sum() < 0.3 * distance.size:
        return None
    return Seal(x=float(x), y=float(y), radius=float(radius))
