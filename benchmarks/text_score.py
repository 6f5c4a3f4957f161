"""Character and word errors of a reading against the printed lines; the same rules for every system.

Both sides are NFC with plain quotes and dashes, white space collapsed and dotted leaders dropped. *Ordered*
compares the page text as one string. *Matched* lets lines stand in any order: the line that fits best takes
its place in the reading first, the longer of two that fit alike, and what no line took is left over. Places
are searched exactly (least edits over every part of the reading), so no system loses by a missed place; of
places that fit alike (a title and the sentence that repeats it) a line takes the one nearest to where it is
printed.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

_Codes = npt.NDArray[np.uint32]
_Edits = npt.NDArray[np.int32]

#: A line whose best place differs in more than this share of its characters counts as not read.
MOST_ERRORS: Final = 0.55
#: Letters next to a place that belong to it where they stand in the same word.
_LOOSE: Final = 2
#: Stands where a line took its place; no text holds it.
_TAKEN: Final = "\0"
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
        numbers: printed words with a digit.
        numbers_right: of them, read exactly, wherever they stand.
    """

    characters: int = 0
    words: int = 0
    ordered_characters: int = 0
    ordered_words: int = 0
    matched_characters: int = 0
    matched_words: int = 0
    left_over: int = 0
    numbers: int = 0
    numbers_right: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands in the reading as one string: how many edits away, from where to where."""

    errors: int
    start: int
    end: int


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


def printed_lines(printed: Iterable[str]) -> list[str]:
    """Returns the lines as they are compared; lines without a letter or digit are not asked for."""
    return [line for line in (normalised(each).strip() for each in printed) if re.search(r"\w", line)]


def one_string(reading: str) -> str:
    """Returns the reading as it is compared, without line breaks."""
    return " ".join(normalised(reading).split())


def without_tones(text: str) -> str:
    """Returns the text without any mark on its letters; đ becomes d."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def score(printed: Sequence[str], reading: str) -> TextScore:
    """Compares a reading with the printed lines."""
    lines, read = printed_lines(printed), one_string(reading)
    whole = " ".join(lines)
    ordered = Levenshtein.distance(whole, read)
    ordered_words = Levenshtein.distance(whole.split(), read.split())
    characters, words, left_over = _matched(lines, read)
    numbers = _numbers(whole)
    return TextScore(
        characters=sum(map(len, lines)),
        words=len(whole.split()),
        ordered_characters=ordered,
        ordered_words=ordered_words,
        matched_characters=min(characters, ordered),
        matched_words=min(words, ordered_words),
        left_over=left_over,
        numbers=numbers.total(),
        numbers_right=(numbers & _numbers(read)).total(),
    )


def places(lines: Sequence[str], read: str) -> list[Place | None]:
    """Returns where each line stands in the reading; ``None`` for lines that were not read.

    Args:
        lines: as ``printed_lines`` gives them; none is empty.
        read: as ``one_string`` gives it.
    """
    found: list[Place | None] = [None] * len(lines)
    left, turns = read, 0
    expected = _expected_starts(lines, read)
    waiting = [
        _entry(number, line, _best(line, left, expected[number]), turns) for number, line in enumerate(lines)
    ]
    heapq.heapify(waiting)
    while waiting:
        _, _, number, seen, place = heapq.heappop(waiting)
        line = lines[number]
        if place is None or place.errors > max(1 if len(line) > 2 else 0, MOST_ERRORS * len(line)):
            continue
        if seen < turns and _TAKEN in left[place.start : place.end]:  # another line took part of it meanwhile
            best = _best(line, left, expected[number])
            heapq.heappush(waiting, _entry(number, line, best, turns))
            continue
        place = _with_loose_letters(place, left)
        found[number] = place
        left = left[: place.start] + _TAKEN * (place.end - place.start) + left[place.end :]
        turns += 1
    return found


def _matched(lines: Sequence[str], read: str) -> tuple[int, int, int]:
    """Returns edits of characters, edits of words and characters left over."""
    characters = words = 0
    left = list(read)
    for line, place in zip(lines, places(lines, read), strict=True):
        span = read[place.start : place.end] if place else ""
        characters += min(place.errors, len(line)) if place else len(line)
        words += min(len(line.split()), Levenshtein.distance(line.split(), span.split()))
        if place:
            left[place.start : place.end] = " " * (place.end - place.start)
    return characters, words, len("".join(left).replace(" ", ""))


def _numbers(text: str) -> Counter[str]:
    return Counter(word for word in text.split() if any(sign.isdigit() for sign in word))


def _entry(
    number: int, line: str, place: Place | None, turns: int
) -> tuple[float, int, int, int, Place | None]:
    return (place.errors / len(line) if place else 2.0, -len(line), number, turns, place)


def _expected_starts(lines: Sequence[str], read: str) -> list[float]:
    """Where each line would begin if the reading held all of them in their order."""
    total = sum(map(len, lines)) or 1
    starts = accumulate(map(len, lines), initial=0)
    return [start * len(read) / total for start, _ in zip(starts, lines, strict=False)]


def _best(line: str, left: str, expected: float) -> Place | None:
    """The part of the reading that is the fewest edits away; whole words before parts of words."""
    exact = list(re.finditer(rf"(?<![^\s{_TAKEN}]){re.escape(line)}(?![^\s{_TAKEN}])", left))
    if exact:
        nearest = min(exact, key=lambda each: abs(each.start() - expected))
        return Place(0, nearest.start(), nearest.end())
    codes, wanted = _codes(left), _codes(line)
    edits = _edits_by_end(wanted, codes)
    ends = np.flatnonzero(edits == edits.min())
    end = int(ends[np.abs(ends - len(line) - expected).argmin()])
    errors = int(edits[end])
    first = max(0, end - len(line) - errors)
    back = _edits_by_end(wanted[::-1], codes[first:end][::-1])
    length = int(np.flatnonzero(back == errors)[-1]) if (back == errors).any() else 0
    return Place(errors, end - length, end) if length else None


def _edits_by_end(wanted: _Codes, text: _Codes) -> _Edits:
    """Fewest edits that make a part of the text into what is wanted, by where that part ends."""
    steps = np.arange(len(text) + 1, dtype=np.int32)
    above = np.zeros(len(text) + 1, dtype=np.int32)
    for row, code in enumerate(wanted, start=1):
        here = np.empty_like(above)
        here[0] = row
        here[1:] = np.minimum(above[:-1] + (text != code), above[1:] + 1)
        above = np.minimum.accumulate(here - steps) + steps
    return above


def _codes(text: str) -> _Codes:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _with_loose_letters(place: Place, left: str) -> Place:
    """Takes up to two letters more at either end where the place cuts a word."""
    start, end, gaps = place.start, place.end, (" ", _TAKEN)
    for _ in range(_LOOSE):
        if start > 0 and left[start - 1] not in gaps and left[start] not in gaps:
            start -= 1
        if end < len(left) and left[end] not in gaps and left[end - 1] not in gaps:
            end += 1
    return Place(place.errors, start, end)
