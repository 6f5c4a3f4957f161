"""Dates and numbers in words, as forms repeat them behind the figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_UNITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MONTHS: Final = (
    "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
)  # fmt: skip
_FIRST_YEAR: Final = 1930
_LAST_YEAR: Final = 2039


def spoken_dates() -> Iterator[str]:
    """Yields every day of a month and every month of a year once, spread over the years."""
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1):
        for month, name in enumerate(_MONTHS):
            day = (7 * year + 5 * month) % 31 + 1
            yield f"ngày {spoken(day)} tháng {name} năm {spoken_year(year)}"


def spoken(number: int) -> str:
    """Returns a number from 0 to 99 in words."""
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _UNITS[unit]
    if tens == 1:
        return "mười" if unit == 0 else f"mười {'lăm' if unit == 5 else _UNITS[unit]}"
    last = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(unit, f" {_UNITS[unit]}")
    return f"{_UNITS[tens]} mươi{last}"


def spoken_year(year: int) -> str:
    """Returns a year from 1000 to 9999 in words."""
    thousands, rest = divmod(year, 1000)
    hundreds, below = divmod(rest, 100)
    words = f"{_UNITS[thousands]} nghìn {_UNITS[hundreds]} trăm"
    if below == 0:
        return words
    return f"{words} lẻ {_UNITS[below]}" if below < 10 else f"{words} {spoken(below)}"
