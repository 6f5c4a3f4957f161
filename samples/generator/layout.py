"""Parts that Vietnamese official papers share: heads, titles, leader rows, signatures, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from samples.generator.canvas import Area, Canvas, PrintedCell
from samples.generator.ink import seal, signature
from samples.generator.scene import Look, Scene
from samples.generator.style import BLUE, INK, Colour, Span, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One label with its value on a dotted leader.

    Attributes:
        share: part of the row's width, relative to the other cells.
        field: truth field of the value, if any.
        value: normalised value; the text itself where ``None``.
    """

    label: str
    text: str
    share: float = 1.0
    field: str = ""
    value: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Where and how rows of a form are printed."""

    canvas: Canvas
    look: Look
    fill: Style
    x: float
    width: float
    has_leaders: bool = True
    leader_colour: Colour = INK
    lift: float = 0.5

    def row(self, y: float, *cells: Cell) -> float:
        """Prints one row; a single cell may wrap. Returns the next baseline."""
        if len(cells) == 1 and self._overflows(cells[0]):
            return self._wrapped(y, cells[0])
        at = self.x
        areas: list[Area] = []
        words: list[str] = []
        total = sum(cell.share for cell in cells)
        for cell in cells:
            room = self.width * cell.share / total
            areas += self._cell(at, y, room - (1.5 if len(cells) > 1 else 0), cell)
            words += [cell.label, "" if self.fill.is_by_hand else self._text(cell)]
            at += room
        self.canvas.note_line(" ".join(words), areas)
        return y + self.look.leading

    def _value_style(self, cell: Cell) -> Style:
        return self.fill.but(bold=cell.bold or self.fill.bold)

    @property
    def _inset(self) -> float:
        """From the start of the leader to the value, in mm."""
        return 1.5 if self.look.has_dots_under_values or not self.has_leaders else 2.6

    def _leader(self, x0: float, x1: float, y: float, value: Area | None) -> None:
        if not self.has_leaders:
            return
        ends = [(x0, x1)]
        if value is not None and not self.look.has_dots_under_values:
            ends = [(x0, value[0] - 0.3), (value[2] + 0.3, x1)]
        for start, end in ends:
            self.canvas.leader(start, end, y, pitch=self.look.dot_pitch, colour=self.leader_colour)

    def _overflows(self, cell: Cell) -> bool:
        if not self._text(cell):
            return False
        label = self.canvas.measure(f"{cell.label} ", self.look.body)
        return label + self.canvas.measure(cell.text, self._value_style(cell)) + 4 > self.width

    def _cell(self, x: float, y: float, room: float, cell: Cell) -> list[Area]:
        canvas, style = self.canvas, self._value_style(cell)
        label = canvas.mark(x, y, cell.label, self.look.body)
        start = x + canvas.measure(f"{cell.label} ", self.look.body)
        text = self._text(cell)
        style = canvas.fit(text, style, x + room - start - self._inset) if text else style
        area = canvas.mark(start + self._inset, y - self.lift, text, style)
        self._leader(start, x + room, y, area)
        self._note(cell, [] if area is None else [area])
        marks = (label, None if style.is_by_hand else area)
        return [each for each in marks if each is not None]

    def _text(self, cell: Cell) -> str:
        """What stands in the cell: its text, or nothing where this form was not filled in."""
        return "" if self.look.leaves_empty(cell.label) else cell.text

    def _note(self, cell: Cell, areas: Sequence[Area]) -> None:
        if cell.field and areas:
            is_by_hand = self.fill.is_by_hand
            self.canvas.note_field(cell.field, cell.text, cell.value, areas, is_by_hand=is_by_hand)
        elif cell.field:
            self.canvas.empty_fields.append(cell.field)

    def _wrapped(self, y: float, cell: Cell) -> float:
        canvas, style = self.canvas, self._value_style(cell)
        label = canvas.mark(self.x, y, cell.label, self.look.body)
        start = self.x + canvas.measure(f"{cell.label} ", self.look.body)
        areas: list[Area] = []
        words = cell.text.split()
        line = [label] if label is not None else []
        text = cell.label
        while words:
            room = self.x + self.width - start - self._inset
            count = len(words)
            while count > 1 and canvas.measure(" ".join(words[:count]), style) > room:
                count -= 1
            part = " ".join(words[:count])
            area = canvas.mark(start + self._inset, y - self.lift, part, style)
            self._leader(start, self.x + self.width, y, area)
            if area is not None:
                areas.append(area)
            if area is not None and not style.is_by_hand:
                line.append(area)
            canvas.note_line(text if style.is_by_hand else f"{text} {part}", line)
            words, line, text, start = words[count:], [], "", self.x
            y += self.look.leading
        self._note(cell, areas)
        return y


def form(
    canvas: Canvas,
    look: Look,
    *,
    fill: Style | None = None,
    has_leaders: bool = True,
    leader_colour: Colour = INK,
    lift: float = 0.5,
) -> Form:
    """A form over the whole text width; values in ordinary text, ``lift`` mm above the leaders."""
    return Form(
        canvas=canvas,
        look=look,
        fill=look.body if fill is None else fill,
        x=look.left,
        width=look.width,
        has_leaders=has_leaders,
        leader_colour=leader_colour,
        lift=lift if has_leaders else 0.0,
    )


def pen(look: Look) -> Style:
    """Values filled in by hand: blue slanted print, or pen strokes where the look has a hand."""
    if look.hand:
        return Style(size=look.size * 1.05, colour=BLUE, hand=look.hand)
    return look.body.but(italic=True, colour=BLUE, family="serif")


def republic_head(canvas: Canvas, look: Look, *, centre: float = 105.0, y: float | None = None) -> float:
    """The motto alone, centred; returns the baseline below it."""
    top = look.top if y is None else y
    canvas.write(centre, top, Span(text=look.republic, style=Style(size=12.5, bold=True)), anchor="m")
    style = Style(size=13.3, bold=True)
    canvas.write(centre, top + 5.8, Span(text=look.motto, style=style), anchor="m")
    half = canvas.measure(look.motto, style) / 2
    canvas.rule(centre - half, top + 7.4, centre + half, top + 7.4, width=0.25)
    return top + 16


def office_head(
    canvas: Canvas,
    look: Look,
    agency: Sequence[str],
    *,
    number: Sequence[Span] = (),
    below_number: Sequence[str] = (),
    place_and_date: Sequence[Span] = (),
) -> float:
    """Two columns: agency block, then motto block; returns the baseline below both."""
    left, right = look.left + 29, 210 - look.right - 46.5
    y = look.top
    for index, line in enumerate(agency):
        last = index == len(agency) - 1
        style = canvas.fit(line, Style(size=12.3, bold=last), 68)
        canvas.write(left, y, Span(text=line, style=style), anchor="m")
        if last:
            canvas.rule(left - 10, y + 1.6, left + 10, y + 1.6, width=0.25)
        y += 5.4
    y += 2.6
    if number:
        canvas.write(left, y, *number, anchor="m")
        y += 5.6
    for line in below_number:
        canvas.write(left, y, Span(text=line, style=Style(size=11.5)), anchor="m")
        y += 4.8
    motto = canvas.fit(look.motto, Style(size=13, bold=True), 90)
    canvas.write(right, look.top, Span(text=look.republic, style=Style(size=12, bold=True)), anchor="m")
    canvas.write(right, look.top + 5.6, Span(text=look.motto, style=motto), anchor="m")
    half = canvas.measure(look.motto, motto) / 2
    canvas.rule(right - half, look.top + 7.2, right + half, look.top + 7.2, width=0.25)
    if place_and_date:
        canvas.write(right, look.top + 14.2, *place_and_date, anchor="m")
    return max(y, look.top + 20)


def title(
    canvas: Canvas, y: float, *lines: str, size: float = 15.0, colour: Colour = INK, centre: float = 105.0
) -> float:
    """Bold centred lines; returns the baseline below."""
    for line in lines:
        style = canvas.fit(line, Style(size=size, bold=True, colour=colour), 172)
        canvas.write(centre, y, Span(text=line, style=style), anchor="m")
        y += size * 0.47
    return y


def note(
    canvas: Canvas, y: float, text: str, *, size: float = 12.0, centre: float = 105.0, bold: bool = False
) -> float:
    """A centred line in italics (or bold)."""
    style = Style(size=size, italic=not bold, bold=bold)
    canvas.write(centre, y, Span(text=text, style=style), anchor="m")
    return y + size * 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs, above and below the signature.

    Attributes:
        over: lines above: authority and office, bold; the first of ``hints`` in italics under them.
        around, below: text of the seal; no seal where ``around`` is empty.
        by_hand: whether pen strokes are drawn.
    """

    over: tuple[str, ...]
    name: str
    hints: tuple[str, ...] = ()
    around: str = ""
    below: str = ""
    field: str = "signer_name"
    by_hand: bool = True
    said: str = ""


def sign(
    scene: Scene, canvas: Canvas, centre: float, y: float, signer: Signer, *, room: float = 30.0
) -> float:
    """Prints a signature block with strokes and seal; returns the baseline of the name."""
    style = Style(size=12.8)
    for line in signer.over:
        canvas.write(centre, y, Span(text=line, style=canvas.fit(line, style.but(bold=True), 84)), anchor="m")
        y += 5.5
    for line in signer.hints:
        hint = canvas.fit(line, style.but(italic=True, size=11.5), 80)
        canvas.write(centre, y, Span(text=line, style=hint), anchor="m")
        y += 5.0
    if signer.said:
        canvas.write(
            centre, y + room / 2 - 3, Span(text=signer.said, style=style.but(italic=True)), anchor="m"
        )
    name = y + room
    if signer.name:
        canvas.write(
            centre, name, Span(text=signer.name, style=style.but(bold=True), field=signer.field), anchor="m"
        )
    middle = y + room / 2 - 4.0
    if signer.by_hand:
        scrawl = signature(scene.rng)
        wide = scene.rng.uniform(34, 42)
        canvas.stamp(scrawl, centre - wide / 2 + 2, middle - wide / 4.2 + 1.5, wide, "signature")
    if signer.around:
        picture = seal(signer.around, signer.below, scene.fonts, scene.rng)
        words = f"{signer.around.upper()} {signer.below.upper()}"
        x, top = centre - 36 + scene.rng.uniform(-3, 3), middle - 18 + scene.rng.uniform(-3, 2)
        canvas.stamp(picture, x, top, 36, "round_seal", words)
        canvas.seal_text.append(words)
    return name


def recipients(canvas: Canvas, x: float, y: float, lines: Sequence[str]) -> float:
    """``Nơi nhận`` at the bottom left."""
    canvas.write(x, y, Span(text="Nơi nhận:", style=Style(size=12, bold=True, italic=True)))
    for line in lines:
        y += 4.6
        canvas.write(x, y, Span(text=line, style=Style(size=11)))
    return y + 4.6


def digit_boxes(
    canvas: Canvas, x: float, y: float, digits: str, style: Style, *, side: float = 6.0
) -> tuple[float, list[Area]]:
    """A row of boxes with one digit in each; returns the right end and the areas of the digits."""
    areas = []
    for index, digit in enumerate(digits):
        left = x + index * side
        canvas.box((left, y - side * 0.76, left + side, y + side * 0.24), width=0.22)
        width = canvas.measure(digit, style)
        area = canvas.mark(left + (side - width) / 2, y - 0.1, digit, style)
        if area is not None:
            areas.append(area)
    return x + side * len(digits), areas


def tick_box(canvas: Canvas, x: float, y: float, *, ticked: bool, side: float = 4.0) -> float:
    """A small square, ticked or not; returns its right end."""
    canvas.box((x, y - side + 0.6, x + side, y + 0.6), width=0.25)
    if ticked:
        canvas.rule(x + 0.7, y - 1.3, x + 1.7, y, width=0.5, colour=BLUE)
        canvas.rule(x + 1.7, y, x + side + 0.6, y - side - 0.4, width=0.5, colour=BLUE)
    return x + side


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table column: width in mm and alignment of the body cells."""

    head: str
    width: float
    align: Literal["left", "centre"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One table cell."""

    text: str
    field: str = ""
    value: str | None = None


def table(
    canvas: Canvas,
    x: float,
    y: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Entry]],
    style: Style,
) -> float:
    """A ruled table with a bold head; ``y`` is its top; returns its bottom."""
    cells = table_rows(canvas, x, y, columns, rows, style)
    canvas.note_table(cells)
    return cells[-1].area[3]


def table_rows(
    canvas: Canvas,
    x: float,
    y: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Entry]],
    style: Style,
) -> list[PrintedCell]:
    """Prints head and rows of a table for a caller that adds cells and notes the table itself."""
    head = [Entry(text=column.head) for column in columns]
    cells = _table_row(canvas, x, y, 0, columns, head, style.but(bold=True))
    for number, row in enumerate(rows, start=1):
        cells += _table_row(canvas, x, cells[-1].area[3], number, columns, row, style)
    return cells


def _table_row(
    canvas: Canvas,
    x: float,
    y: float,
    number: int,
    columns: Sequence[Column],
    row: Sequence[Entry],
    style: Style,
) -> list[PrintedCell]:
    """Row 0 is the head."""
    leading = style.size * 0.43
    bottom = y
    at = x
    for column, entry in zip(columns, row, strict=True):
        spans = [Span(text=entry.text, style=style, field=entry.field, value=entry.value)]
        align: Literal["left", "centre"] = "centre" if number == 0 else column.align
        end = y + leading + 1.2
        if entry.text:
            end = canvas.paragraph(at + 1.2, end, column.width - 2.4, spans, leading=leading, align=align)
        bottom = max(bottom, end - leading + 2.2)
        at += column.width
    bottom = max(bottom, y + leading + 3.4)
    at = x
    cells = []
    for place, (column, entry) in enumerate(zip(columns, row, strict=True)):
        area = (at, y, at + column.width, bottom)
        canvas.box(area, width=0.25)
        cells.append(PrintedCell(row=number, column=place, text=entry.text, area=area))
        at += column.width
    return cells
