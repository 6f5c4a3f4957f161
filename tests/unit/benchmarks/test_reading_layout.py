from __future__ import annotations

import pytest

from benchmarks.reading.layout_score import layout_score, order, right_cells
from benchmarks.reading.printed_line import PrintedLine, corners_of, rows

TABLE = (
    ("TT", "Lĩnh vực", "Tiếp nhận"),
    ("1", "Hộ tịch", "3.512"),
    ("2", "Chứng thực", "4.930"),
)


def _line(text: str, left: float, top: float) -> PrintedLine:
    return PrintedLine(text=text, corners=corners_of(left, top, left + 12 * len(text), top + 40))


def _table() -> list[PrintedLine]:
    return [
        _line(text, 300.0 * place, 60.0 * number)
        for number, row in enumerate(TABLE)
        for place, text in enumerate(row)
    ]


def _turned(line: PrintedLine) -> PrintedLine:
    """A quarter turn clockwise on a page 1,000 px high."""
    return PrintedLine(text=line.text, corners=tuple((1000 - y, x) for x, y in line.corners))


@pytest.mark.parametrize("turn", [lambda line: line, _turned])
def test_cells_side_by_side_make_rows_and_three_rows_a_table(turn) -> None:
    found = rows([turn(line) for line in _table()])

    assert [row.cells for row in found] == list(TABLE)
    assert all(row.is_table for row in found)


def test_two_heads_that_are_read_one_after_the_other_are_no_row() -> None:
    lines = [_line("SỞ TƯ PHÁP", 0, 0), _line("Số: 12", 0, 50), _line("CỘNG HÒA", 600, 0)]

    assert rows(lines) == []


def test_two_rows_are_no_table() -> None:
    found = rows(_table()[:6])

    assert [row.is_table for row in found] == [False, False]


def test_lines_without_a_place_make_no_rows() -> None:
    assert rows([PrintedLine(text="a"), PrintedLine(text="b")]) == []


def test_a_table_read_row_by_row_is_wholly_right() -> None:
    found = layout_score(_table(), "\n".join(" ".join(row) for row in TABLE))

    assert (found.table_cells, found.table_cells_right) == (9, 9)


def test_a_table_read_column_by_column_is_not() -> None:
    found = layout_score(_table(), "TT 1 2\nLĩnh vực Hộ tịch Chứng thực\nTiếp nhận 3.512 4.930")

    assert found.table_cells == 9
    assert found.table_cells_right <= 3


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("1 Hộ tịch 3.512", [True, True, True]),
        ("1 Hộ tich 3.512", [True, False, True]),
        ("1 x Hộ tịch 3.512", [True, False, True]),
        ("1 Hộ x tịch 3.512", [True, False, True]),
        ("1 Hộ tịch", [True, True, False]),
        ("", [False, False, False]),
    ],
)
def test_a_cell_is_right_letter_for_letter_and_without_foreign_words(read: str, right: list[bool]) -> None:
    assert right_cells(("1", "Hộ tịch", "3.512"), read) == right


LINES = ["Điều 1. Phạm vi", "Điều 2. Đối tượng", "Điều 3. Hiệu lực", "Nơi nhận:"]


def test_lines_in_the_order_of_the_truth_score_full() -> None:
    assert order(LINES, " ".join(LINES)) == (6, 6, 3, 3)


def test_two_lines_that_changed_places_cost_one_pair_and_their_neighbours() -> None:
    read = " ".join([LINES[0], LINES[2], LINES[1], LINES[3]])

    assert order(LINES, read) == (6, 5, 3, 0)


def test_lines_printed_twice_and_lines_not_read_have_no_order() -> None:
    assert order([*LINES, LINES[0]], " ".join(LINES[:3])) == (1, 1, 1, 1)
