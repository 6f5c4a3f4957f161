"""Blocks in the order people read them: columns of a head one after the other, table cells row by row.

Works on the boxes of words, so it serves every engine. Words are only moved, never changed, but for the signs
that an engine makes of a table's own lines. Text of seals, frames and margins never gets into lines of print.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of
from pipeline.stages.columns import CARD, PAGE, as_groups
from pipeline.stages.margins import is_margin, specks
from pipeline.stages.paper import LONGEST_CARD_MM, MM_PER_INCH
from pipeline.stages.rows import level, rows_of, rows_of_words, segments_of
from pipeline.stages.seal import Seal
from pipeline.stages.stamped_words import is_sealed, is_stamp
from pipeline.stages.tables import Ruling, as_cell, find_ruling, is_filled, is_table, table_of
from pipeline.text import Block, BlockKind, Line, PageText, Table, Word

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
    text: PageText,
    prepared: PageImage,
    page: PageImage | None = None,
    seals: Sequence[Seal] = (),
    apart: Sequence[Block] = (),
    ruling: Ruling | None = None,
    framed: Sequence[Line] | None = None,
) -> PageText:
    """Returns the same words in reading order, and the tables of the page.

    Args:
        text: boxes on the upright page.
        prepared: the cleaned copy of that page, of any size, for its ruled lines.
        page: the upright page, for the colours of stamps; ``None``: none are known.
        seals: round seals on ``page``.
        apart: blocks that were read by themselves, stamps for example; each is put where it begins.
        ruling: tables and frames of ``prepared``, where they are known already.
        framed: lines that were read in frames; what else lies there is print across them and stays in its
            lines. ``None``: frames were read with the page.
    """
    if not text.words and not apart and not framed:
        return text
    ruling = ruling or find_ruling(prepared, text.width)
    frames = {place for place, grid in enumerate(ruling.grids) if not is_table(grid, ruling.rules)}
    found = _sorted(text, ruling, page, seals, frames if framed is not None else set())
    for line in framed or ():
        _into_frames(line, ruling, found)
    inside = [_ruled(place, cells, ruling, page) for place, cells in found.cells.items()]
    cuts = [
        piece.blocks[-1].box.bottom
        for piece in inside
        if piece.grid is not None and _width(piece) >= _CUTTING_SHARE * text.width
    ]
    pieces = _flowing(found.flow, cuts, text)
    if found.sealed:
        inside.append(_stamped(rows_of_words(found.sealed)))
    inside.extend(_Piece(top=block.box.top, blocks=(block,)) for block in apart)
    for piece in sorted(inside, key=lambda each: (each.top, each.blocks[0].box.left)):
        _insert(pieces, piece)
    return _page(text, pieces, ruling)


def _width(piece: _Piece) -> int:
    return max(block.box.right for block in piece.blocks) - min(block.box.left for block in piece.blocks)


def _into_frames(line: Line, ruling: Ruling, found: _Sorted) -> None:
    """Puts the words of a frame into its cells; those beside every cell stand by themselves."""
    for word in line.words:
        place = ruling.cell_of(word.box)
        if place is None:
            found.flow.extend(segments_of([word]))
        else:
            _into_cells(word, place, ruling, found.cells)


def _sorted(
    text: PageText, ruling: Ruling, page: PageImage | None, seals: Sequence[Seal], passed: Set[int]
) -> _Sorted:
    """Sorts the words of a page; grids that are passed over take none."""
    found = _Sorted()
    for line in text.lines:
        run: list[Word] = []
        for word in line.words:
            place = ruling.cell_of(word.box)
            if place is not None and place[0] in passed:
                place = None
            if place is None and not (page is not None and is_sealed(word.box, seals, page)):
                run.append(word)
                continue
            if run:
                found.flow.extend(segments_of(run))
                run = []
            if place is None:
                found.sealed.append(word)
            else:
                _into_cells(word, place, ruling, found.cells)
        if run:
            found.flow.extend(segments_of(run))
    return found


def _into_cells(
    word: Word, place: tuple[int, int], ruling: Ruling, cells: dict[int, dict[int, list[Word]]]
) -> None:
    for part in ruling.parts_of(word):
        grid, cell = ruling.cell_of(part.box) or place
        cells.setdefault(grid, {}).setdefault(cell, []).append(part)


def _ruled(place: int, cells: dict[int, list[Word]], ruling: Ruling, page: PageImage | None) -> _Piece:
    """Gathers the words of a table or a frame cell by cell."""
    grid = ruling.grids[place]
    order = tuple(sorted(cells))
    blocks = [block_of(rows_of_words(cells[cell])) for cell in order]
    top = min(ruling.box_of(grid.extent).top, *(block.box.top for block in blocks))
    if is_table(grid, ruling.rules) and is_filled(len(blocks)):
        return _Piece(top=top, blocks=tuple(map(as_cell, blocks)), grid=place, cells=order)
    words = [word for cell in order for word in cells[cell]]
    lines = [line.text for block in blocks for line in block.lines]
    kind = BlockKind.STAMP if is_stamp(words, lines, page) else BlockKind.TEXT
    return _Piece(top=top, blocks=tuple(replace(block, kind=kind) for block in blocks))


def _stamped(lines: Sequence[Line]) -> _Piece:
    block = replace(block_of(lines), kind=BlockKind.STAMP)
    return _Piece(top=block.box.bottom, blocks=(block,))


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
        for group in as_groups(rows_of(members), CARD if _is_card(text) else PAGE)
    ]
    for line in sorted((line for line, is_noise in zip(body, noise, strict=True) if is_noise), key=_place):
        _add_speck(pieces, line)
    for line in sorted(margins, key=_place):
        block = replace(block_of([line]), kind=BlockKind.MARGIN)
        _insert(pieces, _Piece(top=line.box.top, blocks=(block,)))
    return pieces


def _place(line: Line) -> tuple[int, int, int, str]:
    return line.box.top, line.box.left, line.box.right, line.text


def _add_speck(pieces: list[_Piece], line: Line) -> None:
    """Puts a speck where it stands in a block of plain rows, or apart; columns are not broken by it."""
    for place, piece in enumerate(pieces):
        box = piece.blocks[0].box
        if len(piece.blocks) == 1 and box.top <= level(line) <= box.bottom:
            lines = piece.blocks[0].lines
            before = next(
                (number for number, each in enumerate(lines) if level(each) > level(line)), len(lines)
            )
            joined = block_of([*lines[:before], line, *lines[before:]])
            pieces[place] = replace(piece, blocks=(joined,))
            return
    _insert(pieces, _Piece(top=line.box.top, blocks=(block_of([line]),)))


def _is_card(text: PageText) -> bool:
    return max(text.width, text.height) / text.dpi * MM_PER_INCH <= LONGEST_CARD_MM


def _insert(pieces: list[_Piece], piece: _Piece) -> None:
    """Puts a piece before the first that begins below its beginning."""
    place = next((place for place, each in enumerate(pieces) if each.top > piece.top), len(pieces))
    pieces.insert(place, piece)


def _page(text: PageText, pieces: Sequence[_Piece], ruling: Ruling) -> PageText:
    blocks: list[Block] = []
    tables: list[Table] = []
    for piece in pieces:
        if piece.grid is not None:
            numbers = {cell: len(blocks) + place for place, cell in enumerate(piece.cells)}
            tables.append(table_of(ruling.grids[piece.grid], numbers, ruling))
        blocks.extend(piece.blocks)
    return replace(text, blocks=tuple(blocks), tables=tuple(tables))
