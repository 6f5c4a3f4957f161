"""Text in ruled cells: tables cell by cell, and the text of single frames apart from the print around them.

A word stands in the cell that holds its middle, so it never stands in two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.stages.grids import Grid, find_grids
from pipeline.stages.rules import Rules, find_rules
from pipeline.text import Block, BlockKind, Table, TableCell, Word

#: A table is at least this wide and high, mm, and has text in this many cells. Codes and chips are smaller.
_TABLE_MM: Final = (30.0, 8.0)
_FEWEST_FILLED: Final = 2
#: A frame is at least this wide and high, mm; a larger share of the page is a border around all of it.
_FRAME_MM: Final = (18.0, 6.0)
_LARGEST_FRAME: Final = 0.4
#: Signs that the engine makes of ruled lines, and what it leaves beside them.
_LINE_SIGN: Final = re.compile("[|¦│]")
_LINE_ENDS: Final = "_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The grids of a page and how words (px of the page) get into their cells.

    Attributes:
        rules: ruled lines of the cleaned copy.
        grids: tables and frames, the smallest first: what lies in a frame inside a cell is in the frame.
        scale: px of the cleaned copy for one px of the page.
    """

    rules: Rules
    grids: tuple[Grid, ...]
    scale: float

    def cell_of(self, box: Box) -> tuple[int, int] | None:
        """Returns grid and cell around the middle of a word."""
        x, y = (box.left + box.right) / 2 * self.scale, (box.top + box.bottom) / 2 * self.scale
        for place, grid in enumerate(self.grids):
            cell = grid.cell_at(*self.rules.levelled(x, y))
            if cell is not None:
                return place, cell
        return None

    def parts_of(self, word: Word) -> list[Word]:
        """Cuts a word where the engine read a line of the grid as a letter; the line itself is left out.

        ``5|Hộ`` stands in two cells; the width of the word is shared out by letters.
        """
        texts = [text.strip(_LINE_ENDS) for text in _LINE_SIGN.split(word.text)]
        if len(texts) == 1:
            return [word]
        total = sum(map(len, texts)) or 1
        width, parts, at = word.box.right - word.box.left, [], 0
        for text in texts:
            left, at = word.box.left + width * at // total, at + len(text)
            if text:
                right = max(left + 1, word.box.left + width * at // total)
                parts.append(replace(word, text=text, box=replace(word.box, left=left, right=right)))
        return parts

    def box_of(self, extent: tuple[float, float, float, float]) -> Box:
        """Returns the box on the page around an extent in levelled coordinates."""
        left, top, right, bottom = extent
        corners = [self.rules.on_page(x, y) for x in (left, right) for y in (top, bottom)]
        across, down = [x / self.scale for x, _ in corners], [y / self.scale for _, y in corners]
        return Box(
            left=max(0, round(min(across))), top=max(0, round(min(down))),
            right=round(max(across)), bottom=round(max(down)),
        )  # fmt: skip


def find_ruling(prepared: PageImage, width: int) -> Ruling:
    """Returns the tables and frames of a page.

    Args:
        prepared: its cleaned copy, of any size; boxes of single digits are taken out there already.
        width: of the page, px.
    """
    rules = find_rules(prepared)
    area = prepared.width * prepared.height
    grids = [grid for grid in find_grids(rules) if is_table(grid, rules) or _is_frame(grid, rules, area)]
    return Ruling(rules=rules, grids=tuple(sorted(grids, key=_area)), scale=prepared.width / width)


def is_table(grid: Grid, rules: Rules) -> bool:
    """Whether a grid has rows and columns and is large enough to hold text."""
    left, top, right, bottom = grid.extent
    is_large = right - left >= _TABLE_MM[0] * rules.per_mm and bottom - top >= _TABLE_MM[1] * rules.per_mm
    return grid.rows > 1 and grid.columns > 1 and len(grid.cells) > 2 and is_large


def table_of(grid: Grid, blocks: Mapping[int, int], ruling: Ruling) -> Table:
    """Describes a grid as a table.

    Args:
        grid: its cells.
        blocks: the number of the block on the page for each cell that holds text.
        ruling: what ``grid`` belongs to.
    """
    cells = tuple(
        TableCell(
            row=cell.row, column=cell.column, row_span=cell.row_span, column_span=cell.column_span,
            box=ruling.box_of((cell.left, cell.top, cell.right, cell.bottom)), block=blocks.get(place),
        )
        for place, cell in enumerate(grid.cells)
    )  # fmt: skip
    return Table(box=ruling.box_of(grid.extent), rows=grid.rows, columns=grid.columns, cells=cells)


def is_filled(filled: int) -> bool:
    """Whether so many cells with text make a table: a grid without any is a picture."""
    return filled >= _FEWEST_FILLED


def as_cell(block: Block) -> Block:
    """Returns the block as the text of a table cell."""
    return replace(block, kind=BlockKind.TABLE_CELL)


def _is_frame(grid: Grid, rules: Rules, area: float) -> bool:
    left, top, right, bottom = grid.extent
    is_large = right - left >= _FRAME_MM[0] * rules.per_mm and bottom - top >= _FRAME_MM[1] * rules.per_mm
    return is_large and _area(grid) <= _LARGEST_FRAME * area


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.extent
    return (right - left) * (bottom - top)
