"""Where the labels of a paper stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from classifiers.folding import key_of
from classifiers.layout import Row, Sheet, Token

#: How alike a label and the words on the page must be; short labels must agree exactly.
LEAST_LIKENESS: Final = 0.84
_SHORT: Final = 6
_TINY: Final = 3
#: What may stand before a label at the start of a segment: ``1.``, ``a)``, ``-``, ``(2)``, ``[04]``.
_NUMBERING: Final = re.compile(r"[-–+*•(\[]*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđA-Z]|[IVX]{1,4})?[.)\]:\-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A label found on the page.

    Attributes:
        label: the label as listed.
        row: index of its row in the sheet.
        start: index of its first token in the row.
        stop: index after its last token (an English half after a slash included).
        left: px.
        right: px.
        likeness: 0 to 1.
    """

    label: str
    row: int
    start: int
    stop: int
    left: int
    right: int
    likeness: float


def find_marks(sheet: Sheet, labels: Iterable[str]) -> list[Mark]:
    """Finds every label on the page, from the top down; where two overlap the longer one stays."""
    listed = _listed(tuple(dict.fromkeys(labels)))
    marks = []
    for index, row in enumerate(sheet.rows):
        marks.extend(_marks_of_row(index, row, listed))
    return marks


@dataclass(frozen=True, slots=True)
class _Listed:
    """Labels with their keys, the longest first, and which of them a word may begin."""

    keyed: tuple[tuple[str, str], ...]
    by_first: dict[str, set[int]]
    by_second: dict[str, set[int]]

    def beginning_with(self, word: str) -> set[int]:
        """Labels of whose first two letters the word has one right, a letter more or less allowed for."""
        first = self.by_first.get(word[:1], set())
        return first | self.by_second[word[1]] if word[1:2] in self.by_second else first


@lru_cache(maxsize=128)
def _listed(labels: tuple[str, ...]) -> _Listed:
    keyed = tuple(
        sorted({(key_of(label), label) for label in labels}, key=lambda each: (-len(each[0]), each[1]))
    )
    by_first: dict[str, set[int]] = {}
    by_second: dict[str, set[int]] = {}
    for number, (key, _) in enumerate(keyed):
        for letters, places in ((key[:2], by_first), (key[1:3], by_second)):
            for letter in letters:
                places.setdefault(letter, set()).add(number)
    return _Listed(keyed, by_first, by_second)


def _marks_of_row(index: int, row: Row, listed: _Listed) -> list[Mark]:
    """Longer labels take their words first; the same words go to the label that agrees best."""
    tokens = row.tokens
    starts = _segment_starts(row)
    places: dict[int, list[tuple[int, int, float]]] = {}
    following = "".join(token.key for token in tokens)
    for start, token in enumerate(tokens):
        for number in listed.beginning_with(token.key) if token.key else ():
            key = listed.keyed[number][0]
            stop, likeness = _match(key, tokens, start) if _may_match(key, following) else (0, 0.0)
            if stop:
                places.setdefault(number, []).append((start, stop, likeness))
        following = following[len(token.key) :]
    best: dict[tuple[int, int], float] = {}
    for start, stop, likeness in (place for each in places.values() for place in each):
        best[start, stop] = max(likeness, best.get((start, stop), 0.0))
    taken: list[Mark] = []
    for number in sorted(places):
        for start, stop, likeness in sorted(places[number], key=lambda place: (-place[2], place[0])):
            if likeness < best[start, stop] or any(start < mark.stop and mark.start < stop for mark in taken):
                continue
            label = listed.keyed[number][1]
            if _is_label(tokens, start, stop, starts) and _is_meant(label, tokens, start, stop):
                taken.append(_mark(label, index, tokens, start, stop, likeness))
    return sorted(taken, key=lambda mark: mark.start)


def _mark(label: str, row: int, tokens: Sequence[Token], start: int, stop: int, likeness: float) -> Mark:
    return Mark(
        label=label,
        row=row,
        start=start,
        stop=stop,
        left=tokens[start].box.left,
        right=tokens[stop - 1].box.right,
        likeness=likeness,
    )


@lru_cache(maxsize=4096)
def _slack(key: str) -> int:
    """How many letters more or fewer than its own the words on the page may have."""
    return 0 if len(key) <= _SHORT else max(1, len(key) // 7)


def _may_match(key: str, following: str) -> bool:
    """Whether the letters from a word on can be the label at all: quick, and never wrong where they are.

    Words that match are at most ``edits`` away from the label and ``slack`` letters longer or shorter.
    """
    slack = _slack(key)
    if not slack:
        return following.startswith(key)
    edits = int((1 - LEAST_LIKENESS) * (len(key) + slack))
    most = edits + slack
    return Levenshtein.distance(key, following[: len(key)], score_cutoff=most) <= most


def _match(key: str, tokens: Sequence[Token], start: int) -> tuple[int, float]:
    """Returns the index after the last token of the best match from ``start`` on, 0 where none fits."""
    slack = _slack(key)
    least = 1.0 if len(key) <= _SHORT else LEAST_LIKENESS
    joined, best_stop, best = "", 0, 0.0
    for at in range(start, len(tokens)):
        joined += tokens[at].key
        if len(joined) > len(key) + slack or (at > start and tokens[at - 1].text.endswith(":")):
            break  # a label ends at its colon, however alike the value makes it
        if len(joined) < len(key) - slack or not tokens[at].key:
            continue
        likeness = Levenshtein.normalized_similarity(key, joined)
        if likeness >= least and likeness > best:
            best_stop, best = at + 1, likeness
    return best_stop, best


def _segment_starts(row: Row) -> set[int]:
    """Token indexes at which a label may begin: segment starts, past numbering."""
    starts: set[int] = set()
    at = 0
    for segment in row.segments:
        place = at
        starts.add(place)
        while place < at + len(segment.tokens) - 1 and _is_before_label(segment.tokens[place - at]):
            place += 1
            starts.add(place)
        at += len(segment.tokens)
    return starts


def _is_before_label(token: Token) -> bool:
    """Whether a word at the start of a segment is an item number, or dirt without a letter or digit."""
    return not token.key or _NUMBERING.fullmatch(token.text) is not None


def _is_meant(label: str, tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether a label of two or three letters is one: it has a colon or its very marks, or else is a name.

    Behind a colon it needs a colon of its own: an address begins with ``Số 105``.
    """
    if sum(len(token.key) for token in tokens[start:stop]) > _TINY:
        return True
    after = tokens[stop].text if stop < len(tokens) else ""
    text = " ".join(token.text for token in tokens[start:stop])
    if text.endswith(":") or after.startswith(":"):
        return True
    is_behind_colon = start > 0 and tokens[start - 1].text.endswith(":")
    return not is_behind_colon and text.strip(".,;").casefold() == label.casefold()


def _is_label(tokens: Sequence[Token], start: int, stop: int, starts: set[int]) -> bool:
    """A label begins a segment or ends with a colon (or a slash to its English half)."""
    if start in starts or (start > 0 and tokens[start - 1].text.endswith((":", ";"))):
        return True
    last = tokens[stop - 1].text
    after = tokens[stop].text if stop < len(tokens) else ""
    return last.endswith((":", "/")) or after.startswith((":", "/"))
