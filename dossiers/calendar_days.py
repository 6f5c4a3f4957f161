"""Single days of a calendar file: off, or worked in the place of another day (làm bù).

Rule: the remark that ends a line of days is the name of those days. A day that is put or taken changes only
the two lists of its year; a year that has no day any more is not listed any more. That all days of a year are
there is declared by itself: a day that is put in never makes its year known.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dossiers.errors import InputCode, InputError
from dossiers.toml_blocks import TomlBlocks, same_but

#: Longest name of a day, characters.
MAX_NAME: Final = 120
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day that differs from its week.

    Attributes:
        day: in the years 2000 to 2099.
        name: what people call it; may be empty.
        is_worked: worked in the place of another day; else off.
    """

    day: date
    name: str = ""
    is_worked: bool = False


def days_in(text: str) -> tuple[CalendarDay, ...]:
    """The days of a calendar file that can be read, the earliest first."""
    days: list[CalendarDay] = []
    blocks = TomlBlocks(text, "year")
    for number, year in enumerate(_years(text)):
        names = _names(blocks.lines(number)) if number < len(blocks) else {}
        for key, is_worked in (("holidays", False), ("worked_instead", True)):
            days += (
                CalendarDay(day=each, name=names.get(each.isoformat(), ""), is_worked=is_worked)
                for each in year.get(key, ())
            )
    return tuple(sorted(days, key=lambda each: each.day))


def with_day(text: str, new: CalendarDay, instead_of: date | None = None) -> str:
    """The text with a day put in, in the place of another where one is named.

    Raises:
        InputError: BAD_VALUE, a year outside 2000 to 2099, a name that is too long or not of one line.
        ConfigurationError: NOT_BY_FORM.
    """
    if not 2000 <= new.day.year <= 2099:
        raise InputError(InputCode.BAD_VALUE, "the year is outside 2000 to 2099")
    if len(new.name) > MAX_NAME or not new.name.isprintable():
        raise InputError(InputCode.BAD_VALUE, f"a name is one line of at most {MAX_NAME} characters")
    if instead_of is not None and instead_of.year != new.day.year:
        text = without_day(text, instead_of)
    gone = {new.day, instead_of}
    kept = [each for each in days_in(text) if each.day.year == new.day.year and each.day not in gone]
    return _with_year(text, new.day.year, [*kept, new])


def without_day(text: str, day: date) -> str:
    """The text without a day; the same text where it is not listed.

    Raises:
        ConfigurationError: NOT_BY_FORM.
    """
    found = [each for each in days_in(text) if each.day.year == day.year]
    kept = [each for each in found if each.day != day]
    return text if kept == found else _with_year(text, day.year, kept)


def complete_years(text: str) -> frozenset[int]:
    """Years of a calendar file that are declared to have all their days."""
    return frozenset(int(each["year"]) for each in _years(text) if each.get("complete") is True)


def with_complete(text: str, year: int, *, is_complete: bool) -> str:
    """The text with a year declared to have all its days, or not.

    Raises:
        InputError: BAD_VALUE, the year has no day.
        ConfigurationError: NOT_BY_FORM.
    """
    years = _years(text)
    number = next((at for at, each in enumerate(years) if each.get("year") == year), None)
    if number is None:
        raise InputError(InputCode.BAD_VALUE, "the year has no day")
    value = str(is_complete).lower()
    changed = {**years[number], "complete": is_complete}
    made = TomlBlocks(text, "year").put(number, {"complete": value})
    return same_but(made, "year", [*years[:number], changed, *years[number + 1 :]], text)


def _with_year(text: str, year: int, days: Sequence[CalendarDay]) -> str:
    years = _years(text)
    number = next((at for at, each in enumerate(years) if each.get("year") == year), len(years))
    blocks = TomlBlocks(text, "year")
    if not days:
        return same_but(blocks.drop(number), "year", [*years[:number], *years[number + 1 :]], text)
    days = sorted(days, key=lambda each: each.day)
    lists: dict[str, list[CalendarDay]] = {
        "holidays": [each for each in days if not each.is_worked],
        "worked_instead": [each for each in days if each.is_worked],
    }
    values = {key: _list(each) for key, each in lists.items()}
    wanted = {key: [each.day for each in listed] for key, listed in lists.items()}
    if number == len(years):
        memory = {"kind": "memory"}
        values = {"year": str(year), **values, "evidence": '{ kind = "memory" }'}
        made: dict[str, object] = {"year": year, **wanted, "evidence": memory}
        return same_but(blocks.put(number, values), "year", [*years, made], text)
    changed = {**years[number], **wanted}
    return same_but(
        blocks.put(number, values), "year", [*years[:number], changed, *years[number + 1 :]], text
    )


def _list(days: Sequence[CalendarDay]) -> str:
    if not days:
        return "[]"
    lines = [f"    {each.day},{f' # {each.name}' if each.name else ''}" for each in days]
    return "\n".join(["[", *lines, "]"])


def _years(text: str) -> list[Mapping[str, Any]]:
    return list(tomllib.loads(text).get("year", []))


def _names(lines: Sequence[str]) -> dict[str, str]:
    """Name of each day by its date: the remark on its line."""
    names: dict[str, str] = {}
    for line in lines:
        code, _, remark = line.partition("#")
        names |= dict.fromkeys(_DAY.findall(code), remark.strip())
    return names
