"""The sheets that are measured: printed by Sohoa, and bought ones with Patch T, Code 128 and Code 39."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import pypdfium2
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pipeline.image import Pixels
from scanners.separators.book import SeparatorBook, separator_book
from scanners.separators.grammar import SheetKind, parse_sheet_text, sheet_text
from scanners.separators.meaning import Meaning
from scanners.separators.patch import GAP_MM, NARROW_MM, WIDE_MM
from scanners.separators.printing import PrintedSheet, sheets_pdf

#: Sheets are drawn at this resolution and scanned at this or less.
DRAWN_DPI: Final = 300
#: What the profile of the measurement says of bought sheets.
BOUGHT: Final = {
    "PATCH-T": {"starts": "dossier"},
    "KHAISINH": {"starts": "dossier", "procedure": "1.001193"},
    "T07": {"starts": "document", "type": "giay_khai_sinh"},
}
_VALUES: Final = (
    (SheetKind.NEXT, "", "Hồ sơ tiếp theo"),
    (SheetKind.DOSSIER, "H29.119-250701-0001", "Hồ sơ"),
    (SheetKind.PROCEDURE, "1.001193", "Thủ tục"),
    (SheetKind.TYPE, "giay_khai_sinh", "Loại giấy tờ"),
    (SheetKind.PROFILE, "id-card", "Chế độ quét"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """One sheet: who made it, its picture at ``DRAWN_DPI``, what it means, whether it has our frame."""

    maker: str
    pixels: Pixels
    meaning: Meaning
    is_ours: bool


def book() -> SeparatorBook:
    """The values of the bought sheets."""
    return separator_book(BOUGHT)


def all_sheets() -> Iterator[Sheet]:
    """Yields every kind of sheet once."""
    texts = [sheet_text(kind, value) for kind, value, _ in _VALUES]
    printed = [
        PrintedSheet(code=text, title="TỜ PHÂN CÁCH HỒ SƠ", kind=name, value=value, remarks=("In một mặt.",))
        for text, (_, value, name) in zip(texts, _VALUES, strict=True)
    ]
    for text, pixels in zip(texts, _drawn(sheets_pdf(printed, "x")), strict=True):
        meaning = parse_sheet_text(text)
        assert meaning is not None
        yield Sheet(maker="printed by Sohoa", pixels=pixels, meaning=meaning, is_ours=True)
    for maker, value, content in (
        ("Patch T", "PATCH-T", None),
        ("Code 128", "KHAISINH", "Code128"),
        ("Code 39", "T07", "Standard39"),
    ):
        meaning = book().meaning_of(value)
        assert meaning is not None
        pixels = _patch_sheet() if content is None else _barcode_sheet(content, value)
        yield Sheet(maker=maker, pixels=pixels, meaning=meaning, is_ours=False)


def _patch_sheet() -> Pixels:
    """Four patches, one along each edge, each with its narrow bar outwards, and a title."""
    scale = DRAWN_DPI / 25.4
    sheet = np.full((round(297 * scale), round(210 * scale)), 255, np.uint8)
    for times in range(4):
        sheet = np.ascontiguousarray(np.rot90(sheet))
        left, top = sheet.shape[1] / scale / 2 - 32, 12.0
        for thickness in (NARROW_MM, WIDE_MM, NARROW_MM, WIDE_MM):
            corner = (round(left * scale), round(top * scale))
            opposite = (round((left + 64) * scale) - 1, round((top + thickness) * scale) - 1)
            cv2.rectangle(sheet, corner, opposite, 0, -1)
            top += thickness + GAP_MM
        del times
    place = (round(70 * scale), round(150 * scale))
    cv2.putText(sheet, "PATCH T - SEPARATOR", place, cv2.FONT_HERSHEY_SIMPLEX, 2.5, 0, 6)
    return sheet


def _barcode_sheet(kind: str, value: str) -> Pixels:
    made = Canvas("", pagesize=(210 * mm, 297 * mm), invariant=1)
    options = {"barHeight": 25 * mm, "barWidth": 0.5 * mm, "humanReadable": True}
    if kind == "Standard39":
        options["checksum"] = 0
    drawing = createBarcodeDrawing(kind, value=value, **options)
    for y in (60, 200):
        renderPDF.draw(drawing, made, 50 * mm, y * mm)
    made.setFont("Helvetica-Bold", 30)
    made.drawCentredString(105 * mm, 150 * mm, "DOCUMENT SEPARATOR")
    return _drawn(made.getpdfdata())[0]


def _drawn(pdf: bytes) -> list[Pixels]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=DRAWN_DPI / 72, grayscale=True).to_numpy() for page in document]
    return [np.ascontiguousarray(page.reshape(page.shape[:2]), dtype=np.uint8) for page in pages]
