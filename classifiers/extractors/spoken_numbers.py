"""Quantities in words, as land certificates repeat an area: ``Một trăm bốn mươi phẩy sáu mét vuông``."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import Levenshtein

from classifiers.extractors.spoken import number_in_words
from classifiers.folding import key_of

_POINTS: Final = ("phẩy", "phảy", "chấm")
#: Larger areas are compared by nobody: words for them differ too much.
_MOST: Final = 999_999
#: Words so alike may be the expected ones misread: nothing can be said.
_UNDECIDED: Final = 0.9
_UNIT: Final = key_of("mét vuông")


def says_quantity(value: str, words: str) -> bool | None:
    """Tells whether words say a quantity.

    Args:
        value: digits with a decimal point.
        words: as read, a unit behind them allowed.

    Returns:
        ``None`` where the quantity is out of range, or the words differ so little that they may be misread.
    """
    whole, _, part = value.partition(".")
    if not whole.isdigit() or int(whole) > _MOST or not (part == "" or part.isdigit()):
        return None
    said = key_of(words).partition(_UNIT)[0]
    number = number_in_words(int(whole))
    texts = [key_of(f"{number} {point} {_decimals(part)}") for point in _POINTS] if part else [key_of(number)]
    if said in texts:
        return True
    nearest = max(Levenshtein.normalized_similarity(text, said) for text in texts)
    return None if nearest >= _UNDECIDED else False


def _decimals(part: str) -> str:
    words = number_in_words(int(part))
    return f"không {words}" if part.startswith("0") else words
