"""A quick look at a page: decoded no finer than judging needs. Run this inside the sandboxed child only.

A JPEG is decoded small at once; a raw TIFF is looked at where it lies in the bytes; what is unusual goes
through the careful decoder of the pipeline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import simplejpeg
from PIL import Image

from dossiers.errors import InputCode, InputError
from pipeline.formats import sniff
from pipeline.formats.pillow import opened
from pipeline.image import Pixels
from pipeline.limits import Limits
from pipeline.stages.background import to_grey
from pipeline.stages.decode import decode_page
from pipeline.stages.paper import plausible_dpi

#: Pages are looked at with this resolution: letters of 6 points are 9 px high.
SIGHT_DPI: Final = 100.0
_FORMATS: Final = {sniff.TIFF: "TIFF", sniff.JPEG: "JPEG", sniff.PNG: "PNG"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """A page as the judges see it.

    Attributes:
        grey: luminance at about ``dpi``, as the device gave it, never turned.
        darkest: the darkest of red, green and blue: coloured ink, pale stamps too, shows in it.
        fine: luminance, up to twice as fine, for sharpness.
        dpi: of ``grey`` and ``darkest``.
        fine_dpi: of ``fine``.
        stated_dpi: what the file says of itself; 0 where it says nothing.
        width_mm: of the page, by the resolution that is believed.
        height_mm: the same downwards.
        is_bilevel: whether the source had one bit a pixel.
    """

    grey: Pixels
    darkest: Pixels
    fine: Pixels
    dpi: float
    fine_dpi: float
    stated_dpi: int
    width_mm: float
    height_mm: float
    is_bilevel: bool


def look_at(content: bytes, known_dpi: int, limits: Limits | None = None) -> Sight:
    """Decodes the first page of a file; may be repeated.

    Args:
        content: a PNG, JPEG or TIFF.
        known_dpi: resolution that the device says it scanned with; 0 where it does not say.
        limits: published limits; the defaults if omitted.

    Raises:
        InputError: UNSUPPORTED_TYPE (PDF too), DAMAGED or LIMIT_EXCEEDED.
    """
    limits = limits or Limits()
    kind = sniff.media_type(content)
    if kind not in _FORMATS:
        raise InputError(InputCode.UNSUPPORTED_TYPE)
    with opened(content, _FORMATS[kind], limits) as image:
        width, height = image.size
        stated = _stated(image)
        dpi = plausible_dpi(width, height, float(known_dpi or stated) or None)[0]
        is_bilevel = image.mode == "1"
        pixels = _raw_pixels(image, content) if kind == sniff.TIFF else None
    if pixels is None:
        pixels = _decoded(content, kind, (width, height), dpi, limits)
    fine, fine_dpi = _halved(pixels, dpi * pixels.shape[1] / width)
    small, small_dpi = _shrunk(fine, fine_dpi)
    return Sight(
        grey=to_grey(small),
        darkest=_darkest(small),
        fine=to_grey(fine),
        dpi=small_dpi,
        fine_dpi=fine_dpi,
        stated_dpi=stated,
        width_mm=width / dpi * 25.4,
        height_mm=height / dpi * 25.4,
        is_bilevel=is_bilevel,
    )


def _stated(image: Image.Image) -> int:
    stated = image.info.get("dpi")
    if not isinstance(stated, tuple) or not stated:
        return 0
    value = float(stated[0])
    return round(value) if 0 < value < 10_000 else 0


def _raw_pixels(image: Image.Image, content: bytes) -> Pixels | None:
    """The pixels of an uncompressed RGB or grey TIFF without copying them; ``None`` for any other."""
    width, height = image.size
    depth = {"RGB": 3, "L": 1}.get(image.mode)
    tiles = getattr(image, "tile", ())
    if depth is None or not tiles:
        return None
    start = place = int(tiles[0][2])
    for codec, extents, offset, arguments in tiles:
        name = arguments[0] if isinstance(arguments, tuple) else arguments
        if codec != "raw" or offset != place or name != image.mode or extents[0] or extents[2] != width:
            return None
        place += (extents[3] - extents[1]) * width * depth
    if place - start != width * height * depth or place > len(content):
        return None
    shape = (height, width, depth) if depth == 3 else (height, width)
    return np.frombuffer(content, np.uint8, count=place - start, offset=start).reshape(shape)


def _decoded(content: bytes, kind: str, size: tuple[int, int], dpi: float, limits: Limits) -> Pixels:
    if kind == sniff.JPEG:
        quick = _jpeg(content, size, dpi)
    elif kind == sniff.PNG:
        quick = _png(content)
    else:
        quick = None
    return quick if quick is not None else decode_page(content, 0, limits).image.pixels


def _jpeg(content: bytes, size: tuple[int, int], dpi: float) -> Pixels | None:
    """Decodes small at once, as the format allows; ``None`` for what is not plain colour or grey."""
    share = min(1.0, 1.45 * SIGHT_DPI / dpi)
    try:
        space = simplejpeg.decode_jpeg_header(content)[2]
        if space not in ("YCbCr", "Gray", "RGB"):
            return None
        found = simplejpeg.decode_jpeg(
            content,
            "GRAY" if space == "Gray" else "RGB",
            fastdct=True,
            fastupsample=True,
            min_width=int(size[0] * share),
            min_height=int(size[1] * share),
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(InputCode.DAMAGED, "JPEG data is broken") from error
    pixels = np.asarray(found, np.uint8)
    return pixels[:, :, 0] if pixels.shape[2] == 1 else pixels


def _png(content: bytes) -> Pixels | None:
    """Decodes 8-bit grey and colour, its signature checked before; ``None`` for the rest."""
    found = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None or found.dtype != np.uint8 or (found.ndim == 3 and found.shape[2] != 3):
        return None
    pixels = np.asarray(found, np.uint8)
    return pixels[:, :, ::-1] if pixels.ndim == 3 else pixels


def _halved(pixels: Pixels, dpi: float) -> tuple[Pixels, float]:
    """Halves, which is quick, until halving again would leave less than judging needs."""
    while dpi >= 2.5 * SIGHT_DPI:
        pixels = np.ascontiguousarray(pixels[: pixels.shape[0] // 2 * 2, : pixels.shape[1] // 2 * 2])
        size = pixels.shape[1] // 2, pixels.shape[0] // 2
        pixels, dpi = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8), dpi / 2
    return pixels, dpi


def _shrunk(pixels: Pixels, dpi: float) -> tuple[Pixels, float]:
    """Shrinks to the resolution of judging; what is hardly finer stays as it is."""
    if dpi < 1.15 * SIGHT_DPI:
        return pixels, dpi
    scale = SIGHT_DPI / dpi
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    smaller = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8), SIGHT_DPI


def _darkest(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    red, green, blue = cv2.split(np.ascontiguousarray(pixels))
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)
