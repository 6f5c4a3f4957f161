"""CCITT group 4: one bit a pixel, without loss."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from pipeline.image import Pixels

_ROWS_PER_STRIP: Final = 278
_PHOTOMETRIC: Final = 262
_STRIP_OFFSETS: Final = 273
_STRIP_LENGTHS: Final = 279


@dataclass(frozen=True, slots=True, kw_only=True)
class Fax:
    """Group 4 data, and whether its ones are the black pixels."""

    data: bytes
    is_black_one: bool


def encode_fax(ink: Pixels) -> Fax:
    """Encodes a picture as one strip.

    Args:
        ink: (height, width); what is not 0 becomes black.
    """
    height, width = ink.shape
    bits = Image.frombytes("1", (width, height), np.packbits(ink == 0, axis=1).tobytes())
    target = io.BytesIO()
    bits.save(target, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: height})
    with Image.open(target, formats=["TIFF"]) as written:
        tags = dict(written.tag_v2) if hasattr(written, "tag_v2") else {}
    (start,), (length,) = tags[_STRIP_OFFSETS], tags[_STRIP_LENGTHS]
    return Fax(data=target.getvalue()[start : start + length], is_black_one=tags[_PHOTOMETRIC] == 1)
