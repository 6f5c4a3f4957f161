"""Text of one page with its places: page, block, line, word.

All strings are NFC. Boxes are on the upright page, in pixels (see ``pipeline.geometry``). Blocks stand in
reading order, lines within a block from top to bottom, words within a line from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossiers.reading import Box


class BlockKind(StrEnum):
    """What a block is on the page."""

    TEXT = "text"
    TABLE_CELL = "table_cell"
    MARGIN = "margin"  # page number, running head or foot, text that runs up the side
    STAMP = "stamp"  # text inside a seal or a stamped frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word.

    Attributes:
        text: as it stands, repaired or as read.
        box: px of the upright page.
        confidence: 0 to 1: of an engine, or calibrated to how often such words are exactly right.
        raw: the engine's reading of a repaired word, else ``None``.
        alternatives: what a doubtful name or number may be instead, likeliest first; a clerk chooses.
    """

    text: str
    box: Box
    confidence: float
    raw: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together: a paragraph, a column of the head, a table cell."""

    lines: tuple[Line, ...]
    box: Box
    kind: BlockKind = BlockKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One cell of a ruled table.

    Attributes:
        row: its first row, from 0.
        column: its first column, from 0.
        box: where its lines run, px of the upright page.
        row_span: rows that it takes up, from 1.
        column_span: columns that it takes up, from 1.
        block: which of the page's blocks holds its text; ``None`` for an empty cell.
    """

    row: int
    column: int
    box: Box
    row_span: int = 1
    column_span: int = 1
    block: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table; its cells stand row by row, and no two of them share a place of the grid."""

    box: Box
    rows: int
    columns: int
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """All text of an upright page of ``width`` x ``height`` px at ``dpi``.

    Who leaves out blocks or changes their order must also change ``tables``, which point at them.
    """

    width: int
    height: int
    dpi: float
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line in reading order."""
        return tuple(line for block in self.blocks for line in block.lines)

    def cell_text(self, cell: TableCell) -> str:
        """The text of a cell of one of ``tables``, its lines joined by newlines; empty for an empty cell."""
        return "" if cell.block is None else "\n".join(line.text for line in self.blocks[cell.block].lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        """Plain text: one printed line a line, no line for a block without words."""
        return "\n".join(line.text for line in self.lines if line.words)

    @property
    def confidence(self) -> float:
        """Mean word confidence weighted by length, 0 to 1; 0 where there is no word."""
        weights = [len(word.text) for word in self.words]
        if not sum(weights):
            return 0.0
        return sum(w * word.confidence for w, word in zip(weights, self.words, strict=True)) / sum(weights)
