"""The top of a printed page: QR code in the left corner, agency and national heading beside it."""

from __future__ import annotations

from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from dossiers.form_template import FormTemplate
from dossiers.printed_form import FormFacts, PaperMark
from pipeline.forms.faces import BOLD, ITALIC, REGULAR

#: Margin on all sides, and the height of the band with it, millimetres.
MARGIN_MM: Final = 9
BAND_MM: Final = 36
#: Side of the QR code with its quiet zone, millimetres.
_QR_MM: Final = 24
_NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


def draw_band(canvas: Canvas, size: tuple[float, float], template: FormTemplate, facts: FormFacts) -> None:
    """Draws the band of the current page; the heading on the first page only."""
    width, height = size
    if facts.mark is not None:
        _draw_mark(canvas, facts.mark, 5 * mm, height - (5 + _QR_MM) * mm)
    if canvas.getPageNumber() == 1 and template.has_heading:
        _draw_heading(canvas, width, height, facts)
    canvas.setFont(ITALIC, 8)
    if template.number:
        canvas.drawRightString(width - MARGIN_MM * mm, height - 6 * mm, template.number)
    code = facts.values.get("dossier_code", "")
    canvas.drawRightString(width - MARGIN_MM * mm, 5 * mm, f"{code}  {canvas.getPageNumber()}".strip())


def _draw_mark(canvas: Canvas, mark: PaperMark, left: float, bottom: float) -> None:
    # Level M: a folded or stamped corner may lose 15 % of the code.
    widget = QrCodeWidget(mark.text, barLevel="M", barBorder=4)
    widget.barWidth = widget.barHeight = _QR_MM * mm
    drawing = Drawing(_QR_MM * mm, _QR_MM * mm)
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, left, bottom)


def _draw_heading(canvas: Canvas, width: float, height: float, facts: FormFacts) -> None:
    left, right = (5 + _QR_MM) * mm, width - MARGIN_MM * mm
    middle = left + (right - left) * 0.42
    top = height - 11 * mm
    agency = [facts.values.get("parent_name", ""), facts.values.get("receiving_name", "")]
    lines = [(REGULAR, line) for line in _split(agency[0].upper(), REGULAR, middle - left)]
    lines += [(BOLD, line) for line in _split(agency[1].upper(), BOLD, middle - left)]
    _centre(canvas, (left + middle) / 2, top, lines)
    nation = [(BOLD, line) for line in _split(_NATION, BOLD, right - middle)]
    bottom = _centre(canvas, (middle + right) / 2, top, [*nation, (BOLD, _MOTTO)])
    length = canvas.stringWidth(_MOTTO, BOLD, 8)
    canvas.setLineWidth(0.5)
    canvas.line((middle + right - length) / 2, bottom, (middle + right + length) / 2, bottom)
    if dated := facts.values.get("dated", ""):
        canvas.setFont(ITALIC, 8)
        canvas.drawCentredString((middle + right) / 2, bottom - 4 * mm, dated)


def _centre(canvas: Canvas, middle: float, top: float, lines: list[tuple[str, str]]) -> float:
    """Draws centred lines downwards; returns where a rule below them belongs."""
    for face, line in lines:
        canvas.setFont(face, 8)
        canvas.drawCentredString(middle, top, line)
        top -= 3.6 * mm
    return top + 2.2 * mm


def _split(text: str, face: str, width: float) -> list[str]:
    return list(simpleSplit(text, face, 8, width - 2 * mm))
