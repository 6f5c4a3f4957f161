"""Closed vocabularies: what papers can only say in known words, matched with a confidence of their own.

A match says how sure it is that the phrase was meant; it never says what to write. Whoever asks decides.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz import fuzz, process

from dossiers.errors import ConfigurationError
from pipeline.language.marks import skeleton
from pipeline.language.syllable import canonical


class Kind(StrEnum):
    """What a phrase is."""

    ETHNIC_GROUP = "ethnic_group"
    PROVINCE = "province"
    FORMER_PROVINCE = "former_province"
    COMMUNE = "commune"
    AGENCY = "agency"
    COUNTRY = "country"
    ACTIVITY = "activity"
    TITLE = "title"
    LABEL = "label"


#: The fixed wording of papers; the other kinds name places and peoples.
WORDING: Final = frozenset((Kind.AGENCY, Kind.COUNTRY, Kind.ACTIVITY, Kind.TITLE, Kind.LABEL))
#: Letters may differ in this share before a phrase is another one.
_LEAST_LIKENESS: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A phrase as it is officially written."""

    text: str
    kind: Kind

    @property
    def is_wording(self) -> bool:
        """Whether it is wording of papers, and no name."""
        return self.kind in WORDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A phrase that a text may stand for; ``confidence`` is 1 for equal letters and marks, else below."""

    entry: Entry
    confidence: float


class Vocabulary:
    """Phrases found by their letters, with or without marks; read-only, for any number of threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._by_letters: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_letters.setdefault(letters_of(entry.text), []).append(entry)
        self._letters = list(self._by_letters)
        self._longest: dict[str, int] = {}
        for letters in self._letters:
            first, *rest = letters.split()
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(rest))

    def longest_from(self, word: str) -> int:
        """Returns how many words the longest phrase has that begins with this one; 0 where none does."""
        return self._longest.get(letters_of(word), 0)

    def same_letters(self, text: str, kinds: Iterable[Kind] = Kind) -> tuple[Entry, ...]:
        """Returns the phrases that differ from the text in marks, capitals and signs at most."""
        wanted = frozenset(kinds)
        return tuple(each for each in self._by_letters.get(letters_of(text), ()) if each.kind in wanted)

    def matches(self, text: str, kinds: Iterable[Kind] = Kind, most: int = 3) -> tuple[Match, ...]:
        """Returns the likeliest phrases, surest first; empty where none is like the text.

        Args:
            text: a line, a value, a run of words.
            kinds: only phrases of these kinds.
            most: how many at most.
        """
        wanted = frozenset(kinds)
        found: dict[tuple[str, Kind], Match] = {}
        for letters, likeness in self._near(letters_of(text)):
            for entry in self._by_letters[letters]:
                if entry.kind in wanted:
                    confidence = likeness * _marks_alike(text, entry.text)
                    found[entry.text, entry.kind] = Match(entry=entry, confidence=confidence)
        ordered = sorted(found.values(), key=lambda match: (-match.confidence, match.entry.text))
        return tuple(_shared(ordered)[:most])

    def _near(self, letters: str) -> list[tuple[str, float]]:
        if letters in self._by_letters:
            return [(letters, 1.0)]
        if len(letters) < 3:
            return []
        near = process.extract(
            letters, self._letters, scorer=fuzz.ratio, limit=8, score_cutoff=100 * _LEAST_LIKENESS
        )
        # Squared: a phrase with other letters is much less sure than one with other marks.
        return [(name, (score / 100) ** 2) for name, score, _ in near]


@lru_cache(maxsize=1 << 14)
def letters_of(text: str) -> str:
    """Returns the words in lower case without marks and signs, joined by single spaces."""
    plain = "".join(sign if sign.isalnum() else " " for sign in skeleton(text.lower()))
    return " ".join(plain.split())


@cache
def load_vocabulary() -> Vocabulary:
    """Reads the vocabularies delivered with the package.

    Raises:
        ConfigurationError: a file is missing or broken.
    """
    folder = files("pipeline.language") / "data"
    try:
        tables = (
            tomllib.loads((folder / "known.toml").read_text("utf-8")),
            json.loads((folder / "collected.json").read_text("utf-8")),
        )
        entries = {
            (text, kind): Entry(text=str(text), kind=Kind(kind))
            for table in tables
            for kind, texts in table.items()
            for text in texts
        }
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ConfigurationError(
            "BAD_VOCABULARY",
            vi="Không đọc được từ vựng đi kèm chương trình.",
            en="The closed vocabularies are missing or cannot be read.",
        ) from error
    return Vocabulary(entries.values())


def _marks_alike(text: str, official: str) -> float:
    """Returns how far the marks agree, 0.5 (none) to 1 (all), over the words that both have."""
    read = [canonical(word) for word in _words(text)]
    meant = [canonical(word) for word in _words(official)]
    if len(read) != len(meant):
        return 0.75
    same = sum(a == b for a, b in zip(read, meant, strict=True))
    return 0.5 + 0.5 * same / max(1, len(meant))


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text).split()


def _shared(matches: list[Match]) -> list[Match]:
    """Lowers every match by its rivals: phrases that are written otherwise and fit nearly as well."""
    shared = []
    for match in matches:
        rivals = {
            each.entry.text.lower(): each.confidence
            for each in matches
            if each.entry.text.lower() != match.entry.text.lower()
        }
        strongest = max(rivals.values(), default=0.0)
        share = 1.0 if match.confidence == 1.0 else match.confidence / (match.confidence + strongest**4)
        shared.append(Match(entry=match.entry, confidence=match.confidence * share))
    return shared
