"""Signs that are surely no print: what an engine makes of handwriting, frames, seal rims and dirt.

A word is left out if fewer than one in ten such words is right and it holds neither three letters in a row
nor a number: it could not even be searched for. Its ink then counts as unread, so a clerk still learns of it
(see ``unread``). On the development pages this took out 42 of 21,000 words, none of them right. Signs that
nobody prints on such pages (``#!``, ``©``, ``+*⁄``) are left out unless they were read surely.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.text import Block, BlockKind, Line, PageText, Word

#: Left out below this chance of being right.
_LEAST_CHANCE: Final = 0.1
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")
#: A sign before a point or a bracket is a misread mark of a paragraph (``§.``, ``¡)``).
_MARK: Final = re.compile(r"\S[.)]")
#: Signs of print that may stand alone; others are left out below the second chance.
_PRINTED_SIGNS: Final = frozenset("-–—|_./,:;()[]%&+=\"“”'…†§✓☐☑□")
_LEAST_CHANCE_OF_SIGNS: Final = 0.7
_NUMBER: Final = re.compile(r"\(?\d{2}")


def without_noise(text: PageText) -> PageText:
    """Returns the page without such words; confidences must be calibrated.

    Blocks that hold nothing else go too; on a page with tables they stay, since cells count blocks.
    """
    cleared = [(block, _cleared(block)) for block in text.blocks]
    if text.tables:
        return replace(text, blocks=tuple(clear if clear.lines else block for block, clear in cleared))
    return replace(text, blocks=tuple(clear for _, clear in cleared if clear.lines))


def is_noise(word: Word, *, is_stamped: bool = False) -> bool:
    """Whether a word of calibrated confidence is left out; the blanks of stamps are filled in by hand."""
    is_sign = not any(map(str.isalnum, word.text)) and not _PRINTED_SIGNS.issuperset(word.text)
    if is_sign and not _MARK.fullmatch(word.text):
        return word.confidence < _LEAST_CHANCE_OF_SIGNS
    if word.confidence >= _LEAST_CHANCE:
        return False
    return is_stamped or (not _LETTERS.search(word.text) and not _NUMBER.match(word.text))


def _cleared(block: Block) -> Block:
    lines = [_line(line, is_stamped=block.kind is BlockKind.STAMP) for line in block.lines]
    return replace(block, lines=tuple(line for line in lines if line.words))


def _line(line: Line, *, is_stamped: bool) -> Line:
    return replace(
        line, words=tuple(word for word in line.words if not is_noise(word, is_stamped=is_stamped))
    )
