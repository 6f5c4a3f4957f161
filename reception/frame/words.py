"""Looks up what the desk says to people, by key; both languages hold the same keys (a test says so)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

#: Languages of the desk, the usual one first.
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language."""

    language: str
    texts: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Returns the text with its places filled.

        Raises:
            KeyError: there is no such text: a mistake in the program.
        """
        return self.texts[key].format(**values)

    def named(self, group: str, name: str) -> str:
        """Returns the text under ``<group>_<name>``; the name itself where a plugin made it up."""
        return self.texts.get(f"{group}_{name}", name)


def load_words(language: str) -> Words:
    """Loads every ``reception/locale/<language>/<area>.toml`` together.

    Raises:
        ValueError: two areas hold the same key: a mistake in the program.
    """
    texts: dict[str, str] = {}
    folder = files("reception").joinpath("locale", language)
    for area in sorted(folder.iterdir(), key=lambda each: each.name):
        if not area.name.endswith(".toml"):
            continue
        more = tomllib.loads(area.read_text(encoding="utf-8"))
        if twice := texts.keys() & more.keys():
            raise ValueError(f"{language}/{area.name} says again: {sorted(twice)}")
        texts |= more
    return Words(language=language, texts=texts)


def load_all_words() -> Mapping[str, Words]:
    """Loads the words of every language."""
    return {language: load_words(language) for language in LANGUAGES}
