"""Dates as they are written on Vietnamese papers, turned into ``YYYY-MM-DD``.

A day that the calendar does not have is no date: the caller gets ``None``, never the nearest day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from classifiers.folding import fold

#: The oldest and latest years that papers of this system can carry.
FIRST_YEAR: Final = 1870
LAST_YEAR: Final = 2100

_WRITTEN: Final = re.compile(r"ngay\W*(\d(?:\s?\d)?)\W*thang\W*(\d(?:\s?\d)?)\W*nam\W*(\d(?:\s?\d){3})(?!\d)")
#: Between day, month and year: what is printed there, and what it is read for (a slash of fractions, too).
_PARTED: Final = r"\s*[/⁄∕.\-il|]\s*"
_PLAIN: Final = re.compile(rf"(?<!\d)(\d{{1,2}}){_PARTED}(\d{{1,2}}){_PARTED}(\d{{4}})(?!\d)")
#: Slashes read as 1: ``1810711987``.
_SLASHED: Final = re.compile(r"(?<!\d)(\d{2})1(\d{2})1(\d{4})(?!\d)")
#: Digits in separate boxes: ``1 2 0 3 1 9 9 0`` with or without bars.
_BOXED: Final = re.compile(
    r"(?<!\d)(\d)[\s|]+(\d)[\s|/]+(\d)[\s|]+(\d)[\s|/]+(\d)[\s|]+(\d)[\s|]+(\d)[\s|]+(\d)(?!\d)"
)


def calendar_day(year: int, month: int, day: int) -> str | None:
    """Returns ``YYYY-MM-DD``, or ``None`` where the calendar has no such day in the years we know."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def first_date(text: str) -> tuple[str, str] | None:
    """Finds the first full date: ``12/3/2026``, ``ngày 12 tháng 3 năm 2026`` or digits in boxes.

    Returns:
        The date as ``YYYY-MM-DD`` and the text it was read from (folded); ``None`` where there is none.
    """
    found = all_dates(text)
    return found[0] if found else None


def all_dates(text: str) -> list[tuple[str, str]]:
    """Finds every full date, in the order of the text, as ``first_date`` gives it."""
    folded = fold(text)
    found: list[tuple[int, str, str]] = []
    for pattern in (_WRITTEN, _PLAIN, _SLASHED, _BOXED):
        for match in pattern.finditer(folded):
            day = _day_of(match)
            if day is not None:
                found.append((match.start(), day, match.group()))
    return [(day, raw) for _, day, raw in sorted(found)]


def _day_of(match: re.Match[str]) -> str | None:
    parts = [re.sub(r"\D", "", part) for part in match.groups()]
    if len(parts) == 8:
        parts = ["".join(parts[:2]), "".join(parts[2:4]), "".join(parts[4:])]
    day, month, year = (int(part) for part in parts)
    return calendar_day(year, month, day)


def compact_day(digits: str) -> str | None:
    """Reads ``ddMMyyyy`` as it stands in the QR code of a card; ``None`` if it is no day."""
    if re.fullmatch(r"[0-9]{8}", digits) is None:
        return None
    return calendar_day(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
