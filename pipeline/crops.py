"""Pictures of the zones of a page that were written by hand, for a person to read."""

from __future__ import annotations

from typing import Final

import cv2

from dossiers.errors import EngineError
from dossiers.reading import Mark, MarkKind, PageReading
from pipeline.image import Pixels
from pipeline.limits import Limits
from pipeline.page_result import PageResult
from pipeline.stages.decode import decode_page
from pipeline.stages.warp import upright

#: A zone is shown with this much around it, of its height: the label and the line belong to it.
_AROUND: Final = 0.4


def handwritten_zones(reading: PageReading) -> tuple[Mark, ...]:
    """The zones of a page that crops are made of, in the order of the crops."""
    return tuple(mark for mark in reading.marks if mark.kind is MarkKind.HANDWRITING)


def crops_of(content: bytes, index: int, result: PageResult, limits: Limits) -> tuple[bytes, ...]:
    """Returns each handwritten zone of a page as a PNG in its original colours; may be repeated.

    Args:
        content: bytes of the original file.
        index: which page of it, from 0.
        result: what reading that page gave.
        limits: bounds of incoming files.

    Raises:
        InputError: the page cannot be decoded.
        EngineError: BAD_OUTPUT where no picture can be made.
    """
    zones = handwritten_zones(result.reading)
    if not zones:
        return ()
    pixels = upright(decode_page(content, index, limits).image, result.placement).pixels
    return tuple(_png(_cut(pixels, zone)) for zone in zones)


def _cut(pixels: Pixels, zone: Mark) -> Pixels:
    box = zone.box
    around = round(_AROUND * (box.bottom - box.top))
    return pixels[
        max(0, box.top - around) : box.bottom + around, max(0, box.left - around) : box.right + around
    ]


def _png(pixels: Pixels) -> bytes:
    shown = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    is_made, content = cv2.imencode(".png", shown)
    if not is_made:
        raise EngineError("BAD_OUTPUT", "a crop could not be written")
    return content.tobytes()
