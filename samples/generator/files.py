"""Writes page images into the files a clerk would have: JPEG, PNG, TIFF and PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas as PdfCanvas

from samples.generator.canvas import Canvas
from samples.generator.fonts import FontBook
from samples.generator.style import Style

_EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC).timetuple()
_POINTS: Final = 72 / 25.4


def write_images(path: Path, kind: str, pictures: Sequence[Image.Image], dpis: Sequence[int]) -> None:
    """Writes one file with one or more pages; the resolution of the first is recorded in it."""
    first, rest, dpi = pictures[0], list(pictures[1:]), (dpis[0], dpis[0])
    if kind == "jpg":
        first.save(path, "JPEG", quality=_quality(first), dpi=dpi, subsampling=2, optimize=True)
    elif kind == "png":
        first.save(path, "PNG", dpi=dpi, optimize=True)
    elif kind == "pdf_scan":
        _write_scanned_pdf(path, first, rest, float(dpis[0]))
    else:
        _write_tiff(path, kind, first, rest, dpi)


def _write_scanned_pdf(path: Path, first: Image.Image, rest: list[Image.Image], dpi: float) -> None:
    """Pillow stores one-bit pages with G4 and refuses a JPEG quality for them."""
    stamps = {"creationDate": _EPOCH, "modDate": _EPOCH}
    if first.mode == "1":
        first.save(path, "PDF", save_all=True, append_images=rest, resolution=dpi, **stamps)
    else:
        first.save(path, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=58, **stamps)


def _write_tiff(
    path: Path, kind: str, first: Image.Image, rest: list[Image.Image], dpi: tuple[int, int]
) -> None:
    codec = {"tiff_g4": "group4", "tiff_lzw": "tiff_lzw", "tiff_jpeg": "jpeg"}[kind]
    if codec == "jpeg":
        first.save(path, "TIFF", save_all=True, append_images=rest, compression=codec, dpi=dpi, quality=50)
    else:
        first.save(path, "TIFF", save_all=True, append_images=rest, compression=codec, dpi=dpi)


def _quality(picture: Image.Image) -> int:
    return 66 if picture.width * picture.height < 1_500_000 else 58


def write_signed(path: Path, pictures: Sequence[Image.Image], dpi: int, stamp: SignatureStamp) -> None:
    """A scanned PDF whose only text layer is a visible signature block at the top right of page 1."""
    pdf = PdfCanvas(str(path), invariant=1)
    for number, picture in enumerate(pictures):
        width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
        pdf.setPageSize((width, height))
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=58)
        buffer.seek(0)
        pdf.drawImage(ImageReader(buffer), 0, 0, width, height)
        if number == 0:
            stamp.draw(pdf, height)
        pdf.showPage()
    pdf.save()


class SignatureStamp:
    """The visible text of an agency's signature (NĐ 30/2020, annex): Times, 10 points, black."""

    def __init__(self, lines: Sequence[str], x: float, y: float, fonts: FontBook) -> None:
        self.lines = tuple(lines)
        self.x, self.y, self.step = x, y, 4.1
        self.style = Style(size=10)
        self.fonts = fonts

    def draw(self, pdf: PdfCanvas, height: float) -> None:
        """Writes the lines as real text; positions are millimetres from the top left."""
        pdf.setFont(_register(self.fonts, self.style), self.fonts.size_mm(self.style) * _POINTS)
        for number, line in enumerate(self.lines):
            pdf.drawString(self.x * _POINTS, height - (self.y + number * self.step) * _POINTS, line)


def write_born_digital(path: Path, sheets: Sequence[Canvas], title: str) -> None:
    """Replays the sheets as a PDF with real text, rules, and seals as pictures."""
    pdf = PdfCanvas(str(path), invariant=1)
    pdf.setTitle(title)
    for sheet in sheets:
        pdf.setPageSize((sheet.width * _POINTS, sheet.height * _POINTS))
        for stroke in sheet.strokes:
            _draw_stroke(pdf, sheet, stroke.ends, stroke.width, stroke.colour)
        _draw_text(pdf, sheet)
        for stamp in sheet.stamps:
            left, top, right, bottom = stamp.area
            small = stamp.image.resize((round((right - left) * 10), round((bottom - top) * 10)))
            pdf.drawImage(
                ImageReader(small),
                left * _POINTS,
                (sheet.height - bottom) * _POINTS,
                (right - left) * _POINTS,
                (bottom - top) * _POINTS,
                mask="auto",
            )
        pdf.showPage()
    pdf.save()


def _draw_stroke(
    pdf: PdfCanvas,
    sheet: Canvas,
    ends: tuple[float, float, float, float],
    width: float,
    colour: tuple[int, int, int],
) -> None:
    x0, y0, x1, y1 = ends
    pdf.setStrokeColorRGB(*(part / 255 for part in colour))
    pdf.setLineWidth(width * _POINTS)
    pdf.line(x0 * _POINTS, (sheet.height - y0) * _POINTS, x1 * _POINTS, (sheet.height - y1) * _POINTS)


def _draw_text(pdf: PdfCanvas, sheet: Canvas) -> None:
    for run in sheet.runs:
        name = _register(sheet.fonts, run.style)
        size = sheet.fonts.size_mm(run.style) * _POINTS
        natural = pdfmetrics.stringWidth(run.text, name, size)
        text = pdf.beginText(run.x * _POINTS, (sheet.height - run.y) * _POINTS)
        text.setFont(name, size)
        text.setFillColorRGB(*(part / 255 for part in run.style.colour))
        text.setHorizScale(100 * run.width * _POINTS / natural if natural else 100)
        text.textOut(run.text)
        pdf.drawText(text)


def _register(fonts: FontBook, style: Style) -> str:
    face = fonts.face(style)
    if face.stem not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(face.stem, str(face)))
    return face.stem
