"""Reads lists of procedures from files: CSV, JSON, XLSX.

A spreadsheet is data: a formula is never evaluated and its remembered value never used (R13); the file is
looked at before it is unpacked.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from dossiers.catalogue_import import (
    MAX_BYTES,
    MAX_ROWS,
    ImportPlan,
    plan_rows,
    plan_values,
    read_csv,
    read_json,
    rows_of,
)
from dossiers.catalogue_records import CatalogueRecords
from dossiers.catalogue_rows import RowProblem
from dossiers.errors import InputCode, InputError

#: A spreadsheet that unpacks to more is refused, bytes.
_MAX_UNPACKED: Final = 512 * 1024 * 1024
#: More columns than this are no list of procedures.
_MAX_COLUMNS: Final = 100


def plan_file(base: CatalogueRecords, path: Path) -> ImportPlan:
    """Plans the import of a file, by its extension.

    Raises:
        InputError: NOT_FOUND, UNSUPPORTED_TYPE, LIMIT_EXCEEDED, DAMAGED, BAD_LIST.
    """
    if not path.is_file():
        raise InputError(InputCode.NOT_FOUND, path.name)
    if path.stat().st_size > MAX_BYTES:
        raise InputError(InputCode.LIMIT_EXCEEDED, f"more than {MAX_BYTES} bytes")
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _plan_sheet(base, path)
    if suffix not in (".csv", ".json"):
        raise InputError(InputCode.UNSUPPORTED_TYPE, "a list is CSV, XLSX or JSON")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise InputError(InputCode.BAD_LIST, "the text is not UTF-8") from cause
    if suffix == ".json":
        return plan_values(base, read_json(text))
    return plan_rows(base, *read_csv(text))


def _plan_sheet(base: CatalogueRecords, path: Path) -> ImportPlan:
    lines, problems = _read_sheet(path)
    if not lines:
        raise InputError(InputCode.BAD_LIST, "there is no heading")
    if problems:
        return ImportPlan(values={}, problems=tuple(problems))
    return plan_rows(base, lines[0], rows_of(lines[0], lines[1:]))


def _read_sheet(path: Path) -> tuple[list[list[str]], list[RowProblem]]:
    """Cells of the first sheet as text, and the formulas among them."""
    from openpyxl import load_workbook  # here: it takes longer to load than most commands take
    from openpyxl.utils.exceptions import InvalidFileException

    lines: list[list[str]] = []
    problems: list[RowProblem] = []
    _check_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            for number, cells in enumerate(_cells(book.worksheets[0].iter_rows()), start=1):
                lines.append([_text(value) for value, _ in cells])
                problems += [
                    RowProblem(row=number, what=f"column {place} holds a formula: put its value there")
                    for place, (_, is_formula) in enumerate(cells, start=1)
                    if is_formula
                ]
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as cause:
        raise InputError(InputCode.DAMAGED, "no readable spreadsheet") from cause
    return lines, problems


def _cells(rows: Iterator[Sequence[object]]) -> Iterator[list[tuple[object, bool]]]:
    for number, row in enumerate(rows):
        if number > MAX_ROWS or len(row) > _MAX_COLUMNS:
            raise InputError(InputCode.LIMIT_EXCEEDED, f"more than {MAX_ROWS} rows or {_MAX_COLUMNS} columns")
        yield [(getattr(cell, "value", None), getattr(cell, "data_type", "") == "f") for cell in row]


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, OSError) as cause:
        raise InputError(InputCode.DAMAGED, "no readable spreadsheet") from cause
    if unpacked > _MAX_UNPACKED:
        raise InputError(InputCode.LIMIT_EXCEEDED, f"it unpacks to more than {_MAX_UNPACKED} bytes")


def _text(value: object) -> str:
    """A cell as text; whole numbers without a point, days as ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
