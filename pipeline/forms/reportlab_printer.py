"""Forms as PDF by reportlab: a band with QR code and heading, then the blocks of the template."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final, Literal
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, A5, A6, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from dossiers.form_template import Block, BlockKind, FormTemplate, Paper, fill
from dossiers.printed_form import FormFacts
from pipeline.forms.band import BAND_MM, MARGIN_MM, draw_band
from pipeline.forms.boxes import boxes_row
from pipeline.forms.faces import BOLD, FONT_FOLDER, ITALIC, REGULAR, register_faces

_SIZES: Final = {
    Paper.A4: A4,
    Paper.A4_LANDSCAPE: landscape(A4),
    Paper.A5: A5,
    Paper.A6_LANDSCAPE: landscape(A6),
}
#: Alignments as reportlab numbers them.
_LEFT: Final = 0
_CENTRE: Final = 1
_JUSTIFIED: Final = 4
_Align = Literal[0, 1, 4]
#: Padding that reportlab puts inside a page, points.
_PADDING: Final = 6
#: Room for a signature and seal, millimetres.
_SIGNATURE_MM: Final = 18
#: Height of a row to be written by hand, millimetres.
_BY_HAND_MM: Final = 7


class ReportlabFormPrinter:
    """Implements ``dossiers.printed_form.FormPrinter``.

    Args:
        font_folder: where the faces are.
    """

    def __init__(self, font_folder: Path = FONT_FOLDER) -> None:
        self._font_folder = font_folder

    def print_form(self, template: FormTemplate, facts: FormFacts) -> bytes:
        """Returns a PDF with all its fonts in it."""
        register_faces(self._font_folder)
        out = BytesIO()
        document = SimpleDocTemplate(
            out,
            pagesize=_SIZES[template.paper],
            leftMargin=MARGIN_MM * mm,
            rightMargin=MARGIN_MM * mm,
            topMargin=BAND_MM * mm,
            bottomMargin=MARGIN_MM * mm,
            title=template.name,
            author=facts.values.get("receiving_name", ""),
            lang="vi",
            invariant=1,
        )
        blocks = [part for block in template.blocks for part in _flowables(template, block, facts, document)]
        band = partial(_band, template=template, facts=facts)
        document.build(blocks, onFirstPage=band, onLaterPages=band)
        return out.getvalue()


def _band(canvas: Canvas, document: SimpleDocTemplate, *, template: FormTemplate, facts: FormFacts) -> None:
    draw_band(canvas, document.pagesize, template, facts)


def _flowables(
    template: FormTemplate, block: Block, facts: FormFacts, document: SimpleDocTemplate
) -> list[Flowable]:
    wanted = block.unless_empty
    if wanted and not facts.values.get(wanted) and not facts.lists.get(wanted):
        return []
    points = template.points
    if block.kind is BlockKind.TITLE:
        title = [_paragraph(block.text, facts.values, _style(points + 2, face=BOLD, align=_CENTRE))]
        if block.note:
            title.append(_paragraph(block.note, facts.values, _style(points, align=_CENTRE)))
        return [*title, Spacer(0, 2 * mm)]
    if block.kind is BlockKind.TABLE:
        return [_table(block, facts, points, document.width - 2 * _PADDING), Spacer(0, 1.5 * mm)]
    if block.kind is BlockKind.BOXES:
        return [boxes_row(block, facts.values, points), Spacer(0, 1 * mm)]
    if block.kind is BlockKind.SIGNATURES:
        return [Spacer(0, 2 * mm), _signatures(block, facts, points, document.width - 2 * _PADDING)]
    face = BOLD if block.is_bold else ITALIC if block.is_italic else REGULAR
    align: _Align = _CENTRE if block.kind is BlockKind.CENTRED else _JUSTIFIED
    return [_paragraph(block.text, facts.values, _style(points, face=face, align=align))]


def _table(block: Block, facts: FormFacts, points: int, width: float) -> Table:
    heading = _style(points - 1, face=BOLD, align=_CENTRE)
    cell = _style(points - 1)
    rows = [[_paragraph(each.heading, {}, heading) for each in block.columns]]
    rows += [
        [_paragraph(each.value, row, cell, empty="") for each in block.columns]
        for row in facts.lists.get(block.rows, ())
    ]
    heights: list[float | None] = [None] * len(rows)
    missing = max(0, block.blank_rows + 1 - len(rows))
    rows += [[_paragraph("", {}, cell)] * len(block.columns)] * missing
    heights += [_BY_HAND_MM * mm] * missing
    total = sum(each.share for each in block.columns)
    widths = [width * each.share / total for each in block.columns]
    table = Table(rows, colWidths=widths, rowHeights=heights, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, "black"),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _signatures(block: Block, facts: FormFacts, points: int, width: float) -> Table:
    heading = _style(points, face=BOLD, align=_CENTRE)
    note = _style(points - 1, face=ITALIC, align=_CENTRE)
    texts = [(each, block.note if each else "") for each in (block.text, block.right)]
    if block.columns:
        texts = [(each.heading, each.value) for each in block.columns]
        heading, note = (_style(points - 2, face=face, align=_CENTRE) for face in (BOLD, ITALIC))
    rows = [
        [_paragraph(over, facts.values, heading) for over, _ in texts],
        [_paragraph(under, facts.values, note) for _, under in texts],
    ]
    table = Table(
        [*rows, [""] * len(texts)],
        colWidths=[width / len(texts)] * len(texts),
        rowHeights=[None, None, _SIGNATURE_MM * mm],
    )
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("NOSPLIT", (0, 0), (-1, -1))]))
    return table


def _paragraph(
    text: str, values: Mapping[str, str], style: ParagraphStyle, *, empty: str | None = None
) -> Paragraph:
    """A paragraph of a template's text; escaped, so that nothing in it is markup."""
    filled = fill(text, values) if empty is None else fill(text, values, empty=empty)
    return Paragraph(escape(filled), style)


def _style(points: float, *, face: str = REGULAR, align: _Align = _LEFT) -> ParagraphStyle:
    return ParagraphStyle(
        "form",
        fontName=face,
        fontSize=points,
        leading=points * 1.25,
        spaceAfter=points * 0.2,
        alignment=align,
    )
