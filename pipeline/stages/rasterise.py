"""PDF pages to pixels at the resolution of the scan inside: pdfium, or poppler where pdfium gives up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pdf2image
import pypdfium2
from pdf2image.exceptions import (
    PDFInfoNotInstalledError,
    PDFPageCountError,
    PDFPopplerTimeoutError,
    PDFSyntaxError,
)
from pypdfium2 import raw

from dossiers.errors import InputCode, InputError
from pipeline.formats.pdf import rendered
from pipeline.image import PageImage, Pixels
from pipeline.limits import Limits

POINTS_PER_INCH: Final = 72.0
#: Resolution for pages that are drawn, not scanned.
_DRAWN_DPI: Final = 300.0
_LOWEST_DPI: Final = 72.0
_HIGHEST_DPI: Final = 600.0
#: Longest time for one page of the second renderer, seconds.
_POPPLER_SECONDS: Final = 30
#: A scan image fills at least this share of its page.
_SCAN_SHARE: Final = 0.6
#: Objects inside forms are looked at down to this depth.
_DEPTH: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanImage:
    """The image that a scanned PDF page consists of.

    Attributes:
        dpi: its native resolution on the page.
        share: which part of the page it covers, 0 to 1.
        bits: bits a pixel.
    """

    dpi: float
    share: float
    bits: int


def rasterise(content: bytes, index: int, limits: Limits) -> PageImage:
    """Renders one page, /Rotate applied.

    A page that is one image comes out at the resolution of that image, any other at 300 dpi; either is
    lowered where the page would exceed ``limits.max_pixels``.

    Raises:
        InputError: EMPTY (no such page), DAMAGED or ENCRYPTED.
    """
    with rendered(content) as document:
        if index >= len(document):
            raise InputError(InputCode.EMPTY, f"no page {index + 1}")
        page = document[index]
        scan = scan_image(page)
        width, height = page.get_size()
        wanted = scan.dpi if scan is not None else _DRAWN_DPI
        most = POINTS_PER_INCH * (limits.max_pixels / max(1.0, width * height)) ** 0.5
        dpi = max(1.0, min(wanted, _HIGHEST_DPI, most))
        is_bilevel = scan is not None and scan.bits == 1 and scan.share > 0.9
        pixels = _render(page, content, index, dpi)
    return PageImage(pixels=pixels, dpi=min(1200.0, max(_LOWEST_DPI, dpi)), is_bilevel=is_bilevel)


def scan_image(page: pypdfium2.PdfPage) -> ScanImage | None:
    """Returns the largest image of a page if it fills the page, else ``None``."""
    width, height = page.get_size()
    best: ScanImage | None = None
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH):
        left, bottom, right, top = each.get_bounds()
        share = max(0.0, right - left) * max(0.0, top - bottom) / max(1.0, width * height)
        metadata = each.get_metadata()
        longer_points = max(right - left, top - bottom)
        if share < _SCAN_SHARE or longer_points <= 0 or (best is not None and share <= best.share):
            continue
        dpi = max(metadata.width, metadata.height) * POINTS_PER_INCH / longer_points
        best = ScanImage(dpi=max(_LOWEST_DPI, dpi), share=min(1.0, share), bits=metadata.bits_per_pixel)
    return best


def is_scanned(content: bytes, index: int) -> bool:
    """Returns whether a PDF page is a picture of paper.

    Raises:
        InputError: DAMAGED or ENCRYPTED.
    """
    with rendered(content) as document:
        return scan_image(document[index]) is not None


def _render(page: pypdfium2.PdfPage, content: bytes, index: int, dpi: float) -> Pixels:
    try:
        bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True, may_draw_forms=True)
    except pypdfium2.PdfiumError:
        width, height = (round(points * dpi / POINTS_PER_INCH) for points in page.get_size())
        return _render_with_poppler(content, index, (width, height))
    pixels = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
    bitmap.close()
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        return pixels[:, :, 0]
    return np.ascontiguousarray(pixels[:, :, :3]) if pixels.ndim == 3 else pixels


def _render_with_poppler(content: bytes, index: int, size: tuple[int, int]) -> Pixels:
    try:
        pages = pdf2image.convert_from_bytes(
            content, size=size, first_page=index + 1, last_page=index + 1, timeout=_POPPLER_SECONDS
        )
    except (PDFPageCountError, PDFSyntaxError, PDFPopplerTimeoutError, PDFInfoNotInstalledError) as error:
        raise InputError(InputCode.DAMAGED, "neither renderer") from error
    if not pages:
        raise InputError(InputCode.DAMAGED, "neither renderer")
    return np.asarray(pages[0].convert("RGB"), dtype=np.uint8)
