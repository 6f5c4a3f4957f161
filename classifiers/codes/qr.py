"""QR codes and barcodes on a page.

An identity card's QR code becomes the fields of its holder. Any other code is handed on as text; what a
malformed card code holds is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import zxingcpp

from classifiers.codes.card_payload import LONGEST_PAYLOAD, CardPayload, parse_card_payload
from classifiers.folding import is_within, key_of
from classifiers.person_number import number_checks
from dossiers.reading import Box, Classification, FieldValue, Source
from pipeline.image import Pixels
from pipeline.ports import OcrEngine, ReadPage

#: A doubled image beyond this many pixels is not tried: the code is large enough already.
MOST_PIXELS: Final = 60_000_000
#: Shorter barcodes are mostly stripes of a table or a seal taken for a code.
SHORTEST_BARCODE: Final = 6
#: A payload with this many bars was meant to be a card's.
_BARS_OF_A_CARD: Final = 5


class CodeReader:
    """Extractor of QR codes and barcodes."""

    name = "zxing/1"

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns the values of all codes on the page, from the top down; may be repeated."""
        del classification
        fields: list[FieldValue] = []
        for text, box, is_qr in read_codes(page.image.pixels):
            fields.extend(_fields_of(text, box, is_qr, page))
        return tuple(fields)


def make(engine: OcrEngine | None = None) -> CodeReader:
    """Makes the reader; it needs no OCR engine."""
    del engine
    return CodeReader()


def read_codes(pixels: Pixels) -> list[tuple[str, Box, bool]]:
    """Reads every QR code and barcode: text, place, whether it is a QR code.

    The page is tried as it is, doubled (poor scans of small codes) and inverted, until one try finds
    something.
    """
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = np.ascontiguousarray(grey, dtype=np.uint8)
    for scale in (1, 2):
        if grey.size * scale * scale > MOST_PIXELS:
            break
        image = grey if scale == 1 else cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        found = _scan(np.asarray(image, dtype=np.uint8), scale)
        if found:
            return found
    return []


def _scan(image: Pixels, scale: int) -> list[tuple[str, Box, bool]]:
    """Reads one image; zxing itself also tries the inverted image, turned codes and smaller sizes."""
    kinds = zxingcpp.BarcodeFormat
    qr = kinds.QRCode
    formats = zxingcpp.BarcodeFormats([qr, kinds.Code128, kinds.Code39] if scale == 1 else [qr])
    found = []
    for barcode in zxingcpp.read_barcodes(image, formats=formats, try_invert=True):
        text = unicodedata.normalize("NFC", barcode.text).strip()
        is_qr = barcode.format == qr
        if len(text) <= LONGEST_PAYLOAD and (is_qr or len(text) >= SHORTEST_BARCODE):
            found.append((text, _box_of(barcode.position, scale), is_qr))
    return sorted(found, key=lambda each: (each[1].top, each[1].left))


def _box_of(position: zxingcpp.Position, scale: int) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(
        left=max(0, min(across)) // scale,
        top=max(0, min(down)) // scale,
        right=max(across) // scale + 1,
        bottom=max(down) // scale + 1,
    )


def _fields_of(text: str, box: Box, is_qr: bool, page: ReadPage) -> list[FieldValue]:
    payload = parse_card_payload(text) if is_qr else None
    if payload is not None:
        return _card_fields(payload, text, box, page)
    if is_qr and text.count("|") >= _BARS_OF_A_CARD:
        return []
    source = Source.QR if is_qr else Source.BARCODE
    name = "qr_text" if is_qr else "barcode_text"
    return [FieldValue(name=name, raw=text, value=text, box=box, confidence=1.0, source=source)]


def _card_fields(payload: CardPayload, raw: str, box: Box, page: ReadPage) -> list[FieldValue]:
    printed = page.text.text
    number = payload.personal_number
    in_print = ("is_in_print", number in "".join(sign for sign in printed if sign.isdigit()))
    name_in_print = ("is_in_print", is_within(key_of(payload.person_name), key_of(printed)))
    values: list[tuple[str, str | None, tuple[tuple[str, bool], ...]]] = [
        ("personal_number", number, (*number_checks(number, payload.birth_date, payload.sex), in_print)),
        ("old_number", payload.old_number, ()),
        ("person_name", payload.person_name, (name_in_print,)),
        ("birth_date", payload.birth_date, ()),
        ("sex", payload.sex, ()),
        ("residence", payload.residence or None, ()),
        ("issue_date", payload.issue_date, ()),
    ]
    return [
        FieldValue(
            name=name,
            raw=raw.split("|")[place].strip(),
            value=value,
            box=box,
            confidence=1.0,
            source=Source.QR,
            checks=checks,
        )
        for place, (name, value, checks) in enumerate(values)
    ]
