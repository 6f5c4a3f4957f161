"""How much of what an engine read is language: the judge between the ways a page may stand."""

from __future__ import annotations

from typing import Final

from pipeline.text import PageText, Word
from pipeline.vietnamese import is_syllable

_LEAST_CONFIDENCE: Final = 0.6
#: Below this mean confidence a page may stand the wrong way.
_SURE_CONFIDENCE: Final = 0.7
#: At least this share of the letters must be language for the same.
_SURE_SHARE: Final = 0.5


def legible_letters(text: PageText) -> int:
    """Returns the number of letters and digits in words that were read surely and can be Vietnamese."""
    return sum(len(word.text) for word in text.words if _is_legible(word))


def reads_well(text: PageText) -> bool:
    """Returns whether a page surely stands the right way: enough of it is language."""
    total = sum(len(word.text) for word in text.words)
    return total > 0 and text.confidence >= _SURE_CONFIDENCE and legible_letters(text) >= _SURE_SHARE * total


def _is_legible(word: Word) -> bool:
    letters = "".join(each for each in word.text if each.isalnum())
    if word.confidence < _LEAST_CONFIDENCE or not letters:
        return False
    return letters.isdigit() or is_syllable(letters) or (letters.isupper() and letters.isalpha())
