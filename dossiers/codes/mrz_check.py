"""The check digit of machine-readable zones and of everything that borrows it (ICAO Doc 9303-3, 4.9).

Weights 7, 3, 1 repeat from the left; digits count as themselves, A to Z as 10 to 35, the filler ``<`` as 0.
"""

from __future__ import annotations

from typing import Final

_WEIGHTS: Final = (7, 3, 1)
_VALUES: Final = {
    character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
} | {"<": 0}


def check_digit(characters: str) -> int | None:
    """The digit (0 to 9) that belongs behind these characters.

    ``None`` where a character may not stand in a machine-readable zone (lower case, blanks, accents).
    """
    total = 0
    for place, character in enumerate(characters):
        value = _VALUES.get(character)
        if value is None:
            return None
        total += value * _WEIGHTS[place % 3]
    return total % 10


def check_holds(characters: str, digit: str) -> bool:
    """Whether ``digit`` is the check digit of ``characters``; ``False`` too where either cannot be read."""
    expected = check_digit(characters)
    return expected is not None and digit == str(expected)
