"""What of a value a clerk must look at, and why: the pieces of it that may be wrong.

An engine gives a confidence for each word and not for each letter; letters are marked where the likely other
readings differ from the value, and whole words where the engine was unsure of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from dossiers.page_layout import PageLayout
from dossiers.reading import Box, FieldValue, Source
from dossiers.text_folding import fold

#: Values and words below are looked at; of the numbers on forms that lie below, every second is wrong.
UNSURE_BELOW: Final = 0.8
#: Share of letters that two readings of one value have in common, 0 to 1; below, they are two values.
_ALIKE: Final = 0.7


class DoubtKind(StrEnum):
    """Why a value is to be looked at."""

    UNSURE = "unsure"  # the reading itself is unsure
    TONES = "tones"  # it may be another word that differs in tones or marks only
    OTHERWISE = "otherwise"  # it may be something else
    CHECK_FAILED = "check_failed"  # a rule of the field does not hold
    DISAGREES = "disagrees"  # another place says something else
    EMPTY = "empty"  # printed, and nothing could be read in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a value; the pieces joined are the value."""

    text: str
    is_doubtful: bool


def doubts_of(value: FieldValue, *, disagrees: bool) -> tuple[DoubtKind, ...]:
    """Why a clerk must look at a value; nothing where none need.

    Args:
        value: as read.
        disagrees: whether another paper, code or the store says something else.
    """
    found: list[DoubtKind] = []
    if disagrees:
        found.append(DoubtKind.DISAGREES)
    if any(not holds for _, holds in value.checks):
        found.append(DoubtKind.CHECK_FAILED)
    if value.value is None:
        return (*found, DoubtKind.EMPTY)
    if value.alternatives:
        same = any(fold(each) == fold(value.value) for each in value.alternatives)
        found.append(DoubtKind.TONES if same else DoubtKind.OTHERWISE)
    elif value.confidence < UNSURE_BELOW and value.source is Source.OCR:
        found.append(DoubtKind.UNSURE)
    return tuple(found)


def pieces_of(text: str, alternatives: Sequence[str], unsure: Collection[str]) -> tuple[Piece, ...]:
    """Cuts a value into sure and doubtful pieces.

    Args:
        text: the value.
        alternatives: what it may be instead; one that is another value altogether marks no letter.
        unsure: words that the engine was unsure of, as read.
    """
    marked = [False] * len(text)
    for other in alternatives:
        compared = SequenceMatcher(None, text, other, autojunk=False)
        if compared.ratio() < _ALIKE:
            continue
        for kind, first, last, _, _ in compared.get_opcodes():
            if kind != "equal":
                for at in range(first, max(last, first + 1)):
                    if at < len(text):
                        marked[at] = True
    start = 0
    for word in text.split():
        start = text.index(word, start)
        if word in unsure:
            marked[start : start + len(word)] = [True] * len(word)
        start += len(word)
    pieces: list[Piece] = []
    for letter, is_doubtful in zip(text, marked, strict=True):
        if pieces and pieces[-1].is_doubtful is is_doubtful:
            pieces[-1] = Piece(text=pieces[-1].text + letter, is_doubtful=is_doubtful)
        else:
            pieces.append(Piece(text=letter, is_doubtful=is_doubtful))
    return tuple(pieces)


def unsure_words(layout: PageLayout | None, box: Box | None) -> frozenset[str]:
    """The words inside a box that the engine was unsure of."""
    if layout is None or box is None:
        return frozenset()
    words = (word for line in layout.lines for word in line if word.confidence < UNSURE_BELOW)
    return frozenset(word.text for word in words if _inside(word.box, box))


def _inside(inner: Box, outer: Box) -> bool:
    across, down = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= across < outer.right and outer.top <= down < outer.bottom
