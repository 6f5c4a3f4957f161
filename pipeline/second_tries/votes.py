"""Several readings of one place: words set side by side, and one of them chosen for each.

Readings vote with their confidence, the more the likelier the word looks like print. Marks alone are not
voted on while the first reading is a possible word: the language layer decides them, from the readings kept
as alternatives. Numbers change only where the tries agree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from pipeline.language.marks import skeleton
from pipeline.second_tries.doubts import is_numeric, letters_of, plausibility
from pipeline.text import Word

#: Words that share this much of the narrower one's width are readings of the same print.
_SAME_PLACE: Final = 0.4
#: What the first reading has ahead: it saw the whole line.
_FIRST: Final = 0.25
#: What a reading counts that saw nothing.
_NOTHING: Final = 0.35
#: A reading counts at least this part of its confidence, however little it looks like print.
_LEAST_PART: Final = 0.4
#: A first reading below this may lose a number, or its marks, to tries that agree this surely.
_WEAK: Final = 0.5
_WEAK_NUMBER: Final = 0.6
_AGREED_NUMBER: Final = 0.7
_AGREED_MARKS: Final = 0.9
#: Words that only the tries saw count if two agree, or one is this sure.
_AGREED_NEW: Final = 0.6
_SURE_NEW: Final = 0.85
#: Readings of so few letters below these confidences may be rubbish; numbers are given up later.
_LONGEST_RUBBISH: Final = 4
_RUBBISH: Final = 0.45
_RUBBISH_NUMBER: Final = 0.3
#: Below this the engine itself calls its reading noise.
_NOISE: Final = 0.2
#: A replacement that only one reading has must be as plausible.
_LEAST_PLAUSIBLE: Final = 0.3
_DOT_BELOW: Final = "\u0323"

#: One place: for every reading the words that it has there, the first reading first.
Slot = list[list[Word]]


def slots_of(readings: Sequence[Sequence[Word]]) -> list[Slot]:
    """Sets readings side by side: words whose boxes share a part of the line come into one slot.

    Args:
        readings: words from left to right, boxes in px of one picture.
    """
    marked = sorted(
        ((word, number) for number, words in enumerate(readings) for word in words),
        key=lambda item: (item[0].box.left, item[1]),
    )
    groups: list[list[tuple[Word, int]]] = []
    for word, number in marked:
        met = [group for group in groups if any(_is_same(word, other) for other, by in group if by != number)]
        joined = [member for group in met for member in group]
        groups = [group for group in groups if group not in met]
        groups.append([*joined, (word, number)])
    groups.sort(key=lambda group: min(word.box.left for word, _ in group))
    return [[_words_of(group, number) for number in range(len(readings))] for group in groups]


def choose(slot: Slot) -> Sequence[Word]:
    """Returns the words that stand in a slot, none where it holds nothing but rubbish."""
    texts = [text_of(words) for words in slot]
    sure = [confidence_of(words) for words in slot]
    first = texts[0]
    if not any(letters_of(text) for text in texts):
        return slot[0] if sure[0] >= _WEAK else ()
    best = _most_votes(texts, sure)
    if best == first:
        best = "" if _is_rubbish(texts, sure) else first
    else:
        best = _replacing(best, texts, sure) if first else _appearing(best, texts, sure)
    if not best:
        return ()
    return slot[max((at for at, text in enumerate(texts) if text == best), key=lambda at: sure[at])]


def text_of(words: Sequence[Word]) -> str:
    """Returns words joined by single spaces."""
    return " ".join(word.text for word in words)


def confidence_of(words: Sequence[Word]) -> float:
    """Returns the mean confidence weighted by length; 0 for no word."""
    total = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / total if total else 0.0


def _most_votes(texts: Sequence[str], sure: Sequence[float]) -> str:
    votes: dict[str, float] = {}
    for text, confidence in zip(texts, sure, strict=True):
        part = _LEAST_PART + (1 - _LEAST_PART) * plausibility(text)
        votes[text] = votes.get(text, 0.0) + (confidence * part if text else _NOTHING)
    if texts[0]:
        votes[texts[0]] += _FIRST
    return max(votes, key=lambda text: votes[text])


def _replacing(best: str, texts: Sequence[str], sure: Sequence[float]) -> str:
    """Returns ``best`` if it may stand for the first reading, else that, or nothing for rubbish."""
    first = texts[0]
    agreeing = [confidence for text, confidence in zip(texts, sure, strict=True) if text == best]
    is_agreed = len(agreeing) > 1
    if not letters_of(best) or (not is_agreed and plausibility(best) < _LEAST_PLAUSIBLE):
        return "" if _is_rubbish(texts, sure) else first
    is_possible = plausibility(first) > _WEAK
    if (is_numeric(first) or is_numeric(best)) and is_possible:
        limit = _AGREED_NUMBER if sure[0] < _WEAK_NUMBER else _AGREED_MARKS
        may = is_agreed and min(agreeing) > limit
    elif is_possible and _differ_in_marks(first, best):
        is_clear = is_agreed and sure[0] < _WEAK and max(agreeing) > _AGREED_MARKS
        may = is_clear and not _has_dot_more(best, first)
    else:
        may = True
    return best if may else first


def _appearing(best: str, texts: Sequence[str], sure: Sequence[float]) -> str:
    """Returns ``best`` if it may stand where the first reading saw nothing."""
    surest = max(confidence for text, confidence in zip(texts, sure, strict=True) if text == best)
    is_agreed = texts.count(best) > 1 and surest > _AGREED_NEW and plausibility(best) > _WEAK
    return best if is_agreed or (surest > _SURE_NEW and plausibility(best) > _AGREED_MARKS) else ""


def _is_rubbish(texts: Sequence[str], sure: Sequence[float]) -> bool:
    """Whether the first reading is a few signs that the tries mostly do not see, or each see otherwise."""
    first = texts[0]
    if len(letters_of(first)) > _LONGEST_RUBBISH or sure[0] >= (
        _RUBBISH_NUMBER if is_numeric(first) else _RUBBISH
    ):
        return False
    seen = sum(bool(letters_of(text)) for text in texts[1:])
    is_noise = sure[0] < _NOISE and len(set(texts)) == len(texts) and not _is_any_print(texts[1:], sure[1:])
    return 2 * seen <= len(texts) - 1 or is_noise


def _is_any_print(texts: Sequence[str], sure: Sequence[float]) -> bool:
    return any(each * plausibility(text) > _WEAK for text, each in zip(texts, sure, strict=True))


def _differ_in_marks(one: str, other: str) -> bool:
    letters, others = letters_of(one), letters_of(other)
    return letters != others and skeleton(letters).lower() == skeleton(others).lower()


def _has_dot_more(one: str, other: str) -> bool:
    """Whether only dots below make the difference: dots of leaders look like them."""
    dots = [unicodedata.normalize("NFD", letters_of(text)) for text in (one, other)]
    return dots[0].replace(_DOT_BELOW, "") == dots[1].replace(_DOT_BELOW, "") and len(dots[0]) > len(dots[1])


def _is_same(one: Word, other: Word) -> bool:
    shared = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return shared > _SAME_PLACE * min(one.box.right - one.box.left, other.box.right - other.box.left)


def _words_of(group: Sequence[tuple[Word, int]], number: int) -> list[Word]:
    return sorted((word for word, by in group if by == number), key=lambda word: word.box.left)
