"""Reads lists of procedures from the bytes of files: CSV, JSON, XLSX. Runs in a confined child, see
``sohoa.list_child``.

A spreadsheet is data: a formula is never evaluated and its remembered value never used (R13); the file is
looked at before it is unpacked.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from dossiers.catalogue_import import MAX_BYTES, MAX_ROWS, read_csv, read_json
from dossiers.catalogue_rows import RowProblem
from dossiers.errors import InputCode, InputError
from pipeline.frames import Frame, text_of

#: Name of the job.
LIST: Final = "list"
#: A spreadsheet that unpacks to more is refused, bytes.
_MAX_UNPACKED: Final = 512 * 1024 * 1024
#: More columns than this are no list of procedures.
_MAX_COLUMNS: Final = 100


def answer_list(request: Frame) -> Frame:
    """What the child answers: the list as JSON, see ``read_list``."""
    told = read_list(request.parts[0], text_of(request.head, "suffix"))
    return Frame(head={}, parts=(json.dumps(told, ensure_ascii=False).encode(),))


def read_list(content: bytes, suffix: str) -> dict[str, object]:
    """A list as plain values: ``values`` of a JSON file, else ``lines`` of text and ``problems``.

    Args:
        content: the file.
        suffix: ``.csv``, ``.json`` or ``.xlsx``.

    Raises:
        InputError: UNSUPPORTED_TYPE, LIMIT_EXCEEDED, DAMAGED, BAD_LIST.
    """
    if len(content) > MAX_BYTES:
        raise InputError(InputCode.LIMIT_EXCEEDED, f"more than {MAX_BYTES} bytes")
    if suffix == ".xlsx":
        lines, problems = _read_sheet(content)
        if not lines:
            raise InputError(InputCode.BAD_LIST, "there is no heading")
        told = [[each.row, each.what] for each in problems]
        return {"lines": lines, "problems": told}
    if suffix not in (".csv", ".json"):
        raise InputError(InputCode.UNSUPPORTED_TYPE, "a list is CSV, XLSX or JSON")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise InputError(InputCode.BAD_LIST, "the text is not UTF-8") from cause
    return {"values": read_json(text)} if suffix == ".json" else {"lines": read_csv(text), "problems": []}


def _read_sheet(content: bytes) -> tuple[list[list[str]], list[RowProblem]]:
    """Cells of the first sheet as text, and the formulas among them."""
    from openpyxl import load_workbook  # here: it takes longer to load than most commands take
    from openpyxl.utils.exceptions import InvalidFileException

    lines: list[list[str]] = []
    problems: list[RowProblem] = []
    _check_size(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
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


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
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
