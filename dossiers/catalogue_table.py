"""One table of a catalogue file, read with its types checked and every key accounted for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime, time
from enum import Enum
from typing import Self, TypeVar

from dossiers.errors import ConfigurationError

_Choice = TypeVar("_Choice", bound=Enum)


def bad_catalogue(where: str, what: str) -> ConfigurationError:
    """The error for a catalogue file that cannot be used; both parts are English and technical."""
    return ConfigurationError(
        "BAD_CATALOGUE",
        vi="Tệp danh mục thủ tục không hợp lệ.",
        en=f"the procedure catalogue cannot be used: {where}: {what}",
        hint="correct the file; the catalogue that came with Sohoa stays usable",
    )


class CatalogueTable:
    """A TOML table of which each key is taken once; ``close`` refuses the keys that nobody took.

    Every method raises ``ConfigurationError`` naming the table and the key: BAD_CATALOGUE, or what the file
    of another kind says instead.

    Args:
        values: the table as read.
        where: its place in the file, for the error.
        complain: makes the error out of place and complaint.
    """

    def __init__(
        self, values: object, where: str, complain: Callable[[str, str], ConfigurationError] = bad_catalogue
    ) -> None:
        self._complain = complain
        if not isinstance(values, dict):
            raise complain(where, "is no table")
        self._values: dict[str, object] = dict(values)
        self.where = where

    @classmethod
    def parse(cls, text: str, where: str, complain: Callable[[str, str], ConfigurationError]) -> Self:
        """The top table of a TOML text.

        Raises:
            ConfigurationError: what ``complain`` makes of a text that is no TOML.
        """
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as cause:
            raise complain(where, f"no TOML: {cause}") from cause
        return cls(values, where, complain)

    def bad(self, what: str) -> ConfigurationError:
        """The error for something wrong in this table."""
        return self._complain(self.where, what)

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required where there is no default."""
        value = self._values.pop(key, default)
        if not isinstance(value, str):
            raise self.bad(f"{key} must be text")
        return value

    def number(self, key: str) -> int | None:
        """A whole number from 0 on, or ``None`` where the key is absent."""
        value = self._values.pop(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.bad(f"{key} must be a whole number from 0 on")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._values.pop(key, default)
        if not isinstance(value, bool):
            raise self.bad(f"{key} must be true or false")
        return value

    def maybe_flag(self, key: str) -> bool | None:
        """True, false, or ``None`` where the key is absent."""
        return self.flag(key, default=False) if key in self._values else None

    def day(self, key: str) -> date | None:
        """A local date, or ``None`` where the key is absent."""
        value = self._values.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.bad(f"{key} must be a date")
        return value

    def days(self, key: str) -> tuple[date, ...]:
        """A list of local dates; empty where the key is absent."""
        value = self._values.pop(key, [])
        if not isinstance(value, list):
            raise self.bad(f"{key} must be a list")
        found = tuple(each for each in value if isinstance(each, date) and not isinstance(each, datetime))
        if len(found) != len(value):
            raise self.bad(f"{key} must hold dates only")
        return found

    def clock_time(self, key: str) -> time:
        """A local time of day; required."""
        value = self._values.pop(key, None)
        if not isinstance(value, time) or value.tzinfo is not None:
            raise self.bad(f"{key} must be a time of day")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where the key is absent."""
        value = self._values.pop(key, [])
        if not isinstance(value, list):
            raise self.bad(f"{key} must be a list")
        found = tuple(each for each in value if isinstance(each, str))
        if len(found) != len(value):
            raise self.bad(f"{key} must hold text only")
        return found

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where the key is absent."""
        value = self._values.pop(key, [])
        if not isinstance(value, list):
            raise self.bad(f"{key} must be a list")
        found = tuple(each for each in value if isinstance(each, int) and not isinstance(each, bool))
        if len(found) != len(value):
            raise self.bad(f"{key} must hold whole numbers only")
        return found

    def choice(self, key: str, kinds: type[_Choice]) -> _Choice | None:
        """One of the values of an enumeration, or ``None`` where the key is absent."""
        if key not in self._values:
            return None
        return self._member(self.text(key), key, kinds)

    def choices(self, key: str, kinds: type[_Choice]) -> tuple[_Choice, ...]:
        """Some of the values of an enumeration; none where the key is absent."""
        return tuple(self._member(each, key, kinds) for each in self.texts(key))

    def table(self, key: str) -> CatalogueTable | None:
        """A table inside this one, or ``None`` where the key is absent."""
        value = self._values.pop(key, None)
        return None if value is None else CatalogueTable(value, f"{self.where}.{key}", self._complain)

    def tables(self, key: str) -> tuple[CatalogueTable, ...]:
        """Tables inside this one; none where the key is absent."""
        value = self._values.pop(key, [])
        if not isinstance(value, list):
            raise self.bad(f"{key} must be a list of tables")
        places = (f"{self.where}.{key}[{place}]" for place in range(len(value)))
        return tuple(CatalogueTable(*each, self._complain) for each in zip(value, places, strict=True))

    def close(self) -> None:
        """Refuses keys that nobody asked for: a misspelt key must not be lost in silence."""
        if self._values:
            raise self.bad(f"unknown key {', '.join(sorted(self._values))}")

    def _member(self, value: str, key: str, kinds: type[_Choice]) -> _Choice:
        for kind in kinds:
            if kind.value == value:
                return kind
        allowed = ", ".join(str(kind.value) for kind in kinds)
        raise self.bad(f"{key} is {value}, allowed: {allowed}")
