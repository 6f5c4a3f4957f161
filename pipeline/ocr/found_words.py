"""Words as an engine reports them, gathered into lines and blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from dossiers.reading import Box
from pipeline.text import Block, Line, Word

#: A date whose strokes were taken for letters: ``13!09I2021``; nothing else has this shape.
_BROKEN_DATE: Final = re.compile(r"(?<!\d)(\d{2})[!Il|/]([01]\d)[!Il|/]((?:19|20)\d{2})(?!\d)")
#: The ring of an at sign read as brackets.
_RINGED_AT: Final = re.compile(r"(?<=\w)\(?@\)?(?=\w)")

#: Dots and their misreadings in front of a word, or alone; two or more of them behind it.
_LEADER_START: Final = re.compile(r"^[._,…·]+(?=\w|$)")
_LEADER_END: Final = re.compile(r"(?<=\w)[_…·.]{2,}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWord:
    """One word with the engine's numbers for the block and line it stands in."""

    text: str
    box: Box
    confidence: float
    block: int
    line: tuple[int, int]


def as_blocks(words: Iterable[FoundWord]) -> tuple[Block, ...]:
    """Gathers words that come in the engine's order; empty words and boxes without area are left out."""
    kept = [
        word
        for word in words
        if word.text.strip() and word.box.right > word.box.left and word.box.bottom > word.box.top
    ]
    blocks = []
    for _, members in groupby(kept, key=lambda word: word.block):
        lines = [
            line_of(
                [
                    Word(text=plain_word(each.text), box=each.box, confidence=_share(each.confidence))
                    for each in row
                ]
            )
            for _, row in groupby(members, key=lambda word: word.line)
        ]
        blocks.append(block_of(lines))
    return tuple(blocks)


def line_of(words: Iterable[Word]) -> Line:
    """Makes a line of at least one word."""
    members = tuple(words)
    return Line(words=members, box=around([word.box for word in members]))


def block_of(lines: Iterable[Line]) -> Block:
    """Makes a text block of at least one line."""
    members = tuple(lines)
    return Block(lines=members, box=around([line.box for line in members]))


def around(boxes: list[Box]) -> Box:
    """Returns the smallest box around at least one box."""
    return Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )


def plain_word(text: str) -> str:
    """NFC, no control characters, no inner white space: a word is one token everywhere it goes."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(each for each in composed if unicodedata.category(each)[0] not in "CZ")
    return _RINGED_AT.sub("@", _BROKEN_DATE.sub(r"\1/\2/\3", kept))


def without_leaders(text: str) -> str:
    """Takes remains of dotted leaders off a recognised word; nothing is left of a word that is all leader."""
    return _LEADER_END.sub("", _LEADER_START.sub("", text))


def _share(confidence: float) -> float:
    return min(1.0, max(0.0, confidence))
