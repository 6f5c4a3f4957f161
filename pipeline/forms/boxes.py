"""A row of boxes, one letter each, behind its label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table, TableStyle

from dossiers.form_template import Block, fill
from pipeline.forms.faces import REGULAR

#: Side of a box, millimetres.
_BOX_MM: Final = 5.5


def boxes_row(block: Block, values: Mapping[str, str], points: int) -> Table:
    """The label and its boxes; what has more letters than there are boxes is written behind the label."""
    label = fill(block.text, values)
    value = fill(block.value, values, empty="")
    letters = list(value.replace(" ", "").ljust(block.boxes))
    fits = len(letters) == block.boxes
    label = label if fits else f"{label} {value}"
    width = stringWidth(label, REGULAR, points) + 2 * mm
    table = Table(
        [[label, *(letters if fits else [""] * block.boxes)]],
        colWidths=[width, *[_BOX_MM * mm] * block.boxes],
        hAlign="LEFT",
    )
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), REGULAR, points),
                ("GRID", (1, 0), (-1, -1), 0.5, "black"),
                ("ALIGN", (1, 0), (-1, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return table
