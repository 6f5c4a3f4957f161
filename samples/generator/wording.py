"""Dates, numbers and sums as Vietnamese papers write them."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MONTHS: Final = (
    "một",
    "hai",
    "ba",
    "tư",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mười một",
    "mười hai",
)


def slashed(day: date) -> str:
    """``05/11/2026``."""
    return f"{day:%d/%m/%Y}"


def compact(day: date) -> str:
    """``05112026``, as in the code of a card."""
    return f"{day:%d%m%Y}"


def spoken(day: date) -> str:
    """``ngày 05 tháng 11 năm 2026``; months three and later stand without a zero (NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def in_words(day: date) -> str:
    """``Ngày mười hai, tháng tư, năm hai nghìn không trăm hai mươi sáu``."""
    return f"Ngày {_day_words(day.day)}, tháng {_MONTHS[day.month - 1]}, năm {number_words(day.year)}"


def _day_words(day: int) -> str:
    return f"mồng {_DIGITS[day]}" if 0 < day < 10 else f"{number_words(day)}"


def number_words(number: int) -> str:
    """An integer from 0 to 999,999,999,999 in words."""
    if number == 0:
        return "không"
    groups = []
    rest = number
    while rest:
        rest, group = divmod(rest, 1000)
        groups.append(group)
    words = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            words.append(_group_words(groups[place], full=place < len(groups) - 1))
            words.append(("", "nghìn", "triệu", "tỷ")[place])
    return " ".join(word for word in words if word)


def _group_words(number: int, *, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0 and units and words:
        words.append("lẻ")
    if tens == 1:
        words.append("mười")
    elif tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    if units:
        words.append(_unit_words(tens, units))
    return " ".join(words)


def _unit_words(tens: int, units: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    if units == 5 and tens:
        return "lăm"
    return _DIGITS[units]


def grouped(number: int) -> str:
    """``1.250.000``."""
    return f"{number:,}".replace(",", ".")


def ascii_capitals(text: str) -> str:
    """Capitals without diacritics, as in a machine-readable zone."""
    flat = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(each for each in flat if not unicodedata.combining(each))
