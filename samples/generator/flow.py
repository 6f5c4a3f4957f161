"""Running text over several sheets: paragraphs, page breaks, page numbers, initials on every page."""

from __future__ import annotations

from typing import Literal

from samples.generator.canvas import Canvas
from samples.generator.ink import signature
from samples.generator.scene import A4_HEIGHT, Look, Paper, Scene, Sheet
from samples.generator.style import Span, Style


class Flow:
    """A document that grows by pages; ``canvas`` and ``y`` say where printing goes on.

    Args:
        numbering: page number at the ``top`` from page 2 on (NĐ 30/2020), or ``bottom`` as "Trang n".
        has_initials: whether both parties put small signatures at the foot of every page but the last.
    """

    def __init__(
        self,
        scene: Scene,
        look: Look,
        type_id: str,
        *,
        numbering: Literal["top", "bottom"] = "top",
        has_initials: bool = False,
    ) -> None:
        self.scene, self.look, self.type_id = scene, look, type_id
        self.numbering, self.has_initials = numbering, has_initials
        self.canvas: Canvas = scene.sheet()
        self.sheets = [Sheet(canvas=self.canvas, type_id=type_id)]
        self.y = look.top
        self.limit = A4_HEIGHT - 27.0

    def need(self, room: float) -> None:
        """Turns the page unless ``room`` mm are left."""
        if self.y + room > self.limit:
            self.turn()

    def turn(self) -> None:
        """Ends this page and starts the next."""
        self._foot(is_last=False)
        self.canvas = self.scene.sheet()
        self.sheets.append(Sheet(canvas=self.canvas, type_id=self.type_id))
        self.y = self.look.top
        if self.numbering == "top":
            number = Span(text=str(len(self.sheets)), style=Style(size=12.5))
            self.canvas.write(105, self.look.top - 4, number, anchor="m")
            self.y += 5

    def paragraph(self, *spans: Span, indent: float = 10.0, gap: float = 1.6) -> None:
        """Prints a justified paragraph, on the next page if it does not fit on this one."""
        rows = self.canvas.rows(self.look.width, spans, indent=indent)
        self.need(rows * self.look.leading - 2)
        end = self.canvas.paragraph(
            self.look.left, self.y, self.look.width, spans, leading=self.look.leading, indent=indent
        )
        self.y = end + gap

    def text(self, words: str, *, bold: bool = False, italic: bool = False, indent: float = 10.0) -> None:
        """A paragraph in one look."""
        self.paragraph(Span(text=words, style=self.look.body.but(bold=bold, italic=italic)), indent=indent)

    def labelled(self, label: str, *values: Span, indent: float = 10.0) -> None:
        """A paragraph that starts with ordinary words and goes on with values."""
        self.paragraph(Span(text=f"{label} ", style=self.look.body), *values, indent=indent, gap=0.6)

    def value(self, text: str, field: str = "", value: str | None = None, *, bold: bool = False) -> Span:
        """A value in the document's look."""
        return Span(text=text, style=self.look.body.but(bold=bold), field=field, value=value)

    def paper(self, *, copy_kind: str = "original") -> Paper:
        """Ends the document."""
        self._foot(is_last=True)
        return Paper(type_id=self.type_id, sheets=self.sheets, copy_kind=copy_kind)

    def _foot(self, *, is_last: bool) -> None:
        if self.numbering == "bottom":
            number = Span(text=f"Trang {len(self.sheets)}", style=Style(size=11))
            self.canvas.write(105, A4_HEIGHT - 12, number, anchor="m")
        if self.has_initials and not is_last:
            for x in (132.0, 165.0):
                self.canvas.stamp(signature(self.scene.rng), x, A4_HEIGHT - 27, 21, "signature")
