"""A page of print as layers: sharp black print over a small picture of everything else.

Nothing is left out: what is not in the mask is in the picture. Where the layers together do not look like the
page, there are none, and the page keeps the picture that it came with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import simplejpeg

from pipeline.image import PageImage, Pixels
from pipeline.pdf.fax import Fax, encode_fax
from pipeline.pdf.infill import filled
from pipeline.pdf.ink_mask import InkMask, find_black_print
from pipeline.pdf.jpeg import encode_jpeg
from pipeline.pdf.likeness import is_alike
from pipeline.stages.background import to_grey

#: An electronic copy of a paper has at least this (NĐ 30/2020); coarser originals are not made finer.
PICTURE_DPI: Final = 200.0
#: Below this the marks of Vietnamese letters live in the grey of their edges, which a mask has not.
LEAST_DPI: Final = 250.0
PICTURE_QUALITY: Final = 60
#: The colour of ink changes slowly over a page.
_INK_DPI: Final = 25.0
_INK_QUALITY: Final = 60
#: Ink on a page, of its area: less is a picture or a blank back, more is no page of print.
_LEAST_INK: Final = 0.0005
_MOST_INK: Final = 0.2
#: Part of a page that is pictured: certificates and passports have fine print all over.
_MOST_PICTURED: Final = 0.35
#: How much of a pixel must be print to show its colour, of 255.
_INSIDE: Final = 200
#: Px of the picture around print that its blurred edges reach.
_RIM: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layers:
    """The layers of one page; all three cover the same area.

    Attributes:
        picture: everything but black print, grey or colour JPEG.
        ink: colours of the print, JPEG of the same kind.
        mask: where the print is, CCITT G4.
        picture_size: width and height, px.
        ink_size: width and height, px.
        mask_size: width and height, px.
    """

    picture: bytes
    ink: bytes
    mask: Fax
    picture_size: tuple[int, int]
    ink_size: tuple[int, int]
    mask_size: tuple[int, int]

    @property
    def byte_count(self) -> int:
        """Bytes of all layers."""
        return len(self.picture) + len(self.ink) + len(self.mask.data)


def separate(image: PageImage) -> Layers | None:
    """Returns the layers of a page of print.

    ``None`` for coarse scans, certificates and pages without print, and where the layers do not look like the
    page.

    Args:
        image: grey or colour, any orientation.
    """
    if image.dpi < LEAST_DPI:
        return None
    print_ = find_black_print(image)
    share, pictured_share = _share(print_.mask), _share(print_.pictured)
    if not _LEAST_INK <= share <= _MOST_INK or pictured_share > _MOST_PICTURED:
        return None
    shrunk = _shrunk(image.pixels, PICTURE_DPI / image.dpi)
    size = (shrunk.shape[1], shrunk.shape[0])
    cover = np.asarray(cv2.resize(print_.mask, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    pictured = np.asarray(cv2.resize(print_.pictured, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    picture = filled(shrunk, np.asarray(cv2.max(_away_from(cover), pictured), np.uint8))
    ink = _ink_colours(shrunk, cover, _INK_DPI / PICTURE_DPI)
    layers = _encoded(picture, ink, print_)
    seen = _drawn(layers, ink, cover)
    return layers if is_alike(to_grey(shrunk), seen, PICTURE_DPI) else None


def _share(marks: Pixels) -> float:
    return cv2.countNonZero(marks) / marks.size


def _shrunk(pixels: Pixels, factor: float) -> Pixels:
    how = cv2.INTER_LINEAR if factor > 0.5 else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how), np.uint8)


def _away_from(cover: Pixels) -> Pixels:
    reached = cv2.dilate(cover, np.ones((_RIM, _RIM), np.uint8))
    return np.asarray(cv2.threshold(reached, 0, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def _ink_colours(pixels: Pixels, cover: Pixels, factor: float) -> Pixels:
    """Returns the colour of the ink all over the page, from the middle of its strokes."""
    core = cv2.erode(cover, np.ones((3, 3), np.uint8))
    core = cv2.threshold(core, _INSIDE, 255, cv2.THRESH_BINARY)[1]
    if cv2.countNonZero(core) * 20 < cv2.countNonZero(cover):
        core = cv2.threshold(cover, _INSIDE, 255, cv2.THRESH_BINARY)[1]
    core, sample = np.ascontiguousarray(core[::2, ::2]), np.ascontiguousarray(pixels[::2, ::2])
    half = (max(1, sample.shape[1] // 2), max(1, sample.shape[0] // 2))
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    total = cv2.resize(cv2.bitwise_and(sample, sample, mask=core), half, interpolation=cv2.INTER_AREA)
    weight = cv2.resize(core, half, interpolation=cv2.INTER_AREA)
    total = cv2.resize(total.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    weight = cv2.resize(weight.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    share = np.maximum(weight, 1.0) / 255.0
    colours = np.clip(total / (share if total.ndim == 2 else share[:, :, np.newaxis]), 0, 255)
    return filled(colours.astype(np.uint8), np.where(weight > 2.0, np.uint8(255), np.uint8(0)))


def _encoded(picture: Pixels, ink: Pixels, print_: InkMask) -> Layers:
    return Layers(
        picture=encode_jpeg(picture, PICTURE_QUALITY), ink=encode_jpeg(ink, _INK_QUALITY),
        mask=encode_fax(print_.mask), picture_size=(picture.shape[1], picture.shape[0]),
        ink_size=(ink.shape[1], ink.shape[0]), mask_size=(print_.mask.shape[1], print_.mask.shape[0]),
    )  # fmt: skip


def _drawn(layers: Layers, ink: Pixels, cover: Pixels) -> Pixels:
    """Returns what a reader of the document sees, in grey, in the size of the picture."""
    under = simplejpeg.decode_jpeg(layers.picture, "GRAY")[:, :, 0]
    over = cv2.resize(to_grey(ink), layers.picture_size, interpolation=cv2.INTER_LINEAR)
    over = cv2.multiply(over, cover, scale=1 / 255)
    return np.asarray(cv2.add(over, cv2.multiply(under, cv2.bitwise_not(cover), scale=1 / 255)), np.uint8)
