"""Looks up what is said to people by key; both languages hold the same keys (a test says so)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

#: A value in a row of a table: ``member[2].birth_date``.
_IN_ROW: Final = re.compile(r"(?P<of>\w+)\[(?P<number>\d+)\]\.(?P<column>\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """The words of one language."""

    language: str
    texts: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Returns the text with its places filled.

        Raises:
            KeyError: there is no such text: a mistake in the program.
        """
        return self.texts[key].format(**values)

    def field(self, name: str) -> str:
        """Returns what people call a field; its own name where a plugin made it up."""
        row = _IN_ROW.fullmatch(name)
        if row is None or f"row_{row['of']}" not in self.texts:
            return self.texts.get(f"field_{name}", name)
        column = self.texts.get(f"column_{row['of']}_{row['column']}") or self.field(row["column"])
        return f"{self.say('row_' + row['of'], number=row['number'])}: {column}"

    def issue(self, code: str) -> str:
        """Returns what people call an issue; its own code where a plugin made it up."""
        return self.texts.get(f"issue_{code}", code)


def load_messages(language: str) -> Messages:
    """Loads ``vi`` or ``en``: every ``<language>/<area>.toml`` together.

    Raises:
        ValueError: two areas hold the same key: a mistake in the program.
    """
    texts: dict[str, str] = {}
    for area in sorted(_areas(language), key=lambda each: each.name):
        more = tomllib.loads(area.read_text(encoding="utf-8"))
        if twice := texts.keys() & more.keys():
            raise ValueError(f"{language}/{area.name} says again: {sorted(twice)}")
        texts |= more
    return Messages(language=language, texts=texts)


def _areas(language: str) -> list[Traversable]:
    folder = files("sohoa.locale").joinpath(language)
    return [each for each in folder.iterdir() if each.name.endswith(".toml")]
