"""What is left of the English half of a label, and would otherwise begin the value of a card.

Cards print ``Nơi cư trú / Place of residence`` in small letters. Where recognition spoils the English half,
the Vietnamese half is still found as a label, and the rest stands before the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from classifiers.extractors.rules import FieldRule, Kind
from classifiers.folding import key_of
from classifiers.layout import Token

#: Between the halves of a label.
_SLASH: Final = " / "
#: An English half has at most so many words; fewer letters than these tell nothing.
_MOST_WORDS: Final = 6
_LEAST_LETTERS: Final = 6
#: How alike words and the English half are at least; no value of a card is so like a label.
_LEAST_LIKENESS: Final = 0.5
#: Values of these kinds begin with a capital or a digit.
_BEGIN_LARGE: Final = frozenset({Kind.ADDRESS, Kind.TEXT})


def without_english_half(tokens: Sequence[Token], rule: FieldRule) -> list[Token]:
    """Returns the words beside a label without what is left of the label's English half.

    Args:
        tokens: the words beside the label, left to right.
        rule: whose labels tell the English half; one without such labels leaves all words.
    """
    halves = {key_of(label.split(_SLASH)[1]) for label in rule.labels if _SLASH in label}
    if not halves:
        return list(tokens)
    rest = list(tokens[_words_of_half(tokens, halves) :])
    if rule.kind not in _BEGIN_LARGE:
        return rest
    begun = next((at for at, token in enumerate(rest) if _is_large(token.text)), 0)
    return rest[begun:]


def _words_of_half(tokens: Sequence[Token], halves: set[str]) -> int:
    """How many words are alike to an English half; 0 where none are."""
    best, count, joined = 0.0, 0, ""
    for at, token in enumerate(tokens[:_MOST_WORDS]):
        joined += token.key
        likeness = max(Levenshtein.normalized_similarity(joined, half) for half in halves)
        if len(joined) >= _LEAST_LETTERS and likeness >= _LEAST_LIKENESS and likeness > best:
            best, count = likeness, at + 1
    return count


def _is_large(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit()
