"""One side of a sheet: draws in millimetres and remembers where every printed line and field stands.

Baselines, not tops, are given as ``y``. Reading order is the order of the calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import segno
from PIL import Image, ImageChops, ImageDraw

from samples.generator import handwriting
from samples.generator.fonts import FontBook
from samples.generator.style import INK, WHITE, Colour, Span, Style

#: Resolution that sheets are drawn at before they are "scanned".
MASTER_DPI: Final = 300
Anchor = Literal["l", "m", "r"]
#: Kinds of evidence that the truth of a page lists.
MARK_KINDS: Final = (
    "round_seal",
    "edge_seal",
    "signature",
    "e_signature",
    "ban_sao",
    "sao_y",
    "certified_copy",
    "arrival_stamp",
    "handwriting",
)
#: left, top, right, bottom in millimetres.
Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line of print in reading order, with the area of its ink."""

    text: str
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedField:
    """A field value as printed (``raw``) and normalised (``value``)."""

    name: str
    value: str
    raw: str
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """One ruled cell of a table; rows and columns count from 0, empty cells have no text."""

    row: int
    column: int
    text: str
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """One drawn piece of text, for replaying the sheet as a born-digital PDF page."""

    x: float
    y: float
    width: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight rule."""

    ends: Area
    width: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A picture with transparency laid over the print: a seal, a signature."""

    image: Image.Image
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Evidence on the paper that is no print: ``kind`` is one of ``MARK_KINDS``; ``text`` if it says any."""

    kind: str
    area: Area
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Part of a word in one look; ``span`` is the index of the span it came from."""

    text: str
    style: Style
    span: int


def merge(areas: Sequence[Area]) -> Area:
    """The smallest area around all of them."""
    return (
        min(area[0] for area in areas),
        min(area[1] for area in areas),
        max(area[2] for area in areas),
        max(area[3] for area in areas),
    )


class Canvas:
    """A sheet of ``width`` x ``height`` mm.

    Attributes:
        lines, fields: what was printed, in reading order.
        tables: the cells of each ruled table, row by row.
        codes: (kind, payload) of machine-readable codes.
        seal_text: what the seals say.
        marks: seals, signatures, copy marks and handwriting.
        handwritten: field values written by hand; they are not among ``fields``.
        empty_fields: names of fields whose place on the form was left empty.
    """

    def __init__(
        self, width: float, height: float, fonts: FontBook, *, dpi: int = MASTER_DPI, colour: Colour = WHITE
    ) -> None:
        self.width, self.height, self.dpi = width, height, dpi
        self.scale = dpi / 25.4
        self.fonts = fonts
        self.image = Image.new("RGB", (round(width * self.scale), round(height * self.scale)), colour)
        self._draw = ImageDraw.Draw(self.image)
        self.lines: list[PrintedLine] = []
        self.fields: list[PrintedField] = []
        self.tables: list[tuple[PrintedCell, ...]] = []
        self.codes: list[tuple[str, str]] = []
        self.seal_text: list[str] = []
        self.runs: list[TextRun] = []
        self.strokes: list[Stroke] = []
        self.stamps: list[Stamp] = []
        self.marks: list[Mark] = []
        self.handwritten: list[PrintedField] = []
        self.empty_fields: list[str] = []

    def measure(self, text: str, style: Style) -> float:
        """Advance width in mm."""
        if style.is_by_hand:
            return handwriting.width(text, style.size)
        return self.fonts.font(style, self.scale, text).getlength(text) / self.scale

    def fit(self, text: str, style: Style, width: float) -> Style:
        """The style, made smaller if the text would be wider than ``width`` mm."""
        wanted = self.measure(text, style)
        return style if wanted <= width else style.but(size=style.size * width / wanted * 0.99)

    def write(self, x: float, y: float, *spans: Span, anchor: Anchor = "l") -> float:
        """Prints spans as one line and returns its right end; spans carry their own spaces."""
        total = sum(self.measure(span.text, span.style) for span in spans)
        at = x - {"l": 0.0, "m": total / 2, "r": total}[anchor]
        areas: list[Area] = []
        for span in spans:
            area = self._ink(at, y, span.text, span.style)
            at += self.measure(span.text, span.style)
            if area is None:
                continue
            if not span.style.is_by_hand:
                areas.append(area)
            self._note_field(span, area)
        if areas:
            printed = (span.text for span in spans if not span.style.is_by_hand)
            text = " ".join("".join(printed).split())
            self.lines.append(PrintedLine(text=text, area=merge(areas)))
        return at

    def mark(self, x: float, y: float, text: str, style: Style) -> Area | None:
        """Prints text that the caller adds to a line of its own with ``note_line``."""
        return self._ink(x, y, text, style)

    def note_line(self, text: str, areas: Sequence[Area]) -> None:
        """Adds a line made of several marks to the truth."""
        if areas and text.split():
            self.lines.append(PrintedLine(text=" ".join(text.split()), area=merge(areas)))

    def note_table(self, cells: Sequence[PrintedCell]) -> None:
        """Adds a table to the truth."""
        self.tables.append(tuple(cells))

    def note_field(
        self, name: str, raw: str, value: str | None, areas: Sequence[Area], *, is_by_hand: bool = False
    ) -> None:
        """Adds a field value to the truth."""
        shown = " ".join(raw.split())
        target = self.handwritten if is_by_hand else self.fields
        target.append(
            PrintedField(name=name, value=shown if value is None else value, raw=shown, area=merge(areas))
        )

    def note_mark(self, kind: str, area: Area, text: str = "") -> None:
        """Adds evidence to the truth; parts outside the sheet are cut off."""
        left, top, right, bottom = area
        inside = (max(0.0, left), max(0.0, top), min(self.width, right), min(self.height, bottom))
        self.marks.append(Mark(kind=kind, area=inside, text=text))

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        spans: Sequence[Span],
        *,
        leading: float,
        indent: float = 0.0,
        align: Literal["left", "justify", "centre"] = "justify",
    ) -> float:
        """Prints wrapped text and returns the baseline after its last line."""
        rows = self._wrap(_words(spans), width, indent)
        found: dict[int, list[Area]] = {}
        for number, row in enumerate(rows):
            start = indent if number == 0 else 0.0
            room = width - start
            used = sum(self._word_width(word) for word in row)
            gap = self._gap(row)
            if align == "justify" and number < len(rows) - 1 and len(row) > 1:
                gap = (room - used) / (len(row) - 1)
            at = x + start
            if align == "centre":
                at += (room - used - gap * (len(row) - 1)) / 2
            self._print_row(at, y, row, gap, found)
            y += leading
        for index, areas in found.items():
            span = spans[index]
            if span.field:
                is_by_hand = span.style.is_by_hand
                self.note_field(span.field, span.text, span.value, areas, is_by_hand=is_by_hand)
        return y

    def rows(self, width: float, spans: Sequence[Span], *, indent: float = 0.0) -> int:
        """How many lines ``paragraph`` would print."""
        return len(self._wrap(_words(spans), width, indent))

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, width: float, colour: Colour = INK) -> None:
        """Draws a straight line ``width`` mm thick."""
        self.strokes.append(Stroke(ends=(x0, y0, x1, y1), width=width, colour=colour))
        ends = tuple(round(each * self.scale) for each in (x0, y0, x1, y1))
        self._draw.line(ends, fill=colour, width=max(1, round(width * self.scale)))

    def box(self, area: Area, *, width: float = 0.25, colour: Colour = INK) -> None:
        """Draws a rectangle."""
        left, top, right, bottom = area
        self.rule(left, top, right, top, width=width, colour=colour)
        self.rule(left, bottom, right, bottom, width=width, colour=colour)
        self.rule(left, top, left, bottom, width=width, colour=colour)
        self.rule(right, top, right, bottom, width=width, colour=colour)

    def fill(self, area: Area, colour: Colour) -> None:
        """Paints a rectangle."""
        left, top, right, bottom = (round(each * self.scale) for each in area)
        self._draw.rectangle((left, top, right, bottom), fill=colour)

    def leader(self, x0: float, x1: float, y: float, *, pitch: float = 1.05, colour: Colour = INK) -> None:
        """Draws a dotted leader just under the baseline."""
        radius = 0.14 * self.scale
        for step in range(max(0, int((x1 - x0) / pitch))):
            cx, cy = (x0 + (step + 0.5) * pitch) * self.scale, (y + 0.25) * self.scale
            self._draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=colour)

    def stamp(
        self, picture: Image.Image, x: float, y: float, width: float, kind: str = "", text: str = ""
    ) -> None:
        """Lays a picture with transparency over the print like ink: white stays, dark stays dark.

        With ``kind`` the area of its ink is noted as a mark. What lies beyond the sheet is cut off.
        """
        height = width * picture.height / picture.width
        if kind:
            self.note_mark(kind, _inked(picture, x, y, width), text)
        self.stamps.append(Stamp(image=picture, area=(x, y, x + width, y + height)))
        small = picture.resize((max(1, round(width * self.scale)), max(1, round(height * self.scale))))
        corner = (round(x * self.scale), round(y * self.scale))
        area = (*corner, corner[0] + small.width, corner[1] + small.height)
        layer = Image.new("RGB", small.size, WHITE)
        layer.paste(small, (0, 0), small)
        below = self.image.crop(area).convert("RGB")
        self.image.paste(ImageChops.multiply(below, layer), corner)

    def picture(self, picture: Image.Image, x: float, y: float, width: float) -> None:
        """Covers the sheet with a picture, keeping its transparency."""
        height = width * picture.height / picture.width
        small = picture.resize((max(1, round(width * self.scale)), max(1, round(height * self.scale))))
        mask = small if small.mode == "RGBA" else None
        self.image.paste(small, (round(x * self.scale), round(y * self.scale)), mask)

    def qr(self, payload: str, x: float, y: float, side: float, *, error: str = "m") -> None:
        """Prints a QR code of ``side`` mm."""
        matrix = tuple(segno.make(payload, error=error, micro=False, boost_error=False).matrix)
        cell = side / len(matrix)
        self.fill((x - 2 * cell, y - 2 * cell, x + side + 2 * cell, y + side + 2 * cell), WHITE)
        for row, bits in enumerate(matrix):
            for column, bit in enumerate(bits):
                if bit:
                    left, top = x + column * cell, y + row * cell
                    self._cell(left, top, left + cell, top + cell)
        self.codes.append(("qr", payload))

    def _cell(self, left: float, top: float, right: float, bottom: float) -> None:
        corners = [round(each * self.scale) for each in (left, top, right, bottom)]
        self._draw.rectangle((corners[0], corners[1], corners[2] - 1, corners[3] - 1), fill=INK)

    def _ink(self, x: float, y: float, text: str, style: Style) -> Area | None:
        if not text.strip():
            return None
        if style.is_by_hand:
            return self._pen(x, y, text, style)
        font = self.fonts.font(style, self.scale, text)
        self._draw.text((x * self.scale, y * self.scale), text, font=font, fill=style.colour, anchor="ls")
        box = font.getbbox(text, anchor="ls")
        self.runs.append(TextRun(x=x, y=y, width=self.measure(text, style), text=text, style=style))
        return (
            x + box[0] / self.scale,
            y + box[1] / self.scale,
            x + box[2] / self.scale,
            y + box[3] / self.scale,
        )

    def _pen(self, x: float, y: float, text: str, style: Style) -> Area:
        """Writes by hand and notes it; handwriting belongs to no printed line."""
        written = handwriting.write(text, style.size, style.colour, style.hand)
        left, top = x + written.left, y + written.top
        self.stamp(written.picture, left, top, written.width)
        area = (left, top, left + written.width, top + written.height)
        self.note_mark("handwriting", area, text)
        return area

    def _note_field(self, span: Span, area: Area) -> None:
        if span.field:
            is_by_hand = span.style.is_by_hand
            self.note_field(span.field, span.text, span.value, [area], is_by_hand=is_by_hand)

    def _word_width(self, word: Sequence[Chunk]) -> float:
        return sum(self.measure(chunk.text, chunk.style) for chunk in word)

    def _gap(self, row: Sequence[Sequence[Chunk]]) -> float:
        return self.measure(" ", row[0][0].style)

    def _wrap(self, words: Sequence[Sequence[Chunk]], width: float, indent: float) -> list[list[list[Chunk]]]:
        rows: list[list[list[Chunk]]] = [[]]
        left = width - indent
        for word in words:
            needed = self._word_width(word) + (self._gap([word]) if rows[-1] else 0)
            if rows[-1] and needed > left:
                rows.append([])
                left = width
                needed = self._word_width(word)
            rows[-1].append(list(word))
            left -= needed
        return rows

    def _print_row(
        self, x: float, y: float, row: list[list[Chunk]], gap: float, found: dict[int, list[Area]]
    ) -> None:
        areas: list[Area] = []
        for word in row:
            for chunk in word:
                area = self._ink(x, y, chunk.text, chunk.style)
                x += self.measure(chunk.text, chunk.style)
                if area is not None:
                    found.setdefault(chunk.span, []).append(area)
                if area is not None and not chunk.style.is_by_hand:
                    areas.append(area)
            x += gap
        printed = [[chunk.text for chunk in word if not chunk.style.is_by_hand] for word in row]
        self.note_line(" ".join("".join(word) for word in printed), areas)


def _inked(picture: Image.Image, x: float, y: float, width: float) -> Area:
    """Where the ink of a picture lies when it is laid down at (x, y), in mm."""
    scale = width / picture.width
    mask = picture.getchannel("A").point(lambda value: 255 if value > 40 else 0)
    left, top, right, bottom = mask.getbbox() or (0, 0, picture.width, picture.height)
    return x + left * scale, y + top * scale, x + right * scale, y + bottom * scale


def _words(spans: Sequence[Span]) -> list[list[Chunk]]:
    words: list[list[Chunk]] = []
    glued = False
    for index, span in enumerate(spans):
        parts = span.text.split()
        for number, part in enumerate(parts):
            chunk = Chunk(text=part, style=span.style, span=index)
            if glued and number == 0 and words and not span.text[0].isspace():
                words[-1].append(chunk)
            else:
                words.append([chunk])
        glued = not span.text[-1:].isspace()
    return words
