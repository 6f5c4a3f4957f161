"""Ruled tables: their grid, which word stands in which cell, and what is no table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.image import PageImage, Pixels
from pipeline.ocr.tesseract_inprocess import make
from pipeline.stages.grids import find_grids
from pipeline.stages.reading_order import in_reading_order
from pipeline.stages.rules import find_rules
from pipeline.text import BlockKind, Line, PageText

MakeLine = Callable[..., Line]
MakeText = Callable[..., PageText]
#: Columns and rows of the drawn table, px at 200 dpi; the first column is 14 mm wide.
_PLACES = (150, 260, 700, 1000, 1250, 1500)
_LEVELS = (400, 470, 540, 700, 770, 840)
#: Row, column, row span, column span of the cells that span.
_SPANNING = {(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 3)}


def _table(ink: int = 0, thick: int = 2, *, has_sides: bool = True) -> Pixels:
    """A4 at 200 dpi: two columns of the head run over two rows, the other three share an upper cell."""
    page = np.full((2339, 1654), 255, np.uint8)
    for number, y in enumerate(_LEVELS):
        cv2.line(page, (_PLACES[2 if number == 1 else 0], y), (_PLACES[-1], y), ink, thick)
    for number, x in enumerate(_PLACES):
        if has_sides or number not in (0, len(_PLACES) - 1):
            cv2.line(page, (x, _LEVELS[1 if number in (3, 4) else 0]), (x, _LEVELS[-1]), ink, thick)
    for y in (*range(440, 840, 70), 650, 680):
        for x in _PLACES[:-1]:
            cv2.putText(page, "Noi dung", (x + 9, y), cv2.FONT_HERSHEY_COMPLEX, 0.6, 0, 2)
    return page


def _turned(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(page, matrix, (width, height), borderValue=255), np.uint8)


def _with_gaps(page: Pixels) -> Pixels:
    lost = np.random.default_rng(1).random(page.shape) < 0.1
    return np.where(lost, np.uint8(255), page)


def _spans(page: Pixels, dpi: float = 200) -> list[tuple[int, int, set[tuple[int, int, int, int]]]]:
    grids = find_grids(find_rules(PageImage(pixels=page, dpi=dpi)))
    return [
        (
            grid.rows,
            grid.columns,
            {
                (cell.row, cell.column, cell.row_span, cell.column_span)
                for cell in grid.cells
                if cell.row_span * cell.column_span > 1
            },
        )
        for grid in grids
    ]


@pytest.mark.parametrize(
    "page",
    [
        _table(),
        _table(thick=5),
        _table(ink=150, thick=1),
        _table(has_sides=False),
        _turned(_table(), 0.3),
        _turned(_table(), -0.3),
        _with_gaps(_table(thick=1)),
    ],
    ids=["plain", "thick", "faint", "open at the sides", "leaning right", "leaning left", "one bit, broken"],
)
def test_rows_columns_and_spans_are_found(page: Pixels) -> None:
    assert _spans(page) == [(5, 5, _SPANNING)]


def test_print_photographs_and_boxes_of_digits_are_no_tables(letter_page: Callable[..., PageImage]) -> None:
    assert _spans(letter_page(200).pixels) == []
    page = np.full((1400, 1000), 255, np.uint8)
    cv2.rectangle(page, (100, 100), (220, 260), 0, 2)
    for place in range(12):
        cv2.rectangle(page, (300 + 24 * place, 400), (324 + 24 * place, 424), 0, 2)
    assert all(rows == 1 for rows, _, _ in _spans(page, 100))


def _lines(places: Sequence[int], levels: Sequence[int]) -> PageImage:
    page = np.full((1400, 1000), 255, np.uint8)
    for y in levels:
        cv2.line(page, (places[0], y), (places[-1], y), 0, 2)
    for x in places:
        cv2.line(page, (x, levels[0]), (x, levels[-1]), 0, 2)
    return PageImage(pixels=page, dpi=100)


def _cells(text: PageText) -> dict[tuple[int, int], str]:
    (table,) = text.tables
    return {(cell.row, cell.column): text.cell_text(cell) for cell in table.cells}


def test_words_get_into_their_cells_however_the_engine_joined_them(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(110, ("Hộ", 100), ("tịch", 130), ("3.512", 190)),
        words_at(140, ("và_cư_trú", 100)),
        words_at(200, ("Đất_đai", 100), ("1.877", 190)),
    )
    ordered = in_reading_order(text, _lines((80, 185, 500), (90, 180, 240, 300)))
    assert _cells(ordered) == {
        (0, 0): "Hộ tịch\nvà_cư_trú", (0, 1): "3.512", (1, 0): "Đất_đai", (1, 1): "1.877",
        (2, 0): "", (2, 1): "",
    }  # fmt: skip
    assert [block.kind for block in ordered.blocks] == [BlockKind.TABLE_CELL] * 4
    (table,) = ordered.tables
    assert [cell.block for cell in table.cells] == [0, 1, 2, 3, None, None]
    assert (table.rows, table.columns) == (3, 2)
    assert abs(table.box.left - 80) < 4
    assert abs(table.box.bottom - 300) < 4


def test_a_word_read_across_a_line_is_cut_there(words_at: MakeLine, text_of_lines: MakeText) -> None:
    text = text_of_lines(
        words_at(110, ("5_|Người_có_công", 100)),
        words_at(200, ("|", 78), ("6", 100), ("|Đất", 150)),
    )
    ordered = in_reading_order(text, _lines((80, 125, 500), (90, 180, 270)))
    assert _cells(ordered) == {(0, 0): "5", (0, 1): "Người_có_công", (1, 0): "6", (1, 1): "Đất"}


def test_text_beside_a_table_of_half_the_page_is_not_drawn_into_it(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(60, ("Trước_bảng", 100)),
        words_at(110, ("trong", 100), ("bảng", 220), ("bên_cạnh", 600)),
        words_at(200, ("dòng_hai", 100), ("ô_cuối", 220)),
        words_at(400, ("Sau_bảng", 100)),
    )
    ordered = in_reading_order(text, _lines((80, 210, 400), (90, 180, 270)))
    assert ordered.text.splitlines() == [
        "Trước_bảng", "trong", "bảng", "dòng_hai", "ô_cuối", "bên_cạnh", "Sau_bảng"
    ]  # fmt: skip
    assert _cells(ordered)[0, 1] == "bảng"


def test_a_grid_with_text_in_one_cell_is_a_picture(words_at: MakeLine, text_of_lines: MakeText) -> None:
    text = text_of_lines(words_at(110, ("một", 100)), words_at(600, ("một_dòng", 100)))
    assert in_reading_order(text, _lines((80, 210, 400), (90, 180, 270))).tables == ()


def test_a_drawn_table_is_read_by_the_engine_cell_by_cell(font_path: str) -> None:
    rows = (("TT", "Lĩnh vực", "Tiếp nhận"), ("1", "Hộ tịch", "3.512"), ("2", "Đất đai", "1.877"))
    places, step = (150, 300, 800, 1200), 90
    picture = Image.fromarray(np.full((900, 1400), 255, np.uint8))
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(font_path, 36)
    for number, row in enumerate(rows):
        for x, word in zip(places, row, strict=False):
            pen.text((x + 30, 220 + number * step), word, font=font, fill=0)
    for number in range(4):
        pen.line((places[0], 200 + number * step, places[-1], 200 + number * step), fill=0, width=3)
    for x in places:
        pen.line((x, 200, x, 200 + 3 * step), fill=0, width=3)
    page = PageImage(pixels=np.asarray(picture, np.uint8), dpi=200)
    engine = make({})
    try:
        ordered = in_reading_order(engine.recognise(page), page)
    finally:
        engine.close()
    assert _cells(ordered) == {(r, c): word for r, row in enumerate(rows) for c, word in enumerate(row)}


def test_a_worn_frame_with_a_gap_in_its_side_is_closed() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    cv2.line(page, (122, 353), (512, 353), 0, 3)
    cv2.line(page, (124, 577), (456, 577), 0, 3)  # its right end is worn off
    cv2.line(page, (122, 353), (122, 470), 0, 2)
    cv2.line(page, (124, 480), (124, 580), 0, 2)
    cv2.line(page, (510, 354), (510, 558), 0, 3)
    (grid,) = find_grids(find_rules(PageImage(pixels=page, dpi=200)))
    assert [round(edge, -1) for edge in grid.extent] == [120, 350, 510, 580]
