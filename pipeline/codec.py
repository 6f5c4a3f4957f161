"""Page results as JSON, exactly and for years: the form in which they are stored and cross processes."""

from __future__ import annotations

import json
from typing import Final

from dossiers.errors import IntegrityError
from dossiers.reading import Box, PageReading
from dossiers.reading_json import Json, reading_from_json, reading_to_json
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.text import Block, BlockKind, Line, PageText, Table, TableCell, Word

#: Version of the layout below; older ones stay readable for ever.
FORMAT: Final = "sohoa-page/1"
#: The fourth and the fifth cell of a word that has neither.
_NO_CELLS: Final[tuple[Json, ...]] = (None, [])


def encode_result(result: PageResult) -> bytes:
    """Returns UTF-8 JSON; equal results give equal bytes."""
    document: Json = {
        "format": FORMAT,
        "reading": reading_to_json(result.reading),
        "text": _text(result.text),
        "placement": _placement(result.placement),
        "flags": list(result.flags),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def decode_result(content: bytes) -> PageResult:
    """Reads what ``encode_result`` wrote.

    Raises:
        IntegrityError: the bytes are no page result of a known format.
    """
    try:
        document = json.loads(content.decode())
        if document["format"] != FORMAT:
            raise _unreadable(str(document["format"])[:40])
        return PageResult(
            reading=reading_from_json(document["reading"]),
            text=_read_text(document["text"]),
            placement=_read_placement(document["placement"]),
            flags=_strings(document["flags"]),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise _unreadable(type(error).__name__) from error


def check_result(content: bytes) -> PageReading:
    """Reads the reading alone, and sees to it that ``decode_result`` will read the rest.

    It makes no word of the page anew, so that it takes a third of the time.

    Raises:
        IntegrityError: the bytes are no page result of a known format.
    """
    try:
        document = json.loads(content.decode())
        if document["format"] != FORMAT:
            raise _unreadable(str(document["format"])[:40])
        reading = reading_from_json(document["reading"])
        _check_text(_mapping(document["text"]))
        _read_placement(document["placement"])
        _strings(document["flags"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise _unreadable(type(error).__name__) from error
    return reading


def encode_text(text: PageText) -> bytes:
    """Returns the text alone as UTF-8 JSON."""
    return json.dumps(_text(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def decode_text(content: bytes) -> PageText:
    """Reads what ``encode_text`` wrote.

    Raises:
        ValueError, KeyError, TypeError: the bytes are no page text.
    """
    return _read_text(_mapping(json.loads(content.decode())))


def _unreadable(detail: str) -> IntegrityError:
    return IntegrityError(
        "BAD_PAGE_RESULT",
        vi="Kết quả nhận dạng đã lưu của trang không đọc được; hãy nhận dạng lại trang này.",
        en=f"A stored page result cannot be read ({detail}).",
    )


def _text(text: PageText) -> Json:
    blocks: list[Json] = [
        {"kind": block.kind.value, "box": _box(block.box), "lines": [_line(line) for line in block.lines]}
        for block in text.blocks
    ]
    page: dict[str, Json] = {"width": text.width, "height": text.height, "dpi": text.dpi, "blocks": blocks}
    if text.tables:
        page["tables"] = [_table(table) for table in text.tables]
    return page


def _table(table: Table) -> Json:
    """Each cell: row, column, row span, column span, box, number of its block or null."""
    cells: list[Json] = [
        [cell.row, cell.column, cell.row_span, cell.column_span, _box(cell.box), cell.block]
        for cell in table.cells
    ]
    return {"box": _box(table.box), "rows": table.rows, "columns": table.columns, "cells": cells}


def _line(line: Line) -> Json:
    return {"box": _box(line.box), "words": [_word(word) for word in line.words]}


def _word(word: Word) -> Json:
    """Three cells; a fourth holds the raw reading of a repaired word, a fifth what a doubtful one may be."""
    cells: list[Json] = [word.text, _box(word.box), word.confidence]
    if word.raw is not None or word.alternatives:
        cells.append(word.raw)
    if word.alternatives:
        cells.append(list(word.alternatives))
    return cells


def _read_text(cells: dict[str, Json]) -> PageText:
    return PageText(
        width=_integer(cells["width"]),
        height=_integer(cells["height"]),
        dpi=_number(cells["dpi"]),
        blocks=tuple(_read_block(_mapping(each)) for each in _list(cells["blocks"])),
        tables=tuple(_read_table(_mapping(each)) for each in _list(cells.get("tables", []))),
    )


def _check_text(cells: dict[str, Json]) -> None:
    """Fails where ``_read_text`` would."""
    _integer(cells["width"]), _integer(cells["height"]), _number(cells["dpi"])
    for each in _list(cells["blocks"]):
        block = _mapping(each)
        BlockKind(_string(block["kind"]))
        _check_box(block["box"])
        for one in _list(block["lines"]):
            line = _mapping(one)
            _check_box(line["box"])
            _check_words(_list(line["words"]))
    for table in _list(cells.get("tables", [])):
        _read_table(_mapping(table))


def _check_words(words: list[Json]) -> None:
    for word in words:
        if type(word) is list and len(word) == 3:  # nearly every word
            text, box, confidence = word
            _check_box(box)
            if type(text) is not str or not (type(confidence) is float or type(confidence) is int):
                raise TypeError
        else:
            _read_word(word)


def _check_box(box: Json) -> None:
    left, top, right, bottom = _list(box)
    if not (type(left) is int and type(top) is int and type(right) is int and type(bottom) is int):
        raise TypeError


def _read_table(cells: dict[str, Json]) -> Table:
    return Table(
        box=_read_box(cells["box"]),
        rows=_integer(cells["rows"]),
        columns=_integer(cells["columns"]),
        cells=tuple(_read_cell(_list(each)) for each in _list(cells["cells"])),
    )


def _read_cell(cells: list[Json]) -> TableCell:
    row, column, row_span, column_span, box, block = cells
    return TableCell(
        row=_integer(row),
        column=_integer(column),
        row_span=_integer(row_span),
        column_span=_integer(column_span),
        box=_read_box(box),
        block=None if block is None else _integer(block),
    )


def _read_block(cells: dict[str, Json]) -> Block:
    return Block(
        kind=BlockKind(_string(cells["kind"])),
        box=_read_box(cells["box"]),
        lines=tuple(_read_line(_mapping(each)) for each in _list(cells["lines"])),
    )


def _read_line(cells: dict[str, Json]) -> Line:
    return Line(
        box=_read_box(cells["box"]), words=tuple([_read_word(each) for each in _list(cells["words"])])
    )


def _read_word(word: Json) -> Word:
    cells = _list(word)
    if len(cells) == 3:  # nearly every word
        text, box, confidence = cells
        return Word(text=_string(text), box=_read_box(box), confidence=_number(confidence))
    text, box, confidence, *rest = cells
    raw, alternatives = (*rest, *_NO_CELLS[len(rest) :])
    return Word(
        text=_string(text),
        box=_read_box(box),
        confidence=_number(confidence),
        raw=None if raw is None else _string(raw),
        alternatives=_strings(alternatives),
    )


def _placement(placement: Placement) -> Json:
    return {
        "original": [placement.original_width, placement.original_height],
        "size": [placement.width, placement.height],
        "dpi": placement.dpi,
        "rotated_degrees": placement.rotated_degrees,
        "skew_degrees": placement.skew_degrees,
        "to_original": list(placement.to_original),
    }


def _read_placement(cells: dict[str, Json]) -> Placement:
    original, size = _list(cells["original"]), _list(cells["size"])
    a, b, c, d, e, f, g, h, i = (_number(cell) for cell in _list(cells["to_original"]))
    return Placement(
        original_width=_integer(original[0]),
        original_height=_integer(original[1]),
        width=_integer(size[0]),
        height=_integer(size[1]),
        dpi=_number(cells["dpi"]),
        rotated_degrees=_integer(cells["rotated_degrees"]),
        skew_degrees=_number(cells["skew_degrees"]),
        to_original=(a, b, c, d, e, f, g, h, i),
    )


def _box(box: Box) -> Json:
    return [box.left, box.top, box.right, box.bottom]


def _read_box(cells: Json) -> Box:
    """A page has hundreds. ``type`` tells integers from booleans."""
    left, top, right, bottom = _list(cells)
    if type(left) is int and type(top) is int and type(right) is int and type(bottom) is int:
        return Box(left=left, top=top, right=right, bottom=bottom)
    raise TypeError


def _mapping(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _string(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _strings(value: Json) -> tuple[str, ...]:
    return tuple(_string(each) for each in _list(value))


def _integer(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _number(value: Json) -> float:
    if type(value) is float:  # nearly every one
        return value
    if type(value) is not int:  # a boolean is no number
        raise TypeError
    return float(value)
