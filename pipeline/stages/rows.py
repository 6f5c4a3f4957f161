"""Rows of a page: segments that stand level, from left to right, and where a row falls into parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from pipeline.ocr.found_words import line_of
from pipeline.text import Line, Word

#: Segments that stand level, from left to right.
Row = tuple[Line, ...]
#: Left and right end, px.
Span = tuple[int, int]
#: What ends with a colon without being answered beside it.
HEADS_OF_LISTS: Final = ("nơi nhận", "kính gửi")
#: A gap this wide, of the height of the line's words, parts a line into segments.
_COLUMN_GAP: Final = 1.6
#: A gap between words that may part columns: of the height of the line, and of the line's usual gap.
_LEAST_GAP: Final = 0.45
_WIDER_GAP: Final = 1.6
#: Rows this far apart, of the height of a line, are neighbours.
_NEAR: Final = 1.3


def segments_of(words: Sequence[Word]) -> list[Line]:
    """Parts the words of a line at wide gaps."""
    height = median(word.box.bottom - word.box.top for word in words)
    parts: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.box.left - before.box.right > _COLUMN_GAP * height:
            parts.append([])
        parts[-1].append(word)
    return [line_of(part) for part in parts]


def rows_of(segments: Iterable[Line]) -> list[Row]:
    """Gathers segments that stand level with each other, from top to bottom."""
    rows: list[list[Line]] = []
    for segment in sorted(segments, key=lambda line: (level(line), line.box.left, line.box.right, line.text)):
        if rows and _joins(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [tuple(sorted(row, key=lambda line: line.box.left)) for row in rows]


def rows_of_words(words: Iterable[Word]) -> list[Line]:
    """Gathers words that the engine may have met in any order into lines, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (level(each), each.box.left, each.box.right, each.text)):
        row = rows[-1] if rows else None
        if row is not None and abs(level(word) - level(row[-1])) < 0.5 * height_of(row[-1]):
            row.append(word)
        else:
            rows.append([word])
    return [line_of(sorted(row, key=lambda word: (word.box.left, word.box.top))) for row in rows]


def parted_like_neighbours(rows: Sequence[Row], place: int) -> Row:
    """Parts a row where a narrow gap stands under or over the wide gap of a row nearby.

    Titles of four signatures side by side nearly touch, the names below them do not.
    """
    row = rows[place]
    near = (*rows[max(0, place - 2) : place], *rows[place + 1 : place + 3])
    gutters = [
        (before.box.right, after.box.left)
        for other in near
        if len(other) > 1 and _is_near(row, other)
        for before, after in pairwise(other)
    ]
    return tuple(part for line in row for part in _parted_at(line, gutters)) if gutters else row


def _asks(line: Line) -> bool:
    """Whether a line holds a label of a form: its value is not parted from it, nor within itself."""
    return any(word.text.endswith(":") for word in line.words)


def with_their_values(row: Row) -> Iterator[Line]:
    """Joins labels and values of one row: ``Năm sinh: 1996`` and ``Dân tộc: Kinh`` stay in one line."""
    words: list[Word] = list(row[0].words)
    for before, line in pairwise(row):
        is_value = before.text.endswith(":") and not before.text.lower().startswith(HEADS_OF_LISTS)
        if not is_value and not is_label(line.text):
            yield line_of(words)
            words = []
        words.extend(line.words)
    yield line_of(words)


def is_label(text: str) -> bool:
    """Whether a segment begins with a label of a form; a document's number is none."""
    head, colon, _ = text.partition(":")
    return bool(colon) and len(head.split()) <= 5 and not head.strip().lower().startswith("số")


def level(part: Line | Word) -> float:
    """Returns the middle of the height, px; of a line its usual word's, whatever tall sign stands in it."""
    if isinstance(part, Line) and part.words:
        return median((word.box.top + word.box.bottom) / 2 for word in part.words)
    return (part.box.top + part.box.bottom) / 2


def height_of(part: Line | Word) -> int:
    """Returns the height, px."""
    return part.box.bottom - part.box.top


def _joins(row: Sequence[Line], segment: Line) -> bool:
    height = min(height_of(segment), median(height_of(line) for line in row))
    is_level = abs(level(segment) - median(level(line) for line in row)) < 0.5 * height
    is_free = all(segment.box.left >= line.box.right or segment.box.right <= line.box.left for line in row)
    return is_level and is_free


def _is_near(row: Row, other: Row) -> bool:
    above = min(line.box.top for line in other) - max(line.box.bottom for line in row)
    below = min(line.box.top for line in row) - max(line.box.bottom for line in other)
    return max(above, below) < _NEAR * median(height_of(line) for line in row)


def _parted_at(line: Line, gutters: Sequence[Span]) -> Iterator[Line]:
    if _asks(line):
        yield line
        return
    height = median(height_of(word) for word in line.words)
    gaps = [after.box.left - before.box.right for before, after in pairwise(line.words)]
    least = max(_LEAST_GAP * height, _WIDER_GAP * median(gaps)) if gaps else 0.0
    start = 0
    for place, gap in enumerate(gaps):
        left, right = line.words[place].box.right, line.words[place + 1].box.left
        shared = max((min(right, end) - max(left, begin) for begin, end in gutters), default=0)
        if gap >= least and shared >= _LEAST_GAP * height:
            yield line_of(line.words[start : place + 1])
            start = place + 1
    yield line_of(line.words[start:]) if start else line
