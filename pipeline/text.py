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
    MARGIN = "margin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word; confidence 0 to 1; ``raw`` is the engine's reading of a repaired word, else ``None``."""

    text: str
    box: Box
    confidence: float
    raw: str | None = None


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
class PageText:
    """All text of an upright page of ``width`` x ``height`` px at ``dpi``."""

    width: int
    height: int
    dpi: float
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line in reading order."""
        return tuple(line for block in self.blocks for line in block.lines)

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
