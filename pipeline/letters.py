"""What each letter of a word may be, as an engine that tells its doubts read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLetters:
    """One word by its letters.

    Attributes:
        text: the word as the engine reads it.
        letters: for each of its signs what it may be, with what that costs: about 1 where the engine is sure,
            ten more for a sign that it hardly believes in, at most 100. Empty where it tells no doubts.
    """

    text: str
    letters: tuple[Mapping[str, float], ...]
