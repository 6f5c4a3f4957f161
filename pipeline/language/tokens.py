"""Words of a page as the language model sees them: canonical syllables, and classes for everything else.

The builder of the model and the repair read text through this file alone, so that both see the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.language.syllable import canonical, is_syllable

#: End of a clause, of a paragraph, of a cell; also what stands before the first word.
BOUNDARY: Final = "<b>"
#: Anything with a digit.
NUMBER: Final = "<n>"
#: Letters that are no syllable: abbreviations, foreign words, garbage.
OTHER: Final = "<o>"
CLASSES: Final = (BOUNDARY, NUMBER, OTHER)

_CORE: Final = re.compile(r"(\W*)([^\W\d_]+)(\W*)")
_ENDS: Final = re.compile(r"[.:;()!?]")


def tokens(text: str) -> list[str]:
    """Returns the tokens of running text; commas, quotes and dashes are passed over."""
    return [each for word in text.split() for each in word_tokens(word)]


@lru_cache(maxsize=1 << 16)
def word_tokens(word: str) -> tuple[str, ...]:
    """Returns the tokens of one word without white space: at most one, with boundaries around it."""
    before, core, behind = parts(word)
    if core:
        token = (canonical(core) if is_syllable(core) else OTHER,)
        return _boundary(before) + token + _boundary(behind)
    if any(sign.isdigit() for sign in word):
        return (NUMBER, *_boundary(word[-1:]))
    if any(sign.isalpha() for sign in word):
        return (OTHER, *_boundary(word[-1:]))
    return _boundary(word)


@lru_cache(maxsize=1 << 16)
def parts(word: str) -> tuple[str, str, str]:
    """Splits a printed word into what stands before, its letters, and what stands behind.

    The letters are empty where they are not one uninterrupted run: dates, codes, ``NĐ-CP``, ``a/b``.
    """
    found = _CORE.fullmatch(word)
    return (word, "", "") if found is None else (found.group(1), found.group(2), found.group(3))


def _boundary(signs: str) -> tuple[str, ...]:
    return (BOUNDARY,) if _ENDS.search(signs) else ()
