"""Finds and decodes the QR codes and barcodes of a page, quickly on the many pages that have none.

The whole page is searched once for each kind, shrunk or by some of its lines. Only where a dense square was
left unread is more tried, on that square alone: in full, twice as large, and with its damaged corner marks
drawn anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import zxingcpp

from classifiers.codes.mending import mended_codes
from classifiers.codes.places import dense_squares, shrunk
from dossiers.reading import Box
from pipeline.image import PageImage, Pixels

#: Codes say less than this; a longer text is not ours and is not handed on. Characters.
LONGEST_TEXT: Final = 1000
#: Shorter barcodes are mostly stripes of a table or a seal taken for a code.
SHORTEST_BARCODE: Final = 6
#: The page is searched for QR codes at about this resolution; what is too small for it is a dense square.
_SEARCH_DPI: Final = 150
#: Rows and columns so far apart are searched for barcodes, mm: some cross even a low one.
_STEP_MM: Final = 0.75
_FEWEST: Final = 4
_QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_BARS: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCode:
    """One code.

    Attributes:
        text: what it says, NFC, without control characters; 1 to ``LONGEST_TEXT`` characters. It comes from
            outside: data, never markup and never an address to open.
        box: where, in px of the page.
        is_qr: QR code or barcode.
    """

    text: str
    box: Box
    is_qr: bool


def read_codes(image: PageImage, shortest_barcode: int = SHORTEST_BARCODE) -> list[ReadCode]:
    """Reads every QR code, Code 128 and Code 39 on a page, from the top down; may be repeated.

    Args:
        image: the page.
        shortest_barcode: shorter barcodes are left out, characters; QR codes never are.
    """
    grey = _grey(image.pixels)
    times = max(1, round(image.dpi / _SEARCH_DPI))
    small = shrunk(grey, times)
    step = max(_FEWEST, round(image.dpi / 25.4 * _STEP_MM))
    found = [*_qr_codes(small, times), *_barcodes(grey, shortest_barcode, step)]
    for place in dense_squares(small, image.dpi / times):
        box = _enlarged(place, times)
        if not any(code.is_qr and _overlap(code.box, box) for code in found):
            text = next(_tries(grey[box.top : box.bottom, box.left : box.right]), None)
            found += [ReadCode(text=text, box=box, is_qr=True)] if text else []
    return sorted(found, key=lambda code: (code.box.top, code.box.left, code.text))


def _grey(pixels: Pixels) -> Pixels:
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.ascontiguousarray(grey, dtype=np.uint8)


def _qr_codes(small: Pixels, times: int) -> list[ReadCode]:
    """Turned and inverted codes are tried inside."""
    return [
        ReadCode(text=text, box=_enlarged(_box(barcode.position), times), is_qr=True)
        for barcode in zxingcpp.read_barcodes(small, formats=_QR, try_downscale=False)
        if (text := _plain(barcode.text))
    ]


def _barcodes(grey: Pixels, shortest: int, step: int) -> list[ReadCode]:
    """Lines across the bars are enough: one row in ``step`` is shown, and one column in ``step``, turned."""
    found = []
    across = np.ascontiguousarray(grey[::step])
    down = np.asarray(cv2.transpose(grey[:, ::step]), dtype=np.uint8)
    for is_turned, lines in ((False, across), (True, down)):
        for barcode in zxingcpp.read_barcodes(
            lines, formats=_BARS, try_rotate=False, try_downscale=False, try_invert=False
        ):
            text, box = _plain(barcode.text), _box(barcode.position)
            if text and len(text) >= shortest:
                found.append(ReadCode(text=text, box=_restored(box, step, is_turned=is_turned), is_qr=False))
    return found


def _restored(box: Box, step: int, *, is_turned: bool) -> Box:
    """From the chosen lines back to the page."""
    top, bottom = box.top * step, box.bottom * step
    if is_turned:
        return Box(left=top, top=box.left, right=bottom, bottom=box.right)
    return Box(left=box.left, top=top, right=box.right, bottom=bottom)


def _enlarged(box: Box, times: int) -> Box:
    return Box(left=box.left * times, top=box.top * times, right=box.right * times, bottom=box.bottom * times)


def _tries(crop: Pixels) -> Iterator[str]:
    """Texts that a dense square gives after all: as it is, doubled, mended."""
    for times in (1, 2):
        larger = cv2.resize(crop, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
        for barcode in zxingcpp.read_barcodes(np.ascontiguousarray(larger, dtype=np.uint8), formats=_QR):
            yield from filter(None, (_plain(barcode.text),))
    for drawing in mended_codes(crop):
        for barcode in zxingcpp.read_barcodes(
            drawing, formats=_QR, is_pure=True, try_rotate=False, try_invert=False, try_downscale=False
        ):
            yield from filter(None, (_plain(barcode.text),))


def _plain(text: str) -> str:
    """Text without control and formatting signs, which may move a terminal's cursor; empty if too long."""
    if len(text) > LONGEST_TEXT:
        return ""
    kept = (" " if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} else sign for sign in text)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _box(position: zxingcpp.Position) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(
        left=max(0, min(across)),
        top=max(0, min(down)),
        right=max(0, max(across)) + 1,
        bottom=max(0, max(down)) + 1,
    )


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )
