"""Blocks in the order people read them: columns of a head one after the other, table cells row by row.

Works on the boxes of words, so it serves every engine. Words are only moved, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of, line_of
from pipeline.stages.columns import Row, as_blocks_of_columns
from pipeline.stages.rules import Table, find_tables
from pipeline.text import Block, BlockKind, Line, PageText, Word

#: A gap this wide, of the height of the line's words, parts a line into columns.
_COLUMN_GAP: Final = 1.6
#: Inside tables a narrower gap parts cells; words closer than this stand in one cell whatever is drawn there.
_CELL_GAP: Final = 0.6


def in_reading_order(text: PageText, prepared: PageImage) -> PageText:
    """Returns the same words in reading order.

    Args:
        text: boxes on the upright page.
        prepared: the cleaned copy of that page, of any size, for its table lines.
    """
    if not text.words:
        return text
    scale = prepared.width / text.width
    tables = find_tables(prepared)
    outside: list[Line] = []
    inside: dict[int, list[Line]] = {}
    for line in text.lines:
        parts = [(_table_of(part, tables, scale), part) for part in _parted(line.words, _CELL_GAP)]
        for place, members in groupby(parts, key=lambda part: part[0]):
            if place is None:
                outside.extend(_parted([word for _, part in members for word in part.words], _COLUMN_GAP))
            else:
                inside.setdefault(place, []).extend(part for _, part in members)
    pieces = [
        (block_top, blocks)
        for block_top, blocks in (
            *(
                (min(part.box.top for part in members), _cells(members, tables[place], scale))
                for place, members in inside.items()
            ),
            *_flow(outside, [tables[place].bottom / scale for place in inside]),
        )
    ]
    ordered = [block for _, blocks in sorted(pieces, key=lambda piece: piece[0]) for block in blocks]
    return PageText(width=text.width, height=text.height, dpi=text.dpi, blocks=tuple(ordered))


def _table_of(part: Line, tables: Sequence[Table], scale: float) -> int | None:
    x, y = _middle(part)
    return next((place for place, table in enumerate(tables) if table.holds(x * scale, y * scale)), None)


def _middle(part: Line | Word) -> tuple[float, float]:
    return (part.box.left + part.box.right) / 2, (part.box.top + part.box.bottom) / 2


def _parted(words: Sequence[Word], widest: float) -> list[Line]:
    """Parts a line at gaps wider than ``widest`` times its height."""
    height = median(word.box.bottom - word.box.top for word in words)
    parts: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.box.left - before.box.right > widest * height:
            parts.append([])
        parts[-1].append(word)
    return [line_of(part) for part in parts]


def _cells(parts: Iterable[Line], table: Table, scale: float) -> list[Block]:
    """Gathers the words of a table cell by cell."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for part in parts:
        x, y = _middle(part)
        cells.setdefault(table.cell(x * scale, y * scale), []).extend(part.words)
    blocks = []
    for _, members in sorted(cells.items()):
        block = block_of(_rows_of_words(members))
        blocks.append(Block(lines=block.lines, box=block.box, kind=BlockKind.TABLE_CELL))
    return blocks


def _rows_of_words(words: Sequence[Word]) -> list[Line]:
    """Gathers words that the engine may have met in any order into lines."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: _middle(each)[1]):
        row = rows[-1] if rows else None
        if row is not None and abs(_middle(word)[1] - _middle(row[-1])[1]) < 0.5 * (
            row[-1].box.bottom - row[-1].box.top
        ):
            row.append(word)
        else:
            rows.append([word])
    return [line_of(sorted(row, key=lambda word: word.box.left)) for row in rows]


def _flow(lines: Sequence[Line], cuts: Sequence[float]) -> list[tuple[float, list[Block]]]:
    """Orders what stands outside tables; no column runs past a table."""
    parts: dict[int, list[Line]] = {}
    for line in lines:
        parts.setdefault(sum(line.box.top >= cut - 1 for cut in cuts), []).append(line)
    return [
        (min(line.box.top for line in members), as_blocks_of_columns(_rows(members)))
        for members in parts.values()
    ]


def _rows(segments: Sequence[Line]) -> list[Row]:
    """Gathers segments that stand level with each other."""
    rows: list[list[Line]] = []
    for segment in sorted(segments, key=_level):
        if rows and _joins(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [tuple(sorted(row, key=lambda line: line.box.left)) for row in rows]


def _level(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _joins(row: Sequence[Line], segment: Line) -> bool:
    height = min(segment.box.bottom - segment.box.top, median(line.box.bottom - line.box.top for line in row))
    is_level = abs(_level(segment) - median(_level(line) for line in row)) < 0.5 * height
    is_free = all(segment.box.left >= line.box.right or segment.box.right <= line.box.left for line in row)
    return is_level and is_free
