"""Tables as XLSX: text stays text, whatever it begins with."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from dossiers.reports.sheet import Sheet
from pipeline.sheets.xlsx import write_xlsx

HOSTILE = (
    "=1+1",
    "+84 912 345 678",
    "-2",
    "@SUM(A1)",
    "\tx",
    "{=A1}",
    "https://a.example/",
    "0012",
    "<b>x</b>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_data_say_is_a_formula_or_a_link(text: str) -> None:
    sheet = Sheet(name="Tuần", title=text, heads=(text, "b"), rows=((text, 1),), notes=(text,))
    page = openpyxl.load_workbook(BytesIO(write_xlsx([sheet]))).worksheets[0]
    for place in ("A1", "A3", "A4", "A6"):
        cell = page[place]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert page["A4"].quotePrefix is text.startswith(("=", "+", "-", "@", "\t"))


def test_counts_are_numbers_shares_per_cent_and_the_unknown_is_empty() -> None:
    sheet = Sheet(name="Tuần", title="t", heads=("a", "b", "c"), rows=((3, 0.25, None),))
    page = openpyxl.load_workbook(BytesIO(write_xlsx([sheet]))).worksheets[0]
    assert [page[place].value for place in ("A4", "B4", "C4")] == [3, 0.25, None]
    assert page["B4"].number_format == "0.0%"
