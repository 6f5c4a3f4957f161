"""The check digit of ICAO Doc 9303: weights 7, 3, 1; letters count from A = 10, the filler as 0."""

from __future__ import annotations

from typing import Final

_WEIGHTS: Final = (7, 3, 1)
_SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_digit(text: str) -> str:
    """Computes the check digit of a field.

    Args:
        text: digits, capital letters A to Z and ``<``; any other sign counts as the filler.
    """
    total = sum(_value(sign) * _WEIGHTS[place % 3] for place, sign in enumerate(text))
    return str(total % 10)


def _value(sign: str) -> int:
    return max(0, _SIGNS.find(sign))
