"""Dates in words, as civil-status papers repeat them: ``Ngày tám, tháng mười một, năm hai nghìn …``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Final

from classifiers.folding import fold, is_within, key_of

_UNITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
#: Days, months and years that a date in words may have.
_RANGES: Final = ((1, 31), (1, 12), (1900, 2099))
#: Two ways to say the same; the words are compared folded.
_VARIANTS: Final = (("linh", "lẻ"), ("nghìn", "ngàn"), ("tư", "bốn"), ("bảy", "bẩy"))


def is_spoken(day: str, page_text: str) -> bool | None:
    """Tells whether the page repeats a date in words.

    Args:
        day: ``YYYY-MM-DD``.
        page_text: the page, lines parted by newlines.

    Returns:
        ``None`` where the page has no date in words. Words that recognition spoilt a little still count as
        the date; words that are whole and say another date do not, however alike the two sound.
    """
    folded = fold(page_text)
    start = re.search(r"bang chu\W{0,3}ngay", folded)
    if start is None:
        return None
    words = key_of(folded[start.end() - 4 : start.end() + 160])
    said = _whole_date(words)
    if said is not None:
        return said == day
    return any(is_within(key_of(text), words, 0.86) for text in spellings(day))


def _whole_date(words: str) -> str | None:
    """The date that words say letter for letter."""
    found = _pattern().match(words)
    if found is None:
        return None
    parts = zip(found.groups(), _RANGES, strict=True)
    day, month, year = (_keys(*within)[part] for part, within in parts)
    return f"{year:04}-{month:02}-{day:02}"


@cache
def _pattern() -> re.Pattern[str]:
    day, month, year = ("|".join(sorted(_keys(*each), key=len, reverse=True)) for each in _RANGES)
    return re.compile(f"ngay(?:mung|mong)?({day})thang({month})nam({year})")


@cache
def _keys(first: int, last: int) -> Mapping[str, int]:
    """The ways to say the numbers of a range, folded, with the number each says."""
    said: dict[str, int] = {}
    for number in range(first, last + 1):
        texts = {_year(number) if number > 99 else _number(number)}
        for one, other in _VARIANTS:
            texts |= {text.replace(one, other) for text in texts}
            texts |= {text.replace(other, one) for text in texts}
        said |= {key_of(text): number for text in texts}
    return said


def spellings(day: str) -> set[str]:
    """Returns the ways to say a date, for example ``ngày tám tháng mười một năm hai nghìn …``."""
    year, month, number = (int(part) for part in day.split("-"))
    plain = f"ngày {_number(number)} tháng {_number(month)} năm {_year(year)}"
    texts = {plain, plain.replace("ngày ", "ngày mùng ", 1) if number <= 10 else plain}
    texts |= {text.replace("tháng bốn", "tháng tư") for text in set(texts)}
    for one, other in _VARIANTS:
        texts |= {text.replace(a, b) for text, (a, b) in product(set(texts), ((one, other), (other, one)))}
    return texts


def _number(value: int) -> str:
    """0 to 99 in words."""
    tens, unit = divmod(value, 10)
    if tens == 0:
        return _UNITS[unit]
    lead = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    if unit == 0:
        return lead
    if unit == 1 and tens > 1:
        return f"{lead} mốt"
    if unit == 4 and tens > 1:
        return f"{lead} tư"
    return f"{lead} lăm" if unit == 5 else f"{lead} {_UNITS[unit]}"


def number_in_words(value: int) -> str:
    """Returns 0 to 999999 in words, for example ``một trăm bốn mươi``."""
    thousands, rest = divmod(value, 1000)
    if thousands:
        head = f"{number_in_words(thousands)} nghìn"
        return f"{head} {_hundreds(rest, is_after=True)}" if rest else head
    return _hundreds(rest, is_after=False)


def _hundreds(value: int, *, is_after: bool) -> str:
    """0 to 999; after thousands the hundreds are said though they are none."""
    hundreds, tail = divmod(value, 100)
    if not hundreds and not is_after:
        return _number(tail)
    head = f"{_UNITS[hundreds]} trăm"
    if not tail:
        return head
    return f"{head} {_number(tail)}" if tail >= 10 else f"{head} linh {_UNITS[tail]}"


def _year(value: int) -> str:
    thousands, rest = divmod(value, 1000)
    hundreds, tail = divmod(rest, 100)
    end = _number(tail) if tail >= 10 else f"linh {_UNITS[tail]}"
    hundred = f"{_UNITS[hundreds]} trăm"
    return f"{_UNITS[thousands]} nghìn {hundred} {end}" if tail else f"{_UNITS[thousands]} nghìn {hundred}"
