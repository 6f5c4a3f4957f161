"""The shape of a Vietnamese syllable: onset, glide, nucleus, coda and tone.

The shapes are closed: every rhyme that the language uses is listed, and the stop codas c, ch, p, t take only
the tones sắc and nặng. Both ways of placing the tone (hòa and hoà) are read; which one is written is chosen.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from pipeline.language.marks import Tone, split_tone

#: Longest first, so that ``ngh`` is found before ``n``.
_ONSETS: Final = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
)  # fmt: skip
#: Nucleus and the codas it takes; ``-`` is no coda. i, y, o, u at the end are the off-glides.
_RHYMES: Final = {
    "a": "- c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- ch m n nh p t u",
    "i": "- ch m n nh p t u",
    "ia": "-",
    "iê": "c m n ng p t u",
    "o": "- c i m n ng p t",
    "oo": "c ng",
    "ô": "- c i m n ng p t",
    "ơ": "- i m n p t",
    "u": "- c i m n ng p t",
    "ua": "-",
    "uô": "c i m n ng p t",
    "ư": "- c i m n ng t u",
    "ưa": "-",
    "ươ": "c i m n ng p t u",
    "y": "-",
    "yê": "m n ng t u",
}  # fmt: skip
#: The same behind the glide, which is written o before a, ă, e and u elsewhere (and always behind q).
_GLIDED: Final = {
    "o": {"a": "- c ch i m n ng nh o p t y", "ă": "c m n ng p t", "e": "- m n o t"},
    "u": {"â": "- n ng t y", "ê": "- ch n nh t", "ơ": "- n", "y": "- ch n nh p t u", "ya": "-", "yê": "n t"},
}  # fmt: skip
_BEHIND_Q: Final = {
    "a": "- c ch i m n ng nh o p t u y", "ă": "c m n ng p t", "â": "n ng t y", "e": "- n o t",
    "ê": "- ch n nh t", "i": "- t n nh ch u", "ơ": "- i n", "y": "- ch n nh t p u", "ya": "-", "yê": "n t",
    "ô": "c",
}  # fmt: skip
_TONE_MARKS: Final = frozenset(tone.value for tone in Tone if tone.value)
_STOPS: Final = frozenset(("c", "ch", "p", "t"))
_TONES_OF_STOPS: Final = frozenset((Tone.SAC, Tone.NANG))


class Placement(StrEnum):
    """Where an open glided syllable bears its tone."""

    OLD = "hòa"
    NEW = "hoà"


@dataclass(frozen=True, slots=True, kw_only=True)
class Syllable:
    """A syllable in lower case; ``glide`` and ``coda`` may be empty."""

    onset: str
    glide: str
    nucleus: str
    coda: str
    tone: Tone

    @property
    def toneless(self) -> str:
        """The letters without the tone."""
        shared = self.onset == "gi" and self.nucleus[0] == "i"
        return self.onset + self.glide + (self.nucleus[1:] if shared else self.nucleus) + self.coda


def is_syllable(text: str) -> bool:
    """Returns whether the text (any case, NFC or NFD) is one well-formed syllable."""
    return parse(text) is not None


@lru_cache(maxsize=1 << 14)
def parse(text: str) -> Syllable | None:
    """Takes a syllable apart; ``None`` where the text is none. The place of the tone is not judged."""
    lower = unicodedata.normalize("NFC", text).lower()
    if not lower or sum(sign in _TONE_MARKS for sign in unicodedata.normalize("NFD", lower)) > 1:
        return None
    letters, tone, _ = split_tone(lower)
    found = _shapes().get(letters)
    if found is None or (found.coda in _STOPS and tone not in _TONES_OF_STOPS):
        return None
    return replace(found, tone=tone)


def compose(syllable: Syllable, placement: Placement = Placement.OLD) -> str:
    """Writes a syllable in lower case, NFC."""
    letters = syllable.toneless
    if syllable.tone is Tone.NGANG:
        return letters
    at = _tone_place(syllable, placement)
    return unicodedata.normalize("NFC", letters[: at + 1] + syllable.tone.value + letters[at + 1 :])


@lru_cache(maxsize=1 << 14)
def canonical(text: str) -> str:
    """Returns a syllable in lower case with its tone placed the old way; other text merely in lower case."""
    found = parse(text)
    return unicodedata.normalize("NFC", text).lower() if found is None else compose(found)


def placement_of(text: str) -> Placement | None:
    """Returns how the text places its tone; ``None`` where both ways are the same or it is no syllable."""
    found = parse(text)
    if found is None:
        return None
    old, new = compose(found, Placement.OLD), compose(found, Placement.NEW)
    if old == new:
        return None
    return Placement.NEW if unicodedata.normalize("NFC", text).lower() == new else Placement.OLD


def _tone_place(syllable: Syllable, placement: Placement) -> int:
    """Returns the index of the letter that bears the tone."""
    rhyme = len(syllable.toneless) - len(syllable.coda) - len(syllable.nucleus)
    is_open_glided = bool(syllable.glide) and not syllable.coda and syllable.nucleus in ("a", "e", "y")
    if is_open_glided and placement is Placement.OLD:
        return rhyme - 1
    is_second = syllable.nucleus in ("iê", "yê", "uô", "ươ", "oo")
    return rhyme + int(is_second)


@cache
def _shapes() -> dict[str, Syllable]:
    """Every toneless spelling with its parts; of two readings the first listed counts."""
    made: dict[str, Syllable] = {}
    for onset in ("", *_ONSETS):
        for syllable in _with_onset(onset):
            made.setdefault(syllable.toneless, syllable)
    return made


def _with_onset(onset: str) -> list[Syllable]:
    if onset == "qu":
        return _made(onset, "", _BEHIND_Q)
    made = _made(onset, "", {each: codas for each, codas in _RHYMES.items() if _goes(onset, each)})
    if onset not in ("gi", "gh", "ngh", "k", "p"):
        for glide, rhymes in _GLIDED.items():
            made += _made(onset, glide, rhymes)
    return made


def _goes(onset: str, nucleus: str) -> bool:
    """Whether spelling lets a nucleus stand behind an onset: k, gh and ngh before e, ê, i only."""
    front = nucleus[0] in "eêiy"
    if onset in ("gh", "ngh"):
        return front
    if onset == "k":
        return front or nucleus == "a"
    if onset in ("c", "g", "ng"):
        return not front
    if nucleus == "yê":
        return onset == ""
    return True


def _made(onset: str, glide: str, rhymes: dict[str, str]) -> list[Syllable]:
    return [
        Syllable(onset=onset, glide=glide, nucleus=nucleus, coda="" if coda == "-" else coda, tone=Tone.NGANG)
        for nucleus, codas in rhymes.items()
        for coda in codas.split()
    ]
