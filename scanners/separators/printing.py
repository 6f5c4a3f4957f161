"""Separator sheets as a PDF for A4 paper, one sheet a page, printed on one side.

Each sheet carries its code three times, so that a fold or a torn corner leaves one, and the frame by which a
sheet is known when none is left. The same sheets give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from dossiers.errors import ConfigurationError
from scanners.separators.frame import SHEET_MM, SQUARE_MM, square_centres

#: Letters with all Vietnamese signs; the package is ``fonts-dejavu-core``.
FONT_FOLDER: Final = Path("/usr/share/fonts/truetype/dejavu")
_PLAIN, _BOLD = "SohoaSheet", "SohoaSheet-Bold"
_FILES: Final = {_PLAIN: "DejaVuSans.ttf", _BOLD: "DejaVuSans-Bold.ttf"}
#: The codes: left, top and side, millimetres from the top left corner of the sheet.
_CODES: Final = ((84.0, 165.0, 42.0), (25.0, 28.0, 28.0), (157.0, 241.0, 28.0))
_CENTRE: Final = SHEET_MM[0] / 2
#: Widest line of text, millimetres.
_TEXT_MM: Final = 152.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """One sheet to print.

    Attributes:
        code: text of its codes, see ``scanners.separators.grammar``.
        title: the headline, that says this is a separator.
        kind: what it does, in a few words.
        value: the value, for people: a code and a name; may be empty.
        remarks: how to use it, a sentence each.
    """

    code: str
    title: str
    kind: str
    value: str
    remarks: tuple[str, ...] = ()


def sheets_pdf(sheets: Sequence[PrintedSheet], title: str, fonts: Path = FONT_FOLDER) -> bytes:
    """Returns a PDF with a page for each sheet.

    Args:
        sheets: at least one.
        title: the title of the PDF.
        fonts: where the letters are.

    Raises:
        ConfigurationError: ``FONT_MISSING``, the letters are not installed.
    """
    _load_fonts(fonts)
    target = io.BytesIO()
    width, height = (side * mm for side in SHEET_MM)
    canvas = Canvas(target, pagesize=(width, height), invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("Sohoa")
    # A sheet on the back of another would cut the batch twice.
    canvas.setViewerPreference("Duplex", "Simplex")
    canvas.setViewerPreference("PrintScaling", "None")
    for sheet in sheets:
        _draw(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _load_fonts(folder: Path) -> None:
    for name, file in _FILES.items():
        try:
            pdfmetrics.registerFont(TTFont(name, str(folder / file)))
        except (TTFError, OSError) as cause:
            raise ConfigurationError(
                "FONT_MISSING",
                vi="Thiếu phông chữ tiếng Việt để in tờ phân cách.",
                en=f"the font {file} for printing separator sheets is not installed",
                hint="install the Debian package fonts-dejavu-core",
            ) from cause


def _draw(canvas: Canvas, sheet: PrintedSheet) -> None:
    for x, y in square_centres():
        canvas.rect(
            (x - SQUARE_MM / 2) * mm,
            (SHEET_MM[1] - y - SQUARE_MM / 2) * mm,
            SQUARE_MM * mm,
            SQUARE_MM * mm,
            stroke=0,
            fill=1,
        )
    for left, top, side in _CODES:
        _draw_code(canvas, sheet.code, left, top, side)
    y = _write(canvas, sheet.title, 72, _BOLD, 22)
    y = _write(canvas, sheet.kind, y + 8, _BOLD, 30)
    _write(canvas, sheet.value, y + 6, _PLAIN, 20)
    canvas.setFont(_PLAIN, 9)
    canvas.drawCentredString(_CENTRE * mm, (SHEET_MM[1] - 212) * mm, sheet.code)
    y = 220.0
    for remark in sheet.remarks:
        y = _write_left(canvas, remark, y)


def _draw_code(canvas: Canvas, text: str, left: float, top: float, side: float) -> None:
    code = QrCodeWidget(text, barLevel="Q", barWidth=side * mm, barHeight=side * mm, barBorder=0)
    drawing = Drawing(side * mm, side * mm)
    drawing.add(code)
    renderPDF.draw(drawing, canvas, left * mm, (SHEET_MM[1] - top - side) * mm)


def _write(canvas: Canvas, text: str, top: float, font: str, size: float) -> float:
    """Writes centred lines from ``top`` mm down, smaller if they would be many; returns where they end."""
    lines = simpleSplit(text, font, size, _TEXT_MM * mm)
    while len(lines) > 3 and size > 9:
        size -= 1
        lines = simpleSplit(text, font, size, _TEXT_MM * mm)
    canvas.setFont(font, size)
    leading = size * 1.25 / mm
    for line in lines[:4]:
        top += leading
        canvas.drawCentredString(_CENTRE * mm, (SHEET_MM[1] - top) * mm, line)
    return top


def _write_left(canvas: Canvas, text: str, top: float) -> float:
    lines = simpleSplit(text, _PLAIN, 10.5, 120 * mm)
    canvas.setFont(_PLAIN, 10.5)
    for line in lines:
        top += 5.2
        canvas.drawString(29 * mm, (SHEET_MM[1] - top) * mm, line)
    return top + 1.5
