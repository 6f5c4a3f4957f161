"""The order and the gaps of the text layer survive readers that sort and merge what they find."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from dossiers.reading import Box, Classification, Outcome, PageReading
from pipeline.geometry import Placement
from pipeline.limits import Limits
from pipeline.ocr.found_words import block_of, line_of
from pipeline.page_result import PageResult
from pipeline.pdf.document import DocumentPage, render_pdf
from pipeline.text import Line, PageText, Word

#: Lines as (text, left, top): read in this order, wherever they stand.
CELLS = (("phải", 400, 100), ("trái", 50, 100), ("dưới", 50, 104), ("lại phải", 380, 101))


def _line(text: str, left: int, top: int, step: int = 60) -> Line:
    words = [
        Word(
            text=word,
            box=Box(left=left + place * step, top=top, right=left + place * step + 50, bottom=top + 30),
            confidence=1.0,
        )
        for place, word in enumerate(text.split())
    ]
    return line_of(words)


def _copied(path: Path, reader: str) -> list[str]:
    if reader == "poppler":
        command = ["pdftotext", "-raw", str(path), "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode().split()
    with pypdfium2.PdfDocument(path) as document:
        return document[0].get_textpage().get_text_range().split()


@pytest.fixture
def pdf_of(
    letter_page: Callable[..., object],
    as_file: Callable[..., bytes],
    plain_placement: Placement,
    tmp_path: Path,
) -> Callable[[list[Line]], Path]:
    def make(lines: list[Line]) -> Path:
        content = as_file(letter_page(72, rows=1), "PNG")
        reading = PageReading(
            outcome=Outcome.READ,
            classification=Classification(type_id="ct01", confidence=1.0, evidence="", is_first_page=True),
            fields=(),
            text="",
            page_number=None,
            rotated_degrees=0,
            skew_degrees=0.0,
            confidence=1.0,
            has_seal=False,
            issues=(),
            engine="hand",
            pipeline_version="0",
            seconds=0.0,
        )
        text = PageText(
            width=plain_placement.width,
            height=plain_placement.height,
            dpi=plain_placement.dpi,
            blocks=tuple(block_of([line]) for line in lines),
        )
        result = PageResult(reading=reading, text=text, placement=plain_placement)
        path = tmp_path / "words.pdf"
        page = DocumentPage(content=content, index=0, result=result)
        path.write_bytes(render_pdf([page], "t", datetime(2000, 1, 1, tzinfo=UTC), Limits()))
        return path

    return make


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_a_cell_to_the_left_that_is_read_later_stays_later(pdf_of, reader):
    path = pdf_of([_line(*cell) for cell in CELLS])
    assert _copied(path, reader) == " ".join(text for text, _, _ in CELLS).split()


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_words_whose_boxes_overlap_stay_apart_and_in_order(pdf_of, reader):
    path = pdf_of([_line("một hai ba bốn", 50, 100, step=3)])
    assert _copied(path, reader) == ["một", "hai", "ba", "bốn"]
