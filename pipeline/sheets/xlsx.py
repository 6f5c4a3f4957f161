"""Tables as an XLSX file.

Rule: text is text. Nothing that data say is ever a formula or a link, and a cell that begins like one carries
the mark that spreadsheet programs set for a leading apostrophe (S26); numbers of telephones stay as typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dossiers.reports.sheet import Cell, Sheet

#: What a cell begins with that some program would take for a formula.
_LIKE_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\x00")
_NO_CONTROLS: Final = {code: " " for code in range(32) if code not in (9, 10)}
_MOST_WIDE: Final = 60


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Returns the file; nothing is written to disk."""
    made = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 13}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#DCECF2"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "marked": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
            "count": book.add_format({"num_format": "0", "valign": "top"}),
            "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        }
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, looks)
    return made.getvalue()


def _fill(page: Worksheet, sheet: Sheet, looks: dict[str, Format]) -> None:
    _put(page, 0, 0, sheet.title, looks, looks["title"])
    for column, head in enumerate(sheet.heads):
        _put(page, 2, column, head, looks, looks["head"])
        texts = [head, *(str(row[column] or "") for row in sheet.rows)]
        page.set_column(column, column, min(_MOST_WIDE, 3 + max(len(each) for each in texts)))
    for number, row in enumerate(sheet.rows, start=3):
        for column, cell in enumerate(row):
            _put(page, number, column, cell, looks)
    for number, note in enumerate(sheet.notes, start=4 + len(sheet.rows)):
        _put(page, number, 0, note, looks, looks["marked"] if note.startswith(_LIKE_A_FORMULA) else None)
    page.freeze_panes(3, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _put(
    page: Worksheet, row: int, column: int, cell: Cell, looks: dict[str, Format], look: Format | None = None
) -> None:
    if cell is None:
        page.write_blank(row, column, None)
    elif isinstance(cell, str):
        usual = looks["marked"] if cell.startswith(_LIKE_A_FORMULA) else looks["text"]
        page.write_string(row, column, cell.translate(_NO_CONTROLS), look or usual)
    else:
        page.write_number(row, column, cell, looks["share" if isinstance(cell, float) else "count"])
