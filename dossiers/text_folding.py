"""Vietnamese text brought to one shape before it is compared; names of people are never stored folded.

Three strengths: ``to_nfc`` keeps everything and only unifies the encoding; ``tone_key`` keeps every tone and
vowel mark but not where the tone sits (hoà = hòa); ``fold`` drops all marks (hoa = hòa = hoá). The old and
the new placement of tones are both in use, even within one paper.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Grave, acute, hook above, tilde, dot below: the five written tones as combining marks.
_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"

#: A run of vowels with their marks: the part of a syllable inside which typists place the tone differently.
_VOWEL_RUN: Final = re.compile("[aeiouy][aeiouy\u0300-\u036f]*")

#: Eth and African d are typed for đ by wrong keyboards and read for it by OCR.
_LOOKALIKES: Final = str.maketrans({"ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ"})

_IS_LOOKALIKE: Final = re.compile("[ðÐɖƉ]")

#: The marks of Vietnamese; what else is dropped is looked up sign by sign, which takes its time.
_COMMON_MARKS: Final = re.compile("[\u0300-\u036f]+")
_DROPPED_CATEGORIES: Final = frozenset({"Mn", "Me", "Cf"})


def to_nfc(text: str) -> str:
    """The same text in Unicode NFC, the only form that Sohoa stores."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Text for matching without tones: lower case, no marks, đ as d, single spaces, no outer spaces.

    Invisible format characters (soft hyphen, zero-width space) disappear too. Folding twice changes nothing.
    """
    decomposed = _decomposed(text)
    bare = _COMMON_MARKS.sub("", decomposed).replace("đ", "d")
    if not bare.isascii():
        bare = "".join([each for each in bare if unicodedata.category(each) not in _DROPPED_CATEGORIES])
    return " ".join(bare.split())


def tone_key(text: str) -> str:
    """Text for matching with tones: equal for the two placements of a tone, different for different tones.

    ``tone_key("hoà") == tone_key("hòa")``, ``tone_key("hoà") != tone_key("hoá")``. Lower case, NFC, single
    spaces. The key is for comparing, not for showing: the tone stands on the last vowel (``ngươì``).
    """
    moved = _VOWEL_RUN.sub(_tone_last, _decomposed(text))
    return " ".join(to_nfc(moved).split())


def _decomposed(text: str) -> str:
    """Small letters and their marks apart, with our đ for those that look like it."""
    parted = unicodedata.normalize("NFD", text)
    if _IS_LOOKALIKE.search(parted):  # seldom; looking every sign up takes longer than all the rest
        parted = parted.translate(_LOOKALIKES)
    return unicodedata.normalize("NFD", parted.lower())


def _tone_last(run: re.Match[str]) -> str:
    letters = "".join(each for each in run.group() if each not in _TONES)
    tones = "".join(each for each in run.group() if each in _TONES)
    return unicodedata.normalize("NFD", letters + tones)
