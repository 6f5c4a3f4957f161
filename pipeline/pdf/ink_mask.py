"""Black print on a page: what may be drawn as a sharp one-bit mask over a picture of everything else.

Only dark, colourless, thin ink on plain paper is taken. Seals, signatures, stamps and whatever touches them,
pencil, photographs and the fine print under a certificate stay in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.image import PageImage, Pixels
from pipeline.stages.background import even_background, to_grey
from pipeline.stages.paper import MM_PER_INCH

#: Ink is darker than this, of paper at 255; the threshold between, where Otsu finds it.
_DARKEST_THRESHOLD: Final = 100.0
_LIGHTEST_THRESHOLD: Final = 165.0
#: Largest minus smallest of red, green and blue, from which ink has a colour.
_LEAST_COLOUR: Final = 32
#: How far around coloured ink everything is left in the picture, mm.
_COLOUR_REACH_MM: Final = 0.8
#: Coarse resolution for what is larger than a stroke, dpi.
_COARSE_DPI: Final = 75.0
#: Ink without a white pixel over so many coarse pixels is a photograph or a bar, no letter.
_BLOB: Final = 5
#: Share of pixels between ink and paper, of 255, from which paper is not plain.
_BUSY: Final = 60
#: Between this and ink paper is not plain.
_PLAIN_PAPER: Final = 225


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InkMask:
    """Black print.

    Attributes:
        mask: 255 on 0, in the size of the page.
        pictured: 255 where nothing may be taken out of the picture, in the size of the page.
    """

    mask: Pixels
    pictured: Pixels


def find_black_print(image: PageImage) -> InkMask:
    """Returns the black print of a grey or colour page."""
    even = even_background(to_grey(image.pixels))
    found, _ = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    threshold = min(_LIGHTEST_THRESHOLD, max(_DARKEST_THRESHOLD, found))
    ink = _darker(even, threshold)
    pictured = _pictorial(even, ink, threshold, image.dpi)
    if image.pixels.ndim == 3:
        pictured = np.asarray(cv2.max(pictured, _coloured(image.pixels, image.dpi)), np.uint8)
    pictured = _resized(_with_all_they_touch(pictured, ink), (ink.shape[1], ink.shape[0]))
    mask = _without_specks(_both(ink, np.asarray(cv2.bitwise_not(pictured), np.uint8)))
    return InkMask(mask=mask, pictured=pictured)


def _with_all_they_touch(marks: Pixels, ink: Pixels) -> Pixels:
    """Adds every piece of ink that a mark touches, at half the size: no letter is cut in two."""
    if not marks.any():
        return marks
    half = cv2.threshold(_halved(ink), 0, 255, cv2.THRESH_BINARY)[1]
    _, labels = cv2.connectedComponents(half, connectivity=8, ltype=cv2.CV_32S)
    is_touched = np.zeros(int(labels.max()) + 1, np.uint8)
    is_touched[labels[marks > 0]] = 255
    is_touched[0] = 0
    return np.asarray(cv2.max(marks, cv2.dilate(is_touched[labels], _disc(3))), np.uint8)


def _darker(even: Pixels, threshold: float) -> Pixels:
    return np.asarray(cv2.threshold(even, threshold, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def _both(one: Pixels, two: Pixels) -> Pixels:
    return np.asarray(cv2.bitwise_and(one, two), np.uint8)


def _resized(marks: Pixels, size: tuple[int, int]) -> Pixels:
    return np.asarray(cv2.resize(marks, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _halved(pixels: Pixels) -> Pixels:
    size = (max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _coloured(pixels: Pixels, dpi: float) -> Pixels:
    """Returns coloured ink and its surroundings, at half the size.

    Blurred first: a scanner's red and blue fringes, on either side of a black stroke, cancel out.
    """
    red, green, blue = cv2.split(cv2.blur(_halved(pixels), (3, 3)))
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    found = cv2.threshold(cv2.subtract(most, least), _LEAST_COLOUR, 255, cv2.THRESH_BINARY)[1]
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.dilate(found, _disc(_COLOUR_REACH_MM / MM_PER_INCH * dpi)), np.uint8)


def _pictorial(even: Pixels, ink: Pixels, threshold: float, dpi: float) -> Pixels:
    """Returns where ink is solid or paper is not plain, at half the size."""
    even, ink = _halved(even), _halved(ink)
    shrink = min(1.0, _COARSE_DPI / (dpi / 2))
    size = (max(1, round(ink.shape[1] * shrink)), max(1, round(ink.shape[0] * shrink)))
    cover = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    solid = cv2.morphologyEx(
        cv2.threshold(cover, 230, 255, cv2.THRESH_BINARY)[1], cv2.MORPH_OPEN, _disc(_BLOB)
    )
    around = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    between = cv2.inRange(even, np.array([threshold]), np.array([float(_PLAIN_PAPER)]))
    between = cv2.bitwise_and(between, cv2.bitwise_not(around))
    share = cv2.blur(cv2.resize(between, size, interpolation=cv2.INTER_AREA), (9, 9))
    busy = cv2.threshold(share, _BUSY, 255, cv2.THRESH_BINARY)[1]
    marks = cv2.max(cv2.dilate(solid, _disc(9)), cv2.dilate(busy, _disc(5)))
    return _resized(np.asarray(marks, np.uint8), (ink.shape[1], ink.shape[0]))


def _disc(size: float) -> Pixels:
    odd = max(1, round(size)) | 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (odd, odd)), np.uint8)


def _without_specks(mask: Pixels) -> Pixels:
    """Leaves single pixels to the picture: a mask pays dearly for each."""
    company = cv2.boxFilter(np.minimum(mask, 1), -1, (5, 5), normalize=False)
    return _both(mask, np.asarray(cv2.threshold(company, 3, 255, cv2.THRESH_BINARY)[1], np.uint8))
