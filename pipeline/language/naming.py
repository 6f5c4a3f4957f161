"""Names that look wrong: flagged with what they may be, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.language.roles import Role, Slot
from pipeline.language.syllable import canonical, is_syllable
from pipeline.language.vocabulary import Kind, Vocabulary
from pipeline.text import Block

#: The longest unit name, in words, with its kind (``Phường Phan Rang - Tháp Chàm``).
_LONGEST_UNIT: Final = 6
_UNITS: Final = (Kind.COMMUNE, Kind.PROVINCE, Kind.FORMER_PROVINCE)
_LEAST_CONFIDENCE: Final = 0.5
_SIGNS: Final = " .,;:()-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A name that a clerk should look at.

    Attributes:
        line: number of the line on the page, from 0, in reading order.
        index: number of its first word in the line, from 0.
        count: how many words it has.
        word: the name as read.
        alternatives: official names that it may be, likeliest first, with the confidence of each; empty where
            the reading is no Vietnamese syllable and nothing better is known.
    """

    line: int
    index: int
    count: int
    word: str
    alternatives: tuple[tuple[str, float], ...]


def flags_of(
    block: Block, rows: Sequence[Sequence[Slot]], first: int, vocabulary: Vocabulary
) -> Iterator[Flag]:
    """Yields the doubtful names of a block: units whose marks fit no official one, impossible syllables.

    Args:
        block: what was read.
        rows: the slots of its lines.
        first: number of its first line on the page.
        vocabulary: the units.
    """
    for number, row in enumerate(rows):
        words = [word.text for word in block.lines[number].words]
        at = 0
        while at < len(row):
            flag = _unit(words, row, at, vocabulary) or _impossible(row, at)
            if flag is not None:
                index, count, alternatives = flag
                yield Flag(
                    line=first + number,
                    index=index,
                    count=count,
                    word=" ".join(words[index : index + count]).strip(_SIGNS),
                    alternatives=alternatives,
                )
                at = index + count
            else:
                at += 1


_Found = tuple[int, int, tuple[tuple[str, float], ...]]


def _unit(words: Sequence[str], row: Sequence[Slot], at: int, vocabulary: Vocabulary) -> _Found | None:
    """A run of words with the letters of a unit but other marks; it must hold a name."""
    longest = min(_LONGEST_UNIT, vocabulary.longest_from(row[at].core)) if row[at].core else 0
    for end in range(min(len(words), at + longest), at + 1, -1):
        if all(slot.role is not Role.NAME for slot in row[at:end]) or not row[end - 1].core:
            continue
        text = " ".join(words[at:end]).strip(_SIGNS)
        entries = vocabulary.same_letters(text, _UNITS)
        if not entries:
            continue
        if any(_same(entry.text, text) for entry in entries):
            return None
        matches = [
            match for match in vocabulary.matches(text, _UNITS) if match.confidence >= _LEAST_CONFIDENCE
        ]
        return at, end - at, tuple((match.entry.text, match.confidence) for match in matches)
    return None


def _impossible(row: Sequence[Slot], at: int) -> _Found | None:
    """A capitalised word that is written with marks and yet is no syllable."""
    core = row[at].core
    if row[at].role is not Role.NAME or len(core) < 2 or not core[1:].islower() or is_syllable(core):
        return None
    return None if core.isascii() else (at, 1, ())


def _same(official: str, read: str) -> bool:
    return [canonical(word) for word in _letter_runs(official)] == [
        canonical(word) for word in _letter_runs(read)
    ]


def _letter_runs(text: str) -> list[str]:
    """Returns the words of a text without signs."""
    return "".join(sign if sign.isalnum() else " " for sign in text).split()
