"""Blocks in the order people read them: columns of a head one after the other, table cells row by row.

Works on the boxes of words, so it serves every engine. Words are only moved, never changed, but for the signs
that an engine makes of a table's own lines. Text of seals, frames and margins never gets into lines of print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Final

from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of, line_of
from pipeline.stages.columns import Row, as_groups
from pipeline.stages.margins import is_margin, specks
from pipeline.stages.paper import LONGEST_CARD_MM, MM_PER_INCH
from pipeline.stages.seal import Seal
from pipeline.stages.stamped_words import is_sealed, is_stamp
from pipeline.stages.tables import Ruling, as_cell, find_ruling, is_filled, is_table, table_of
from pipeline.text import Block, BlockKind, Line, PageText, Table, Word

#: A gap this wide, of the height of the line's words, parts a line into columns.
_COLUMN_GAP: Final = 1.6
#: A table this wide, of the page, ends every column above it.
_CUTTING_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Blocks that stay together, the height they begin at, and the cells of a table among them."""

    top: float
    blocks: tuple[Block, ...]
    grid: int | None = None
    cells: tuple[int, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Sorted:
    """Words by where they stand."""

    flow: list[Line] = field(default_factory=list)
    cells: dict[int, dict[int, list[Word]]] = field(default_factory=dict)
    sealed: list[Word] = field(default_factory=list)


def in_reading_order(
    text: PageText, prepared: PageImage, page: PageImage | None = None, seals: Sequence[Seal] = ()
) -> PageText:
    """Returns the same words in reading order, and the tables of the page.

    Args:
        text: boxes on the upright page.
        prepared: the cleaned copy of that page, of any size, for its ruled lines.
        page: the upright page, for the colours of stamps; ``None``: none are known.
        seals: round seals on ``page``.
    """
    if not text.words:
        return text
    ruling = find_ruling(prepared, text.width)
    found = _sorted(text, ruling, page, seals)
    inside = [_ruled(place, cells, ruling, page) for place, cells in found.cells.items()]
    cuts = [
        piece.blocks[-1].box.bottom
        for piece in inside
        if piece.grid is not None and _width(piece) >= _CUTTING_SHARE * text.width
    ]
    pieces = _flowing(found.flow, cuts, text)
    if found.sealed:
        inside.append(_stamped(_rows_of_words(found.sealed)))
    for piece in sorted(inside, key=lambda each: each.top):
        _insert(pieces, piece)
    return _page(text, pieces, ruling)


def _width(piece: _Piece) -> int:
    return max(block.box.right for block in piece.blocks) - min(block.box.left for block in piece.blocks)


def _sorted(text: PageText, ruling: Ruling, page: PageImage | None, seals: Sequence[Seal]) -> _Sorted:
    found = _Sorted()
    for line in text.lines:
        run: list[Word] = []
        for word in line.words:
            place = ruling.cell_of(word.box)
            if place is None and not (page is not None and is_sealed(word.box, seals, page)):
                run.append(word)
                continue
            if run:
                found.flow.extend(_parted(run))
                run = []
            if place is None:
                found.sealed.append(word)
            elif (kept := ruling.without_lines(word)) is not None:
                found.cells.setdefault(place[0], {}).setdefault(place[1], []).append(kept)
        if run:
            found.flow.extend(_parted(run))
    return found


def _parted(words: Sequence[Word]) -> list[Line]:
    """Parts a line at wide gaps."""
    height = median(word.box.bottom - word.box.top for word in words)
    parts: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.box.left - before.box.right > _COLUMN_GAP * height:
            parts.append([])
        parts[-1].append(word)
    return [line_of(part) for part in parts]


def _ruled(place: int, cells: dict[int, list[Word]], ruling: Ruling, page: PageImage | None) -> _Piece:
    """Gathers the words of a table or a frame cell by cell."""
    grid = ruling.grids[place]
    order = tuple(sorted(cells))
    blocks = [block_of(_rows_of_words(cells[cell])) for cell in order]
    top = min(block.box.top for block in blocks)
    if is_table(grid, ruling.rules) and is_filled(len(blocks)):
        return _Piece(top=top, blocks=tuple(map(as_cell, blocks)), grid=place, cells=order)
    words = [word for cell in order for word in cells[cell]]
    lines = [line.text for block in blocks for line in block.lines]
    kind = BlockKind.STAMP if is_stamp(words, lines, page) else BlockKind.TEXT
    return _Piece(top=top, blocks=tuple(replace(block, kind=kind) for block in blocks))


def _stamped(lines: Sequence[Line]) -> _Piece:
    block = replace(block_of(lines), kind=BlockKind.STAMP)
    return _Piece(top=block.box.bottom, blocks=(block,))


def _rows_of_words(words: Sequence[Word]) -> list[Line]:
    """Gathers words that the engine may have met in any order into lines."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=_word_key):
        row = rows[-1] if rows else None
        if row is not None and abs(_middle(word) - _middle(row[-1])) < 0.5 * (row[-1].box.bottom - row[-1].box.top):
            row.append(word)
        else:
            rows.append([word])
    return [line_of(sorted(row, key=lambda word: (word.box.left, word.box.top))) for row in rows]


def _word_key(word: Word) -> tuple[float, int, int, str]:
    return _middle(word), word.box.left, word.box.right, word.text


def _middle(part: Line | Word) -> float:
    return (part.box.top + part.box.bottom) / 2


def _flowing(lines: Sequence[Line], cuts: Sequence[float], text: PageText) -> list[_Piece]:
    """Orders what stands outside tables and frames; no column runs past a table."""
    margins = [line for line in lines if is_margin(line, text.width, text.height)]
    body = [line for line in lines if line not in margins]
    noise = specks(body)
    parts: dict[int, list[Line]] = {}
    for line, is_noise in zip(body, noise, strict=True):
        if not is_noise:
            parts.setdefault(sum(line.box.top >= cut - 1 for cut in cuts), []).append(line)
    pieces = [
        _Piece(top=min(block.box.top for block in group), blocks=tuple(group))
        for _, members in sorted(parts.items())
        for group in as_groups(_rows(members), is_card=_is_card(text))
    ]
    for line in (line for line, is_noise in zip(body, noise, strict=True) if is_noise):
        _insert(pieces, _Piece(top=line.box.top, blocks=(block_of([line]),)))
    for line in sorted(margins, key=lambda each: each.box.top):
        block = replace(block_of([line]), kind=BlockKind.MARGIN)
        _insert(pieces, _Piece(top=line.box.top, blocks=(block,)))
    return pieces


def _is_card(text: PageText) -> bool:
    return max(text.width, text.height) / text.dpi * MM_PER_INCH <= LONGEST_CARD_MM


def _insert(pieces: list[_Piece], piece: _Piece) -> None:
    """Puts a piece before the first that begins below its beginning."""
    place = next((place for place, each in enumerate(pieces) if each.top > piece.top), len(pieces))
    pieces.insert(place, piece)


def _rows(segments: Iterable[Line]) -> list[Row]:
    """Gathers segments that stand level with each other."""
    rows: list[list[Line]] = []
    for segment in sorted(segments, key=lambda line: (_middle(line), line.box.left, line.text)):
        if rows and _joins(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [tuple(sorted(row, key=lambda line: line.box.left)) for row in rows]


def _joins(row: Sequence[Line], segment: Line) -> bool:
    height = min(segment.box.bottom - segment.box.top, median(line.box.bottom - line.box.top for line in row))
    is_level = abs(_middle(segment) - median(_middle(line) for line in row)) < 0.5 * height
    is_free = all(segment.box.left >= line.box.right or segment.box.right <= line.box.left for line in row)
    return is_level and is_free


def _page(text: PageText, pieces: Sequence[_Piece], ruling: Ruling) -> PageText:
    blocks: list[Block] = []
    tables: list[Table] = []
    for piece in pieces:
        if piece.grid is not None:
            numbers = {cell: len(blocks) + place for place, cell in enumerate(piece.cells)}
            tables.append(table_of(ruling.grids[piece.grid], numbers, ruling))
        blocks.extend(piece.blocks)
    return replace(text, blocks=tuple(blocks), tables=tuple(tables))
