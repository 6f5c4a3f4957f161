"""Reads the doubtful places of a page again and puts the better readings into its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ports import LineReader
from pipeline.second_tries.doubts import plausibility
from pipeline.second_tries.spots import Position, Spot, find_spots
from pipeline.second_tries.tries import best_reading, plain_words
from pipeline.text import Line, PageText, Word

#: A left-out row is text if this share of its letters was read as surely, and is as plausible, as these.
_LEGIBLE_SHARE: Final = 0.7
_LEGIBLE: Final = 0.6
_PLAUSIBLE: Final = 0.5
#: Its words cover this share of its width at least; elsewhere one of many strokes looked like a word.
_LEAST_COVERED: Final = 0.5
#: Words stand on the same row if this share of the lower one's height is common.
_SAME_ROW: Final = 0.6
#: A found row joins a line within so many of its own heights.
_NEAR: Final = 6


@dataclass(slots=True)
class _Changes:
    """What becomes of the words of the first reading, and what is added."""

    replaced: dict[Position, tuple[Word, ...]] = field(default_factory=dict)
    added: list[tuple[Box, tuple[Word, ...]]] = field(default_factory=list)


def read_again(text: PageText, prepared: PageImage, engine: LineReader) -> PageText:
    """Returns the text with doubtful words read again and left-out rows read at last.

    What the first reading was is kept in ``Word.raw``, what else was read in ``Word.alternatives``.

    Args:
        text: the first reading; px of ``prepared``.
        prepared: the cleaned page.
        engine: reads single lines.

    Raises:
        EngineError: the engine failed.
    """
    plain = _plain(text)
    lines = plain.lines
    changes = _Changes()
    for spot in find_spots(plain, prepared):
        first = [lines[row].words[at] for row, at in spot.words]
        beside = _beside(spot, lines)
        words = best_reading(spot, first, beside, prepared, engine)
        if spot.is_row:
            if _is_text(words, spot.box, beside):
                changes.replaced.update(dict.fromkeys(spot.words, ()))
                changes.added.append((spot.box, words))
        else:
            changes.replaced.update(dict.fromkeys(spot.words, ()))
            changes.replaced[spot.words[0]] = words
    return _changed(plain, changes)


def _beside(spot: Spot, lines: Sequence[Line]) -> list[Box]:
    """Returns the boxes of the words that stay beside a spot: of its line, or at the height of a row."""
    rows = range(len(lines)) if spot.is_row else {row for row, _ in spot.words}
    return [
        word.box
        for row in rows
        for at, word in enumerate(lines[row].words)
        if (row, at) not in spot.words and (not spot.is_row or _is_level(word.box, spot.box))
    ]


def _is_level(one: Box, row: Box) -> bool:
    """Whether a box stands on a row and is no taller than words of it can be."""
    shared = min(one.bottom, row.bottom) - max(one.top, row.top)
    lower = min(one.bottom - one.top, row.bottom - row.top)
    return shared > _SAME_ROW * lower and one.bottom - one.top < 2 * (row.bottom - row.top)


def _plain(text: PageText) -> PageText:
    """Takes remains of leaders and control characters off every word, so that readings can be compared."""
    blocks = []
    for block in text.blocks:
        rows = [plain_words(line.words) for line in block.lines]
        if lines := [line_of(words) for words in rows if words]:
            blocks.append(block_of(lines))
    return replace(text, blocks=tuple(blocks))


def _is_text(words: Sequence[Word], row: Box, beside: Sequence[Box]) -> bool:
    """Whether what was read in a left-out row is worth keeping: legible, and all along the row."""
    boxes = [*(word.box for word in words), *beside]
    width = sum(max(0, min(box.right, row.right) - max(box.left, row.left)) for box in boxes)
    if width < _LEAST_COVERED * (row.right - row.left):
        return False
    total = sum(len(word.text) for word in words)
    legible = sum(
        len(word.text)
        for word in words
        if word.confidence > _LEGIBLE and plausibility(word.text) > _PLAUSIBLE
    )
    return total > 1 and legible >= _LEGIBLE_SHARE * total


def _changed(text: PageText, changes: _Changes) -> PageText:
    row = 0
    kept: list[list[list[Word]]] = []
    for block in text.blocks:
        kept.append([])
        for line in block.lines:
            kept[-1].append(
                [
                    word
                    for at, before in enumerate(line.words)
                    for word in changes.replaced.get((row, at), (before,))
                ]
            )
            row += 1
    lines = [line for block in kept for line in block]
    for box, words in changes.added:
        _join(box, words, lines, kept)
    blocks = [[line_of(line) for line in block if line] for block in kept]
    return replace(text, blocks=tuple(block_of(block) for block in blocks if block))


def _join(box: Box, words: Sequence[Word], lines: list[list[Word]], blocks: list[list[list[Word]]]) -> None:
    """Puts the words of a found row into the line that it stands on, else into a block of their own."""
    near = [line for line in lines if line and _stands_on(box, line)]
    if not near:
        lines.append(list(words))
        blocks.append([lines[-1]])
        return
    line = min(near, key=lambda line: _distance(box, line))
    line.extend(words)
    line.sort(key=lambda word: word.box.left)


def _stands_on(box: Box, line: Sequence[Word]) -> bool:
    nearest = min(line, key=lambda word: _apart(box, word.box)).box
    return _is_level(nearest, box) and _apart(box, nearest) < _NEAR * (box.bottom - box.top)


def _distance(box: Box, line: Sequence[Word]) -> int:
    return min(_apart(box, word.box) for word in line)


def _apart(one: Box, other: Box) -> int:
    return max(0, other.left - one.right, one.left - other.right)
