"""Reads the options that ``scanimage --all-options`` prints.

One option is one line such as ``    --resolution 75..600dpi (in steps of 1) [75] [advanced]``, then its
description, indented deeper. Words may hold blanks, brackets and commas, so a line is read from its end.
What cannot be understood is left out: a device with one odd option still scans.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from scanners.drivers.sane.option import Kind, SaneOption

_LINE: Final = re.compile(r"^ {4}(?:--(?P<long>[A-Za-z][\w.-]*)|-(?P<short>[ltxy]))(?P<rest>.*)$")
_MARK: Final = re.compile(r" \[(advanced|emulated|read-only|hardware)\]$")
_SWITCH: Final = "[=("
_NUMBER: Final = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_UNIT: Final = r"(?P<unit>pel|bit|mm|dpi|%|us)?"
_RANGE: Final = re.compile(
    rf"^(?P<least>{_NUMBER})\.\.(?P<most>{_NUMBER}){_UNIT}(?:,\.\.\.)?"
    rf"(?: \(in steps of (?P<step>{_NUMBER})\))?$"
)
_LIST: Final = re.compile(rf"^(?P<numbers>{_NUMBER}(?:\|{_NUMBER})*){_UNIT}(?:,\.\.\.)?$")
_FREE: Final = {"<int>": Kind.NUMBER, "<float>": Kind.NUMBER, "<string>": Kind.TEXT}
_NO_PROGRAM: Final = frozenset({"read-only", "hardware"})


def read_options(listing: str) -> dict[str, SaneOption]:
    """Options by name, in the order in which the device has them."""
    found: dict[str, SaneOption] = {}
    for line in listing.splitlines():
        match = _LINE.match(line)
        if match:
            option = _option(match["long"] or match["short"], match["rest"])
            if option is not None:
                found.setdefault(option.name, option)
    return found


def _option(name: str, rest: str) -> SaneOption | None:
    rest, marks = _without_marks(rest.rstrip())
    limits, value = _without_value(rest)
    shape = _shape(name, limits)
    if shape is None:
        return None
    is_active = value != "inactive"
    return replace(
        shape,
        value=value if is_active else None,
        is_active=is_active,
        is_settable=not marks & _NO_PROGRAM,
    )


def _without_marks(rest: str) -> tuple[str, set[str]]:
    marks: set[str] = set()
    while match := _MARK.search(rest):
        marks.add(match[1])
        rest = rest[: match.start()]
    return rest, marks


def _without_value(rest: str) -> tuple[str, str | None]:
    """Cuts the present value off: the last bracket after a blank, which may hold brackets itself."""
    start = rest.rfind(" [")
    if start < 0 or not rest.endswith("]"):
        return rest.strip(), None
    return rest[:start].strip(), rest[start + 2 : -1]


def _shape(name: str, limits: str) -> SaneOption | None:
    """The option with what it takes, without its value."""
    if not limits:
        return SaneOption(name=name, kind=Kind.BUTTON)
    if limits.startswith(_SWITCH):
        return SaneOption(name=name, kind=Kind.SWITCH, words=("yes", "no"))
    limits = limits.removeprefix("auto|").removeprefix("|")
    free = limits.removesuffix(",...")
    if free in _FREE:
        return SaneOption(name=name, kind=_FREE[free])
    return _range(name, limits) or _list(name, limits) or _words(name, limits)


def _range(name: str, limits: str) -> SaneOption | None:
    match = _RANGE.match(limits)
    if match is None:
        return None
    return SaneOption(
        name=name,
        kind=Kind.NUMBER,
        least=float(match["least"]),
        most=float(match["most"]),
        step=float(match["step"] or 0),
        unit=match["unit"] or "",
    )


def _list(name: str, limits: str) -> SaneOption | None:
    match = _LIST.match(limits)
    if match is None:
        return None
    numbers = tuple(float(each) for each in match["numbers"].split("|"))
    return SaneOption(name=name, kind=Kind.NUMBER, numbers=numbers, unit=match["unit"] or "")


def _words(name: str, limits: str) -> SaneOption | None:
    words = tuple(word for word in limits.split("|") if word)
    return SaneOption(name=name, kind=Kind.TEXT, words=words) if words else None
