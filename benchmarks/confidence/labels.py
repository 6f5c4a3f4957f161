"""Which read words are exactly right: marks, capitals and signs included.

Printed lines may stand in any order: the line that fits best takes its words first. Places are searched
roughly, word by word comparison decides; a line that is not found labels nothing right.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benchmarks.text_score import normalised, printed_lines
from pipeline.text import PageText

#: Stands where a line took its words; no text holds it.
_TAKEN: Final = "\0"
#: A place that is less alike, 0 to 100, is none.
_LEAST_ALIKE: Final = 50.0
#: Words beside a place that may belong to it.
_SLACK: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What became of one read word.

    Attributes:
        at: its number on the page, from 0, in reading order.
        is_right: whether it is a printed word of the line that it stands for.
        is_placed: whether it stands in a printed line at all; else it was made up, or nobody typed it.
    """

    at: int
    is_right: bool
    is_placed: bool


@dataclass(frozen=True, slots=True)
class _Span:
    """A read word in comparable form and where it stands in the reading as one string."""

    at: int
    word: str
    start: int
    end: int


def labels_of(text: PageText, printed: Sequence[str]) -> list[Label]:
    """Compares the words of a page with its printed lines.

    Words of nothing but leaders are left out: they are dropped from both sides.
    """
    spans = _spans(text)
    lines = sorted(printed_lines(printed), key=len, reverse=True)
    left = " ".join(span.word for span in spans)
    right: set[int] = set()
    placed: set[int] = set()
    waiting = [(-_alike(line, left), number) for number, line in enumerate(lines)]
    heapq.heapify(waiting)
    while waiting:
        alike, number = heapq.heappop(waiting)
        now = -_alike(lines[number], left)
        if now > alike:  # another line took part of it meanwhile
            heapq.heappush(waiting, (now, number))
            continue
        if -now < _LEAST_ALIKE:
            break
        equal, taken = _compared(lines[number], left, spans)
        right |= {span.at for span in equal}
        placed |= {span.at for span in taken}
        for span in taken:
            left = left[: span.start] + _TAKEN * len(span.word) + left[span.end :]
    return [Label(at=span.at, is_right=span.at in right, is_placed=span.at in placed) for span in spans]


def _spans(text: PageText) -> list[_Span]:
    spans, start = [], 0
    for at, word in enumerate(text.words):
        plain = normalised(word.text).strip()
        if plain:
            spans.append(_Span(at, plain, start, start + len(plain)))
            start += len(plain) + 1
    return spans


def _alike(line: str, left: str) -> float:
    """Returns how well a line fits its best place; a place of its length even where little is read."""
    return fuzz.partial_ratio(line, left.ljust(len(line)))


def _compared(line: str, left: str, spans: Sequence[_Span]) -> tuple[list[_Span], list[_Span]]:
    """Returns the words that are right, and all that stand for the line."""
    place = fuzz.partial_ratio_alignment(line, left.ljust(len(line)))
    if place is None:
        return [], []
    first, end = place.dest_start, place.dest_end
    inside = [at for at, span in enumerate(spans) if span.start < end and span.end > first]
    if not inside:
        return [], []
    near = spans[max(0, inside[0] - _SLACK) : inside[-1] + 1 + _SLACK]
    free = [span for span in near if left[span.start] != _TAKEN]
    inner = list(Levenshtein.opcodes(line.split(), [span.word for span in free]))
    while inner and inner[0].tag == "insert":
        inner.pop(0)
    while inner and inner[-1].tag == "insert":
        inner.pop()
    equal = [span for step in inner if step.tag == "equal" for span in free[step.dest_start : step.dest_end]]
    taken = free[inner[0].dest_start : inner[-1].dest_end] if inner else []
    return equal, taken
