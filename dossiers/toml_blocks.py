"""One table of a TOML text, of a list of tables or by its name, changed in place: every other line stays.

Rule: a change is only good if the whole text, read again, says what it said before but for that change;
whoever changes a text checks so (``same_but``). A text written in an unusual way is refused, never spoilt.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from dossiers.errors import ConfigurationError

_HEADER: Final = re.compile(r"\s*\[")


class TomlBlocks:
    """The tables ``[[name]]`` of a text, in their order; not of a list, the one table ``[name]``."""

    def __init__(self, text: str, name: str, *, is_list: bool = True) -> None:
        self._lines = text.splitlines()
        self._open, self._close = ("[[", "]]") if is_list else ("[", "]")
        self._name = name

    def __len__(self) -> int:
        """How many tables are written as their own block."""
        return len(self._heads())

    def lines(self, number: int) -> Sequence[str]:
        """Lines of a table, its header first; number from 0."""
        first, end = self._span(number)
        return self._lines[first:end]

    def put(self, number: int, values: Mapping[str, str]) -> str:
        """The text with the values of a table replaced; an empty value takes its key away.

        Args:
            number: of the table, from 0; the number of tables makes a new one at the end.
            values: keys and their values as TOML.
        """
        if number == len(self):
            new = [f"{key} = {value}" for key, value in values.items() if value]
            gap = [""] if self._lines else []
            return _joined([*self._lines, *gap, f"{self._open}{self._name}{self._close}", *new])
        first, end = self._span(number)
        block = self._lines[first:end]
        for key, value in values.items():
            block = _with_key(block, key, value)
        return _joined([*self._lines[:first], *block, *self._lines[end:]])

    def drop(self, number: int) -> str:
        """The text without a table."""
        first, end = self._span(number)
        return _joined([*self._lines[:first], *self._lines[end:]])

    def _heads(self) -> list[int]:
        left, name, right = (re.escape(each) for each in (self._open, self._name, self._close))
        head = re.compile(rf"\s*{left}\s*{name}\s*{right}\s*(#.*)?")
        return [at for at, line in enumerate(self._lines) if head.fullmatch(line)]

    def _span(self, number: int) -> tuple[int, int]:
        """From the header to the last line that is neither empty nor a remark over the next header."""
        heads = self._heads()
        if not 0 <= number < len(heads):
            raise not_by_form("the table is not written as its own block")
        first = heads[number]
        end = first + 1
        while end < len(self._lines) and not _HEADER.match(self._lines[end]):
            end += 1
        while end > first + 1 and self._lines[end - 1].strip()[:1] in ("", "#"):
            end -= 1
        return first, end


def toml_text(text: str) -> str:
    """A text as a TOML string; an empty one as nothing."""
    return json.dumps(text, ensure_ascii=False) if text else ""


def toml_day(day: date | None) -> str:
    """A day as a TOML date; none as nothing."""
    return day.isoformat() if day else ""


def same_but(text: str, name: str, tables: Sequence[Mapping[str, object]], old: str) -> str:
    """The new text, if it says what the old one said but for the tables of one name.

    Raises:
        ConfigurationError: NOT_BY_FORM.
    """
    return saying(text, tomllib.loads(old) | {name: list(tables)}, {name: []})


def saying(text: str, wanted: Mapping[str, object], unsaid: Mapping[str, object] | None = None) -> str:
    """The text, if it says what is wanted.

    Args:
        text: TOML.
        wanted: its tables and values.
        unsaid: what counts as said where the text does not name it.

    Raises:
        ConfigurationError: NOT_BY_FORM.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise not_by_form("the result is no TOML") from cause
    if {**(unsaid or {}), **said} != wanted:
        raise not_by_form("the result would say something else")
    return text


def not_by_form(detail: str) -> ConfigurationError:
    """The text is written in a way that a form cannot change."""
    return ConfigurationError(
        "NOT_BY_FORM",
        vi="Tệp này được viết theo cách biểu mẫu không sửa được; hãy sửa phần văn bản.",
        en=f"this file is written in a way that a form cannot change; change its text: {detail}",
    )


def _with_key(block: Sequence[str], key: str, value: str) -> list[str]:
    lead = re.compile(rf"\s*{re.escape(key)}\s*=\s*(.*)")
    for at, line in enumerate(block):
        if found := lead.fullmatch(line):
            end = at + 1 if not found[1].startswith("[") else _end_of_list(block, at)
            return [*block[:at], *([f"{key} = {value}"] if value else ()), *block[end:]]
    return [*block, *([f"{key} = {value}"] if value else ())]


def _end_of_list(block: Sequence[str], at: int) -> int:
    """After the line on which a list of dates ends."""
    while at < len(block) and "]" not in block[at].partition("#")[0]:
        at += 1
    return at + 1


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n") + "\n"
