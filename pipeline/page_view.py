"""A page as people see it on a screen: small, upright, in its own colours."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from dossiers.page import Region
from pipeline.geometry import Placement
from pipeline.image import Pixels
from pipeline.limits import Limits
from pipeline.pdf.jpeg import encode_jpeg
from pipeline.stages.decode import decode_page
from pipeline.stages.part import cut_part
from pipeline.stages.warp import paper_colour

#: Quality of the JPEG: print stays legible, a page of 1,200 px has some 150 kB.
_QUALITY: Final = 72


def view_of(
    content: bytes,
    index: int,
    limits: Limits,
    *,
    width: int,
    turned: int = 0,
    placement: Placement | None = None,
    region: Region | None = None,
) -> bytes:
    """Returns a JPEG of one page.

    Args:
        content: bytes of the original file.
        index: which page of it, from 0.
        limits: bounds of incoming files.
        width: px across the upright page; a smaller page is not enlarged.
        turned: by how much a clerk turned it clockwise after that: 0, 90, 180 or 270.
        placement: how the upright page lies in the original, once it was read; it knows of ``region``.
        region: the part of the picture that is the page, while it was not read.

    Raises:
        InputError: the page cannot be decoded.
    """
    decoded = decode_page(content, index, limits)
    if placement is not None:
        pixels = _placed(decoded.image.pixels, placement, width)
    else:
        page = cut_part(decoded, region).page if region is not None else decoded
        pixels = _shrunk(page.image.pixels, width)
    return encode_jpeg(np.ascontiguousarray(np.rot90(pixels, -turned // 90)), _QUALITY)


def _shrunk(pixels: Pixels, width: int) -> Pixels:
    factor = width / pixels.shape[1]
    if factor >= 1:
        return pixels
    size = width, max(1, round(pixels.shape[0] * factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _placed(pixels: Pixels, placement: Placement, width: int) -> Pixels:
    """Shrinks first, with averaging, then turns and straightens the small picture."""
    scale = min(1.0, width / placement.width)
    small = _shrunk(pixels, max(1, round(pixels.shape[1] * scale)))
    shrink = small.shape[1] / pixels.shape[1]
    matrix = np.array(placement.to_original, np.float64).reshape(3, 3)
    to_small = np.diag([shrink, shrink, 1.0]) @ matrix @ np.diag([1 / scale, 1 / scale, 1.0])
    size = max(1, round(placement.width * scale)), max(1, round(placement.height * scale))
    return np.asarray(
        cv2.warpPerspective(
            small, to_small, size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT, borderValue=paper_colour(pixels),
        ),
        np.uint8,
    )  # fmt: skip
