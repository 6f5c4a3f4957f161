"""Looks up what is said to people by key; both languages hold the same keys (a test says so)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


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
        return self.texts.get(f"field_{name}", name)

    def issue(self, code: str) -> str:
        """Returns what people call an issue; its own code where a plugin made it up."""
        return self.texts.get(f"issue_{code}", code)


def load_messages(language: str) -> Messages:
    """Loads ``vi`` or ``en``."""
    text = files("sohoa.locale").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Messages(language=language, texts=tomllib.loads(text))
