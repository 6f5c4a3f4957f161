"""Parts words of a page that ran together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.text import Line, PageText, Word


def with_parts(text: PageText, parts_of: Callable[[Word], Iterable[Word]]) -> PageText:
    """Returns the page with every word in place of which its parts stand; a whole word is its only part."""
    blocks = tuple(
        replace(block, lines=tuple(_parted(line, parts_of) for line in block.lines)) for block in text.blocks
    )
    return replace(text, blocks=blocks)


def _parted(line: Line, parts_of: Callable[[Word], Iterable[Word]]) -> Line:
    words = tuple(part for word in line.words for part in parts_of(word))
    return line if len(words) == len(line.words) else replace(line, words=words)
