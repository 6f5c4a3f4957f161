"""Letters and their marks: tones, vowel qualities and đ, taken apart and put together."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Tone(StrEnum):
    """The six tones; the value is the combining mark that writes it, empty for the level tone."""

    NGANG = ""
    HUYEN = "\u0300"
    SAC = "\u0301"
    HOI = "\u0309"
    NGA = "\u0303"
    NANG = "\u0323"


_TONES: Final = {tone.value: tone for tone in Tone if tone.value}
_QUALITIES: Final = frozenset("\u0302\u0306\u031b")


@lru_cache(maxsize=1 << 14)
def split_tone(text: str) -> tuple[str, Tone, int]:
    """Takes the tone off a syllable.

    Returns:
        The text without its tone (NFC, vowel qualities kept), the tone, and the place of the letter that
        bore it, -1 for the level tone. Of several tone marks the last counts.
    """
    letters: list[str] = []
    tone, place = Tone.NGANG, -1
    for sign in unicodedata.normalize("NFD", text):
        if sign in _TONES:
            tone, place = _TONES[sign], len(letters) - 1
        elif unicodedata.combining(sign) and letters:
            letters[-1] += sign
        else:
            letters.append(sign)
    return unicodedata.normalize("NFC", "".join(letters)), tone, place


@lru_cache(maxsize=1 << 14)
def skeleton(text: str) -> str:
    """Returns the text without tones and vowel qualities, đ as d; one letter for each letter of NFC text."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in apart if sign not in _TONES and sign not in _QUALITIES)


def with_case_of(pattern: str, text: str) -> str:
    """Returns ``text`` with the capitals of ``pattern``, which has as many letters."""
    return "".join(
        sign.upper() if model.isupper() else sign for model, sign in zip(pattern, text, strict=True)
    )
