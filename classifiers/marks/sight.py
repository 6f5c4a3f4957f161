"""A page as the finders of marks see it: small, even, with ink told apart by colour and print masked.

Everything is measured at one low resolution, where the strokes of a pen are about a pixel wide and a whole
page costs a few milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import Pixels
from pipeline.ports import ReadPage
from pipeline.stages.coloured_ink import chroma_of
from pipeline.stages.paper import MM_PER_INCH
from pipeline.text import Word

WORKING_DPI: Final = 75.0
#: Ink is darker than this where paper is 255.
_INK_LEVEL: Final = 200
#: The pen's blue and the seal's red exceed the other channels by this, of 255, once the paper's own tint is
#: taken off.
_LEAST_BLUE: Final = 17
_LEAST_RED: Final = 35
#: Words at least this sure, with so many letters, are print.
_PRINT_CONFIDENCE: Final = 0.6
_PRINT_LETTERS: Final = 2
#: A word this many times as high as usual is no print that was read.
_TALLEST: Final = 2.6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """A page at working resolution; all masks are 255 on 0.

    Attributes:
        ink: everything dark, whatever its colour.
        red: red ink; ``None`` on a grey page.
        blue: blue ink; ``None`` on a grey page.
        print: the boxes of surely read words.
        dpi: of the masks.
        scale: px of the masks for one px of the page.
    """

    ink: Pixels
    red: Pixels | None
    blue: Pixels | None
    print: Pixels
    dpi: float
    scale: float

    @property
    def per_mm(self) -> float:
        """Pixels of the masks a millimetre."""
        return self.dpi / MM_PER_INCH

    def on_page(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Carries a rectangle of the masks to px of the page."""
        height, width = self.ink.shape
        return Box(
            left=int(max(0.0, left) / self.scale),
            top=int(max(0.0, top) / self.scale),
            right=round(min(float(width), right) / self.scale),
            bottom=round(min(float(height), bottom) / self.scale),
        )


def look_at(page: ReadPage) -> Sight:
    """Shrinks the page and tells its inks apart."""
    image = page.image
    scale = min(1.0, WORKING_DPI / image.dpi)
    small = _shrunk(image.pixels, scale)
    grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    even = _evened(grey)
    red, blue = (None, None) if small.ndim == 2 else _inks(small, float(np.median(grey[::4, ::4])) / 255)
    return Sight(
        ink=np.asarray(cv2.threshold(even, _INK_LEVEL, 255, cv2.THRESH_BINARY_INV)[1], np.uint8),
        red=red,
        blue=blue,
        print=_print(page, grey.shape, scale),
        dpi=image.dpi * scale,
        scale=scale,
    )


def _evened(grey: Pixels) -> Pixels:
    """Divides by the paper's own light, roughly: letters are bridged by a window of a few millimetres."""
    coarse = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(
        coarse, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8), borderType=cv2.BORDER_REPLICATE
    )
    paper = np.maximum(cv2.blur(paper, (9, 9)), 40)
    whole = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, whole, scale=255), np.uint8)


def _shrunk(pixels: Pixels, scale: float) -> Pixels:
    """Halves as often as possible, which is quick and loses no stroke, and does the rest by interpolation."""
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    while pixels.shape[1] > 1.5 * size[0]:
        half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        even = pixels[: half[1] * 2, : half[0] * 2]
        pixels = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), np.uint8)
    if pixels.shape[1::-1] == size:
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _inks(small: Pixels, light: float) -> tuple[Pixels | None, Pixels | None]:
    """Red and blue ink; a picture whose channels agree everywhere is grey. In poor light inks differ less."""
    if not (chroma_of(small) > 20).any():
        return None, None
    red, green, blue = cv2.split(small)
    blue_over = cv2.subtract(blue, red)
    red_over = cv2.subtract(red, cv2.max(green, blue))
    inks = []
    for over, least in ((red_over, _LEAST_RED), (blue_over, _LEAST_BLUE)):
        tint = float(np.median(over[::4, ::4]))
        inks.append(
            np.asarray(cv2.threshold(over, tint + least * light, 255, cv2.THRESH_BINARY)[1], np.uint8)
        )
    return inks[0], inks[1]


def _print(page: ReadPage, shape: tuple[int, ...], scale: float) -> Pixels:
    mask = np.zeros(shape, np.uint8)
    words = page.text.words
    if not words:
        return mask
    usual = float(np.median([word.box.bottom - word.box.top for word in words]))
    for word in words:
        if is_print(word, usual):
            box = word.box
            mask[
                int(box.top * scale) : int(box.bottom * scale) + 1,
                int(box.left * scale) : int(box.right * scale) + 1,
            ] = 255
    return mask


def is_print(word: Word, usual_height: float) -> bool:
    """Whether a word was surely printed: read surely, no taller than print."""
    letters = sum(map(str.isalnum, word.text))
    sure = word.confidence >= _PRINT_CONFIDENCE
    return sure and letters >= _PRINT_LETTERS and word.box.bottom - word.box.top <= _TALLEST * usual_height
