"""Character and word errors of a reading against the printed lines; the same rules for every system.

Both sides are NFC with plain quotes and dashes, white space collapsed and dotted leaders dropped. *Ordered*
compares the page text as one string. *Matched* lets lines stand in any order: the line that fits best takes
its place in the reading first, and what no line took is left over.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

#: A line whose best place differs in more than this share of its characters counts as not read.
MOST_ERRORS: Final = 0.55
_SIGNS: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‐": "-",
     "…": "...", "Ð": "Đ", "|": " "}
)  # fmt: skip
_LEADERS: Final = re.compile(r"[._·•]{3,}|(?:[._·•] ){3,}[._·•]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScore:
    """Errors and what they are counted against; scores add up.

    Attributes:
        characters: printed characters.
        words: printed words.
        ordered_characters: edits of characters in reading order.
        ordered_words: edits of words in reading order.
        matched_characters: edits of characters, lines in any order.
        matched_words: edits of words, lines in any order.
        left_over: characters read that belong to no printed line.
    """

    characters: int = 0
    words: int = 0
    ordered_characters: int = 0
    ordered_words: int = 0
    matched_characters: int = 0
    matched_words: int = 0
    left_over: int = 0


def total(scores: Iterable[TextScore]) -> TextScore:
    """Adds scores up: long pages weigh more than short ones."""
    kept = list(scores)
    return TextScore(
        **{name: sum(getattr(each, name) for each in kept) for name in TextScore.__dataclass_fields__}
    )


def normalised(text: str) -> str:
    """Returns the text as it is compared; keeps line breaks."""
    plain = _LEADERS.sub(" ", unicodedata.normalize("NFC", text).translate(_SIGNS))
    return "\n".join(" ".join(line.split()) for line in plain.splitlines())


def without_tones(text: str) -> str:
    """Returns the text without any mark on its letters; đ becomes d."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def score(printed: Sequence[str], reading: str) -> TextScore:
    """Compares a reading with the printed lines."""
    lines = [line for line in (normalised(each).strip() for each in printed) if re.search(r"\w", line)]
    read = " ".join(normalised(reading).split())
    whole = " ".join(lines)
    ordered = Levenshtein.distance(whole, read)
    ordered_words = Levenshtein.distance(whole.split(), read.split())
    characters, words, left_over = _matched(lines, read)
    return TextScore(
        characters=sum(map(len, lines)),
        words=len(whole.split()),
        ordered_characters=ordered,
        ordered_words=ordered_words,
        matched_characters=min(characters, ordered),
        matched_words=min(words, ordered_words),
        left_over=left_over,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line fits: a piece of the reading, and from where to where in it."""

    errors: int
    piece: int
    start: int
    end: int


def _matched(lines: Sequence[str], read: str) -> tuple[int, int, int]:
    """Returns edits of characters, edits of words and characters left over."""
    pieces, made = {0: read}, 1
    waiting = [_entry(number, line, _best(line, pieces)) for number, line in enumerate(lines)]
    heapq.heapify(waiting)
    characters = words = 0
    while waiting:
        _, _, number, place = heapq.heappop(waiting)
        line = lines[number]
        if place is None or place.errors > max(1, MOST_ERRORS * len(line)):
            characters, words = characters + len(line), words + len(line.split())
            continue
        if place.piece not in pieces:  # another line took part of it meanwhile
            heapq.heappush(waiting, _entry(number, line, _best(line, pieces)))
            continue
        piece = pieces.pop(place.piece)
        span = piece[place.start : place.end]
        characters += min(place.errors, len(line))
        words += min(len(line.split()), Levenshtein.distance(line.split(), span.split()))
        for rest in (piece[: place.start].strip(), piece[place.end :].strip()):
            if rest:
                pieces[made], made = rest, made + 1
    return characters, words, sum(len(piece.replace(" ", "")) for piece in pieces.values())


def _entry(number: int, line: str, place: _Place | None) -> tuple[float, int, int, _Place | None]:
    return (place.errors / len(line) if place else 2.0, -len(line), number, place)


def _best(line: str, pieces: dict[int, str]) -> _Place | None:
    found = [place for number, piece in pieces.items() if (place := _in_piece(line, number, piece))]
    return min(found, key=lambda place: place.errors, default=None)


def _in_piece(line: str, number: int, piece: str) -> _Place | None:
    exact = re.search(rf"(?<!\S){re.escape(line)}(?!\S)", piece)
    if exact:
        return _Place(0, number, exact.start(), exact.end())
    alignment = fuzz.partial_ratio_alignment(line, piece)
    if alignment is None or not piece:
        return None
    start, end = (0, len(piece)) if len(piece) <= len(line) else (alignment.dest_start, alignment.dest_end)
    return _on_words(line, number, piece, start, end)


def _on_words(line: str, number: int, piece: str, start: int, end: int) -> _Place:
    """Moves both ends to word ends, one word at a time while that makes fewer errors."""
    starts = [found.start() for found in re.finditer(r"\S+", piece)]
    ends = [found.end() for found in re.finditer(r"\S+", piece)]
    first = max((place for place, at in enumerate(starts) if at <= start), default=0)
    last = min((place for place, at in enumerate(ends) if at >= end), default=len(ends) - 1)
    best = _Place(
        Levenshtein.distance(line, piece[starts[first] : ends[last]]), number, starts[first], ends[last]
    )
    while True:
        near = [(first + 1, last), (first - 1, last), (first, last + 1), (first, last - 1)]
        tried = [
            (Levenshtein.distance(line, piece[starts[a] : ends[b]]), a, b)
            for a, b in near
            if 0 <= a <= b < len(starts)
        ]
        if not tried or min(tried)[0] >= best.errors:
            return best
        errors, first, last = min(tried)
        best = _Place(errors, number, starts[first], ends[last])
