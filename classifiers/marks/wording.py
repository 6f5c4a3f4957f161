"""Marks that are told by their words: copies, arrival stamps, the printed look of electronic signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from classifiers.folding import is_within
from classifiers.layout import Row, Segment, Sheet, hull
from classifiers.marks.words import MarkWords
from dossiers.reading import Box, Mark, MarkKind

#: Marks of copies stand in lines of their own with hardly more letters than their words.
_SPARE_LETTERS: Final = 6
#: Shorter lines hold no certification; it is compared sign by sign, which takes its time.
_SHORTEST_CERTIFIED: Final = 18
#: Head line of an arrival stamp.
_LONGEST_ARRIVAL: Final = 40
#: The time of an electronic signature stands within so many rows below the signer, and has so many digits.
_ROWS_OF_SIGNATURE: Final = 6
_DIGITS_OF_TIME: Final = 8
_LETTERS_OF_LOGO: Final = 14


def find_worded_marks(sheet: Sheet, words: MarkWords) -> tuple[Mark, ...]:
    """Returns the marks that the text of a page tells."""
    return (*_copies(sheet, words), *_electronic(sheet, words))


def _copies(sheet: Sheet, words: MarkWords) -> Iterator[Mark]:
    for row in sheet.rows:
        for segment in row.segments:
            kind = _kind(segment, words)
            if kind is not None:
                yield _mark(kind, [segment], _sureness(segment))


def _kind(segment: Segment, words: MarkWords) -> MarkKind | None:
    key = segment.key
    if len(key) >= _SHORTEST_CERTIFIED and any(is_within(each, key) for each in words.certified):
        return MarkKind.CERTIFIED_COPY
    if not _is_capital(segment):
        return None
    if len(key) <= _LONGEST_ARRIVAL and any(is_within(each, key) for each in words.arrival):
        return MarkKind.ARRIVAL_STAMP
    if any(_is_line(each, key) for each in words.true_copy):
        return MarkKind.TRUE_COPY
    return MarkKind.COPY if any(_is_line(each, key) for each in words.copy) else None


def _is_line(word: str, key: str) -> bool:
    return key.startswith(word) and len(key) <= len(word) + _SPARE_LETTERS


def _is_capital(segment: Segment) -> bool:
    letters = [each for each in segment.text if each.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.7 * len(letters)


def _electronic(sheet: Sheet, words: MarkWords) -> Iterator[Mark]:
    """A line with the time of signing, with the lines above it up to the signer, in one column."""
    for at, row in enumerate(sheet.rows):
        for segment in row.segments:
            if _tells_time(segment, words):
                above = _above(segment, sheet.rows[max(0, at - _ROWS_OF_SIGNATURE) : at])
                heads = [number for number, each in enumerate(above) if _is_head(each, words)]
                if heads:
                    lines = [*above[heads[-1] :], segment]
                    yield _mark(MarkKind.E_SIGNATURE, lines, _sureness(*lines))


def _tells_time(segment: Segment, words: MarkWords) -> bool:
    """Whether a line tells when it was signed; letters of a logo may stand before it."""
    key = segment.key
    is_named = any(each in key[: len(each) + _LETTERS_OF_LOGO] for each in words.signed_at)
    return is_named and sum(map(str.isdigit, segment.text)) >= _DIGITS_OF_TIME


def _is_head(segment: Segment, words: MarkWords) -> bool:
    return any(segment.key.startswith(each) for each in (*words.signed_by, *words.true_copy))


def _above(last: Segment, rows: Sequence[Row]) -> list[Segment]:
    """The segments over a line, in its column."""
    return [
        segment for row in rows for segment in row.segments
        if segment.box.left < last.box.right and segment.box.right > last.box.left
    ]  # fmt: skip


def _sureness(*segments: Segment) -> float:
    tokens = [token for segment in segments for token in segment.tokens]
    return round(sum(token.confidence for token in tokens) / len(tokens), 2)


def _mark(kind: MarkKind, segments: Sequence[Segment], confidence: float) -> Mark:
    box: Box = hull(segment.box for segment in segments)
    return Mark(kind=kind, box=box, confidence=confidence, text="\n".join(each.text for each in segments))
