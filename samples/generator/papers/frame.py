"""Head, signature and rows that the issued papers of an agency have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samples.generator.canvas import Canvas
from samples.generator.layout import Cell, Form, Signer, office_head, sign
from samples.generator.people import Person
from samples.generator.scene import Look, Paper, Scene, Sheet
from samples.generator.style import Span, Style
from samples.generator.wording import slashed, spoken

#: What ``print_rows`` prints: a cell, cells side by side, or a heading.
Rows = Sequence[Cell | tuple[Cell, ...] | str]


def single(canvas: Canvas, type_id: str) -> Paper:
    """A paper of one side."""
    return Paper(type_id=type_id, sheets=[Sheet(canvas=canvas, type_id=type_id)])


def agency_head(
    scene: Scene, canvas: Canvas, look: Look, agency: Sequence[str], number: str, day: date
) -> float:
    """Agency, motto, number, place and day; returns the baseline below."""
    style = look.body
    digits = Span(text=number, style=style, field="document_number")
    return office_head(
        canvas,
        look,
        agency,
        number=[Span(text="Số: ", style=style), digits],
        place_and_date=[
            Span(text=f"{scene.city}, ", style=style.but(italic=True)),
            Span(text=spoken(day), style=style.but(italic=True), field="issue_date", value=day.isoformat()),
        ],
    )


def committee(scene: Scene) -> tuple[str, str]:
    """The two lines of a commune's committee in a head."""
    return ("ỦY BAN NHÂN DÂN", scene.area.ward.upper())


def committee_signs(
    scene: Scene, canvas: Canvas, y: float, over: tuple[str, ...], *, x: float = 150.0, name: str = ""
) -> float:
    """Signature and seal of the commune's committee."""
    signer = Signer(
        over=over,
        name=name or scene.chairman,
        around=f"ỦY BAN NHÂN DÂN {scene.area.ward}",
        below=scene.area.province,
    )
    return sign(scene, canvas, x, y, signer)


def applicant_signs(scene: Scene, canvas: Canvas, y: float, office: str, person: Person) -> float:
    """Place, day and signature of whoever filled in a form, at the right; no seal."""
    style = Style(size=12, italic=True)
    day = Span(text=f"{scene.city}, {spoken(scene.today)}", style=style)
    canvas.write(150, y + 2, day, anchor="m")
    signer = Signer(over=(office,), hints=("(Ký, ghi rõ họ tên)",), name=person.name, field="")
    return sign(scene, canvas, 150, y + 8, signer, room=21)


def name_cell(label: str, person: Person, field: str = "person_name", *, bold: bool = False) -> Cell:
    """A name in capitals."""
    return Cell(label=label, text=person.upper, field=field, value=person.name, bold=bold)


def date_cell(label: str, day: date, field: str = "birth_date", share: float = 1.0) -> Cell:
    """A date in digits."""
    return Cell(label=label, text=slashed(day), field=field, value=day.isoformat(), share=share)


def print_rows(rows: Form, y: float, wanted: Rows) -> float:
    """Prints rows of cells one below the other; a text alone is a bold heading."""
    for each in wanted:
        if isinstance(each, str):
            rows.canvas.write(rows.x, y, Span(text=each, style=rows.look.body.but(bold=True)))
            y += rows.look.leading
        else:
            y = rows.row(y, *(each if isinstance(each, tuple) else (each,)))
    return y
