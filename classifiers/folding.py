"""Matching of Vietnamese text without regard to tones, case, typing habits and common misreadings.

Recognition loses tone marks far more often than letters, and people type HÒA and HOÀ, Uỷ and Ủy, a hyphen
or an en dash. Everything that looks for a known phrase goes through here; names of people are never stored
folded.
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import Levenshtein

from dossiers import text_folding

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES: Final = {ord("’"): "'", ord("‘"): "'", ord("`"): "'", ord("“"): '"', ord("”"): '"'}
_CHARACTERS: Final = _DASHES | _QUOTES
_IS_CHARACTER: Final = re.compile("[" + "".join(map(chr, _CHARACTERS)) + "]")
#: Signs that recognition takes for each other in printed words; only for matching, never in a value.
_LOOKALIKES: Final = {ord("0"): "o", ord("1"): "i", ord("l"): "i", ord("|"): "i", ord("!"): "i"}
#: What no key holds.
_NO_KEY: Final = re.compile("[^a-z0-9]+")
#: Less alike than this is not alike at all.
_LEAST_LIKENESS: Final = 0.5


def fold(text: str) -> str:
    """Returns the text in small letters without tones, with ``d`` for đ, one dash and single spaces."""
    folded = text_folding.fold(text)
    # Looking every sign up takes longer than all the rest.
    return folded.translate(_CHARACTERS) if _IS_CHARACTER.search(folded) else folded


def key_of(text: str) -> str:
    """Returns the squeezed text with look-alike signs made equal: the form in which phrases are compared."""
    folded = fold(text).translate(_LOOKALIKES)
    return _NO_KEY.sub("", folded)


def likeness(expected: str, found: str) -> float:
    """Tells how alike two texts are for matching, 0 to 1; 1 when they differ in tones and spacing only."""
    return Levenshtein.normalized_similarity(key_of(expected), key_of(found))


def begins_like(expected_key: str, found_key: str, least: float = _LEAST_LIKENESS) -> float:
    """Tells how well the found key starts with the expected one, ``least`` to 1, or 0 for less.

    A letter too many or too few in the found text is allowed for by comparing with prefixes of nearly the
    same length. The higher ``least``, the sooner the comparison ends; see ``key_of``.
    """
    size = len(expected_key)
    if not size or len(found_key) < size * 0.8:
        return 0.0
    if found_key.startswith(expected_key):
        return 1.0
    slack, best = max(1, size // 12), 0.0
    # Texts that much apart within the longest prefix are farther apart within all of them.
    most = int((1 - least) * (size + slack) + 1e-6) + 2 * slack
    if Levenshtein.distance(expected_key, found_key[: size + slack], score_cutoff=most) > most:
        return 0.0
    for end in range(size - slack, size + slack + 1):
        # The bar lets the comparison end early; it is rounded inside, so that it must lie a little lower.
        bar = max(best, least - 1e-4)
        best = max(best, Levenshtein.normalized_similarity(expected_key, found_key[:end], score_cutoff=bar))
    return best


def is_within(expected_key: str, found_key: str, least: float = 0.88) -> bool:
    """Says whether the expected key occurs somewhere in the found one, allowing for a few wrong letters."""
    if expected_key in found_key:
        return True
    if len(expected_key) < 8:
        return False
    return _has_window(expected_key, found_key, least)


def _has_window(expected: str, found: str, least: float) -> bool:
    """Compares the expected key with windows of the found one that share a quarter of it exactly."""
    size = len(expected)
    quarter = max(3, size // 4)
    most = int((1 - least) * size + 1e-6)
    for offset in range(0, size - quarter + 1, quarter):
        piece = expected[offset : offset + quarter]
        at = found.find(piece)
        while at >= 0:
            start = max(0, at - offset)
            window = found[start : start + size]
            if Levenshtein.distance(expected, window, score_cutoff=most) <= most:
                return True
            at = found.find(piece, at + 1)
    return False
