"""Which words deserve a second look, and how much a reading looks like something people print."""

from __future__ import annotations

import re
from typing import Final

from pipeline.language.syllable import is_syllable
from pipeline.language.tokens import parts
from pipeline.text import Word

#: Words read more surely than this are left alone.
SURE: Final = 0.8
#: The same for a single letter or digit, which is often unsure and seldom wrong.
_SURE_ALONE: Final = 0.6
#: Capitals that are no syllable may be an abbreviation of up to so many letters.
_LONGEST_ABBREVIATION: Final = 6
_ROMAN: Final = re.compile(r"[IVXL]+")
#: Letters and digits, or clauses, run into each other: ``tầng1``, ``cấp.ngày``, ``viênChức``.
_RUN_TOGETHER: Final = re.compile(r"[^\W\d_]{2,}\d|\d[^\W\d_]{3,}|[^\W\d_][.,;:]+[^\W\d_]")
#: Signs that stand before and behind words.
_OPENERS: Final = "([\"“'-/"
_CLOSERS: Final = ',.;:)/"”?%]'


def is_doubtful(word: Word) -> bool:
    """Returns whether a word was read unsurely or is nothing that is printed."""
    signs = letters_of(word.text)
    if not signs:
        return False
    return word.confidence < (SURE if len(signs) > 1 else _SURE_ALONE) or _is_odd(word.text)


def letters_of(text: str) -> str:
    """Returns the letters and digits of a text, without anything else."""
    return "".join(sign for sign in text if sign.isalnum())


def is_numeric(text: str) -> bool:
    """Returns whether a text holds a digit or is a Roman numeral: nothing that language can correct."""
    return any(sign.isdigit() for sign in text) or _ROMAN.fullmatch(letters_of(text)) is not None


def plausibility(text: str) -> float:
    """Returns how much every word looks like print, 0 (rubbish) to 1 (Vietnamese syllables)."""
    words = text.split()
    total = sum(len(word) for word in words)
    return sum(_plausibility(word) * len(word) for word in words) / total if total else 0.0


def _is_odd(text: str) -> bool:
    _, core, _ = parts(text)
    if core:
        return len(core) > 1 and not is_syllable(core) and not _is_abbreviation(core)
    has_letters = any(sign.isalpha() for sign in text)
    return has_letters and not any(sign.isdigit() or sign in "@/-." for sign in text)


def _plausibility(word: str) -> float:
    if not letters_of(word):
        return 0.5 if word in "-+|/&" else 0.0
    before, core, behind = parts(word)
    if not core:
        usual = 0.7 if any(sign.isdigit() for sign in word) else 0.4
        return 0.2 if _RUN_TOGETHER.search(word) else usual
    found = 1.0 if is_syllable(core) else 0.6 if _is_abbreviation(core) else 0.1
    if not (core.islower() or core.isupper() or core[1:].islower()):
        found *= 0.3
    return found * 0.5 if before.strip(_OPENERS) or behind.strip(_CLOSERS) else found


def _is_abbreviation(core: str) -> bool:
    return core.isupper() and len(core) <= _LONGEST_ABBREVIATION
