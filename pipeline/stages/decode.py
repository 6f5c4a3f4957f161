"""From the bytes of a file to the pixels of one page, right side up as far as the file itself says.

EXIF orientation and /Rotate are applied here, once, and nowhere else. Colour kinds come out as 8-bit grey
or RGB; what is transparent becomes white paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageOps

from dossiers.errors import InputCode, InputError
from pipeline.formats import sniff
from pipeline.formats.pillow import opened, seek
from pipeline.image import PageImage, Pixels
from pipeline.limits import Limits
from pipeline.stages.paper import plausible_dpi
from pipeline.stages.rasterise import rasterise

_FORMATS: Final = {sniff.TIFF: "TIFF", sniff.JPEG: "JPEG", sniff.PNG: "PNG"}
#: Pages beyond this are copied so many rows at once, which takes longer.
_LARGE_PIXELS: Final = 40_000_000
_STRIP: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPage:
    """One page as it came.

    Attributes:
        image: the original frame of ``pipeline.geometry``.
        is_from_pdf: whether a PDF page was rendered.
        dpi_is_estimated: whether the resolution was guessed from the paper size.
    """

    image: PageImage
    is_from_pdf: bool
    dpi_is_estimated: bool


def decode_page(content: bytes, index: int, limits: Limits) -> DecodedPage:
    """Decodes the page with 0-based ``index``; may be repeated.

    Raises:
        InputError: UNSUPPORTED_TYPE, DAMAGED, ENCRYPTED, EMPTY (no such page) or LIMIT_EXCEEDED.
    """
    kind = sniff.media_type(content)
    if kind is None:
        raise InputError(InputCode.UNSUPPORTED_TYPE)
    if kind == sniff.PDF:
        return DecodedPage(image=rasterise(content, index, limits), is_from_pdf=True, dpi_is_estimated=False)
    with opened(content, _FORMATS[kind], limits) as image:
        if index >= getattr(image, "n_frames", 1) or (index and kind != sniff.TIFF):
            raise InputError(InputCode.EMPTY, f"no page {index + 1}")
        seek(image, index, limits)
        stated = _stated_dpi(image)
        is_bilevel = image.mode == "1"
        upright = _oriented(image, is_tiff=kind == sniff.TIFF)
        pixels = _as_pixels(upright)
    dpi, is_estimated = plausible_dpi(pixels.shape[1], pixels.shape[0], stated)
    decoded = PageImage(pixels=pixels, dpi=dpi, is_bilevel=is_bilevel)
    return DecodedPage(image=decoded, is_from_pdf=False, dpi_is_estimated=is_estimated)


def _stated_dpi(image: Image.Image) -> float | None:
    stated = image.info.get("dpi")
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    across, down = float(stated[0]), float(stated[1])
    if across <= 0 or down <= 0 or not np.isfinite(across + down):
        return None
    return across if abs(across - down) <= 0.02 * across else None


def _oriented(image: Image.Image, *, is_tiff: bool) -> Image.Image:
    """Applies the orientation tag once; Pillow has already done so for a TIFF when it loads it."""
    if is_tiff:
        image.load()
        return image
    ImageOps.exif_transpose(image, in_place=True)
    return image


def _as_pixels(image: Image.Image) -> Pixels:
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _from_deep(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return _copied(Image.alpha_composite(paper, layered).convert("RGB"))
    if image.mode in ("L", "RGB"):
        return _copied(image)
    return _copied(image.convert("L" if image.mode == "1" else "RGB"))


def _copied(image: Image.Image) -> Pixels:
    """Takes the samples over: a large sheet by strips, because Pillow would hold two more copies of it."""
    width, height = image.size
    if width * height <= _LARGE_PIXELS:
        return np.asarray(image, dtype=np.uint8)
    pixels = np.empty((height, width) if image.mode == "L" else (height, width, 3), np.uint8)
    for top in range(0, height, _STRIP):
        bottom = min(height, top + _STRIP)
        pixels[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    return pixels


def _from_deep(image: Image.Image) -> Pixels:
    """Takes the upper eight bits of deep grey samples; Pillow's own conversion would clip them to white."""
    deep = np.asarray(image, dtype=np.float64)
    if image.mode == "F" and float(deep.max(initial=0.0)) <= 1.0:
        deep = deep * 65535.0
    scale = 257.0 if float(deep.max(initial=0.0)) > 255.0 else 1.0
    return np.asarray(np.clip(deep / scale, 0, 255), dtype=np.uint8)
