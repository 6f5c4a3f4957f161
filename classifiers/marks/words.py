"""The words of ``marks.toml`` as values, checked when they are loaded."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from classifiers.folding import key_of
from dossiers.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWords:
    """Keys (``folding.key_of``) of what is explained at the top of ``marks.toml``."""

    signing: tuple[str, ...]
    copy: tuple[str, ...]
    true_copy: tuple[str, ...]
    certified: tuple[str, ...]
    arrival: tuple[str, ...]
    signed_by: tuple[str, ...]
    signed_at: tuple[str, ...]


def load_words() -> MarkWords:
    """Reads the words delivered with the package.

    Raises:
        ConfigurationError: the file lacks a part.
    """
    data = tomllib.loads(files("classifiers.marks").joinpath("marks.toml").read_text("utf-8"))

    def keys(name: str) -> tuple[str, ...]:
        texts = data.get(name)
        if not isinstance(texts, list) or not texts:
            raise ConfigurationError(
                "BROKEN_RULES",
                vi="Bộ từ nhận biết con dấu, chữ ký bị hỏng; hãy cài đặt lại.",
                en=f"the word file of the marks is broken: {name}",
            )
        return tuple(key_of(str(text)) for text in texts)

    return MarkWords(
        signing=keys("signing"),
        copy=keys("copy"),
        true_copy=keys("true_copy"),
        certified=keys("certified"),
        arrival=keys("arrival"),
        signed_by=keys("signed_by"),
        signed_at=keys("signed_at"),
    )
