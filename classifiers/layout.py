"""Visual rows of a page, whatever order the engine read it in.

A *token* is a word, or a part of one where recognition glued a label to its value at a colon. A *row* holds
the tokens that stand on one level; a *segment* is a run of tokens in a row without a wide gap: a column of
the head, a table cell, a label with its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Final

from classifiers.folding import key_of
from dossiers.reading import Box
from pipeline.text import PageText, Word

#: A gap wider than this many row heights parts two segments.
GAP_HEIGHTS: Final = 1.7
#: A word is level with others if it overlaps their band by at least this share of the lower one's height.
LEVEL_OVERLAP: Final = 0.38
#: Words of one row do not cover each other by more than this share of the narrower one's width.
COVERED: Final = 0.4
#: A word taller than this many median words is an emblem or a seal taken for letters: it levels with nobody.
GIANT_HEIGHTS: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word on the page; ``key`` is its form for matching and may be empty (punctuation only)."""

    text: str
    box: Box
    confidence: float
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Tokens that stand side by side without a wide gap, left to right; never empty.

    Attributes:
        text: the tokens joined by single spaces.
        key: the form for matching.
    """

    tokens: tuple[Token, ...]
    box: Box
    text: str = field(init=False, repr=False, compare=False)
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join([token.text for token in self.tokens]))
        object.__setattr__(self, "key", "".join([token.key for token in self.tokens]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Segments on one level, left to right; never empty.

    Attributes:
        text: the segments joined by single spaces.
        key: the form for matching.
    """

    segments: tuple[Segment, ...]
    box: Box
    text: str = field(init=False, repr=False, compare=False)
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join([segment.text for segment in self.segments]))
        object.__setattr__(self, "key", "".join([segment.key for segment in self.segments]))

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens, left to right."""
        return tuple(token for segment in self.segments for token in segment.tokens)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """A page as rows from top to bottom; two sheets are equal only if they are the same object.

    Attributes:
        rows: from top to bottom.
        width: px of the upright page.
        height: px of the upright page.
        letter_height: median height of a word, px; 1 where there is none.
        content: the rectangle that holds all words; the whole page where there is none.
        key: the whole page in the form for matching, rows joined by newlines.
    """

    rows: tuple[Row, ...]
    width: int
    height: int
    letter_height: float
    content: Box
    key: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", "\n".join([row.key for row in self.rows]))

    def until(self, row: int) -> Sheet:
        """The part above a row."""
        return replace(self, rows=self.rows[:row])

    def beginning(self, row: int) -> Sheet:
        """The part from a row on."""
        return replace(self, rows=self.rows[row:])

    @property
    def text(self) -> str:
        """The whole page, a row a line."""
        return "\n".join(row.text for row in self.rows)


@lru_cache(maxsize=4)
def sheet_of(page: PageText) -> Sheet:
    """Arranges the words of a page into rows and segments; kept, since every reader of a page asks for it."""
    words = [(at, word) for at, line in enumerate(page.lines) for word in line.words if word.text.strip()]
    boxes = [word.box for _, word in words]
    return Sheet(
        rows=tuple(_row_of(tokens) for tokens in _levels(words)),
        width=page.width,
        height=page.height,
        letter_height=median([box.bottom - box.top for box in boxes]) if boxes else 1.0,
        content=hull(boxes) if boxes else Box(left=0, top=0, right=page.width, bottom=page.height),
    )


def hull(boxes: Iterable[Box]) -> Box:
    """Returns the smallest box around all boxes; there must be at least one."""
    every = list(boxes)
    return Box(
        left=min(box.left for box in every),
        top=min(box.top for box in every),
        right=max(box.right for box in every),
        bottom=max(box.bottom for box in every),
    )


#: A word with the number of the printed line in which the engine read it.
_Placed = tuple[int, Word]


def _levels(words: Sequence[_Placed]) -> list[list[Token]]:
    """Groups words by level: a word joins the row whose last words it overlaps most in height.

    The engine's own line decides where two rows would do, and whether words may cover each other.
    """
    levels: list[list[_Placed]] = []
    reaches: list[tuple[int, int, int, int]] = []
    tallest = GIANT_HEIGHTS * median([_height(word.box) for _, word in words]) if words else 0
    giants = [[placed] for placed in words if _height(placed[1].box) > tallest]
    ordinary = [placed for placed in words if _height(placed[1].box) <= tallest]
    for placed in sorted(ordinary, key=lambda each: (each[1].box.left, each[1].box.top)):
        at = _level_of(placed, levels, reaches)
        if at == len(levels):
            levels.append([])
            reaches.append((0, 0, 0, 0))
        levels[at].append(placed)
        reaches[at] = _reach(levels[at])
    levels += giants
    levels.sort(key=lambda level: (median([_middle(word.box) for _, word in level]), level[0][1].box.left))
    return [[token for _, word in level for token in _tokens(word)] for level in levels]


def _level_of(
    placed: _Placed, levels: Sequence[list[_Placed]], reaches: Sequence[tuple[int, int, int, int]]
) -> int:
    """Index of the row that a word joins; the number of rows where it begins a new one."""
    best, most = len(levels), 0
    box = placed[1].box
    high, low = 2 * box.top - box.bottom, 2 * box.bottom - box.top
    for at, (highest, lowest, top, bottom) in enumerate(reaches):
        # So far above or below the row's last word that no slope can join them, or not level at all.
        if high > lowest or low < highest or box.top >= bottom or box.bottom <= top:
            continue
        shared = _shared_height(placed, levels[at][-3:], top, bottom)
        if shared > most:
            best, most = at, shared
    return best


def _reach(level: Sequence[_Placed]) -> tuple[int, int, int, int]:
    """Where the next word of a row may stand: one word's height beside its last one; its last words' band."""
    last = level[-1][1].box
    boxes = [word.box for _, word in level[-3:]]
    return (
        2 * last.top - last.bottom,
        2 * last.bottom - last.top,
        min([box.top for box in boxes]),
        max([box.bottom for box in boxes]),
    )


def _shared_height(placed: _Placed, last: Sequence[_Placed], top: int, bottom: int) -> int:
    """How much of its height a word has in common with a row's last words, px; 0: not level with them."""
    line, word = placed
    box = word.box
    shared = min(bottom, box.bottom) - max(top, box.top)
    if shared <= LEVEL_OVERLAP * min(bottom - top, _height(box)):
        return 0
    if any(number == line for number, _ in last):
        return shared + _height(box)
    return 0 if _is_covered(word, [each for _, each in last]) else shared


def _is_covered(word: Word, others: Sequence[Word]) -> bool:
    """Whether a word stands above or below one of the others, as in the close lines of a card."""
    return any(
        min(word.box.right, other.box.right) - max(word.box.left, other.box.left)
        > COVERED * min(word.box.right - word.box.left, other.box.right - other.box.left)
        for other in others
    )


def _height(box: Box) -> int:
    return box.bottom - box.top


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


#: A colon that glues a label to its value, a point (or comma) that glues an item number to its label.
_GLUE: Final = re.compile(r"(?<=[^\W\d]:)(?=[^\s:])|(?<=\d[.,)])(?=[^\W\d_]{2})")


def _tokens(word: Word) -> list[Token]:
    """Cuts a word where it is glued; the box is shared out by length."""
    parts = _GLUE.split(word.text)
    if len(parts) == 1:
        return [Token(text=word.text, box=word.box, confidence=word.confidence, key=key_of(word.text))]
    width, total, at = word.box.right - word.box.left, len(word.text), 0
    tokens = []
    for part in parts:
        left = word.box.left + width * at // total
        at += len(part)
        box = Box(
            left=left,
            top=word.box.top,
            right=word.box.left + width * at // total,
            bottom=word.box.bottom,
        )
        tokens.append(Token(text=part, box=box, confidence=word.confidence, key=key_of(part)))
    return tokens


def _row_of(tokens: Sequence[Token]) -> Row:
    height = median([token.box.bottom - token.box.top for token in tokens])
    runs: list[list[Token]] = [[tokens[0]]]
    for before, token in pairwise(tokens):
        if token.box.left - before.box.right > GAP_HEIGHTS * height:
            runs.append([])
        runs[-1].append(token)
    segments = tuple(Segment(tokens=tuple(run), box=hull(token.box for token in run)) for run in runs)
    return Row(segments=segments, box=hull(token.box for token in tokens))
