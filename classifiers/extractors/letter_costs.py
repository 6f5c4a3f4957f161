"""What the letters of one word cost in several readings, by their marks.

Recognition loses marks, it hardly ever sees one that is not printed: where a letter with a mark more is
nearly as likely as one without, and likelier by far than with any other mark, the mark is there. On names
printed ``NGUYÊN`` the sign ``Ễ`` costs at least 20 more than ``Ê``; on those printed ``NGUYỄN`` that the
engine reads as ``NGUYÊN`` it costs 1 to 14 more, and ``Ế`` and ``Ề`` cost ten more again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

#: What a sign costs at most, and where the engine does not think of it at all.
_MOST: Final = 30.0
#: What another sign than the first reading's costs in that reading: it tells no doubts.
_OTHER_AT_FIRST: Final = 10.0
#: A sign with one mark more is taken where it costs at most this much more, on average.
_LOST_MARK: Final = 9.0
#: All other marks cost so much more than that one, on average; else the print is blurred.
_STANDS_OUT: Final = 5.0
#: So many readings are needed for it.
_READINGS: Final = 2
#: A letter is clear where every other sign costs this much more.
_CLEAR: Final = 15.0
_VIETNAMESE: Final = frozenset(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)


class LetterCosts:
    """The costs of one word.

    Args:
        first: the word as it was read at first; its letters stay, its marks are asked for.
    """

    def __init__(self, first: str) -> None:
        self._first = unicodedata.normalize("NFC", first)
        self._readings: list[list[Mapping[str, float]]] = []

    def add(self, letters: Sequence[Mapping[str, float]]) -> None:
        """Counts one reading: what each letter may be, with its costs; one of another length is left out."""
        if len(letters) == len(self._first):
            self._readings.append([_lowered(costs) for costs in letters])

    @property
    def is_clear(self) -> bool:
        """Whether each letter was read once more, as at first and as nothing else."""
        if not self._readings:
            return False
        return all(self._is_clear(place) for place in range(len(self._first)))

    def best(self) -> str:
        """The word with the likeliest marks, in the capitals of the first reading."""
        if not self._readings:
            return self._first
        return "".join(self._best(place) for place in range(len(self._first)))

    def extra_of(self, other: str) -> float:
        """What another word of the same letters costs more than the first, on average over the readings.

        Returns:
            0 where the engine takes either for as likely; at most ``_MOST`` for each letter. ``_MOST`` where
            nothing was read again, or the words differ in length.
        """
        if not self._readings or len(other) != len(self._first):
            return _MOST
        extra = 0.0
        for place, (mine, its) in enumerate(zip(self._first.lower(), other.lower(), strict=True)):
            if mine != its:
                extra += sum(
                    min(_MOST, reading[place].get(its, _MOST)) - min(_MOST, reading[place].get(mine, _MOST))
                    for reading in self._readings
                ) / len(self._readings)
        return extra

    def _is_clear(self, place: int) -> bool:
        means = self._means(place)
        own = means.pop(self._first[place].lower(), _MOST)
        return min(means.values(), default=_MOST) - own >= _CLEAR

    def _best(self, place: int) -> str:
        sign, means = self._first[place], self._means(place)
        if not means:
            return sign
        best = min(means, key=lambda each: means[each])
        found = self._fuller(best, means) or best
        if _marks(found) < _marks(sign.lower()):
            return sign  # marks are lost, and hardly ever seen where none are printed
        return found.upper() if sign.isupper() else found

    def _fuller(self, best: str, means: Mapping[str, float]) -> str | None:
        """The sign with a mark more than the likeliest that is nearly as likely, and no other is."""
        others = sorted((each for each in means if each != best), key=lambda each: means[each])
        if len(self._readings) < _READINGS or not others or not _marks(others[0]) > _marks(best):
            return None
        next_cost = means[others[1]] if len(others) > 1 else _MOST
        is_near = means[others[0]] - means[best] <= _LOST_MARK
        return others[0] if is_near and next_cost - means[others[0]] >= _STANDS_OUT else None

    def _means(self, place: int) -> dict[str, float]:
        """Mean cost of each sign with the letter of the first reading."""
        first = self._first[place].lower()
        signs = {sign for reading in self._readings for sign in reading[place]} | {first}
        possible = [sign for sign in signs if sign in _VIETNAMESE and _letter(sign) == _letter(first)]
        count = len(self._readings) + 1
        return {
            sign: (
                (0.0 if sign == first else _OTHER_AT_FIRST)
                + sum(min(_MOST, reading[place].get(sign, _MOST)) for reading in self._readings)
            )
            / count
            for sign in possible
        }


def _lowered(costs: Mapping[str, float]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for sign, cost in costs.items():
        small = unicodedata.normalize("NFC", sign).lower()
        found[small] = min(cost, found.get(small, _MOST))
    return found


def _letter(sign: str) -> str:
    """The letter without its marks; đ is a letter of its own."""
    return unicodedata.normalize("NFD", sign)[0]


def _marks(sign: str) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFD", sign)[1:])
