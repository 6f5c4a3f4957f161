"""Names that look wrong: flagged with what they may be, never changed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.language.candidates import Knowledge
from pipeline.language.marks import skeleton, with_case_of
from pipeline.language.roles import Role, Slot
from pipeline.language.syllable import canonical, is_syllable
from pipeline.language.vocabulary import Kind, Vocabulary
from pipeline.text import Block

#: The longest unit name, in words, with its kind (``Phường Phan Rang - Tháp Chàm``).
_LONGEST_UNIT: Final = 6
_UNITS: Final = (Kind.COMMUNE, Kind.PROVINCE, Kind.FORMER_PROVINCE)
_LEAST_CONFIDENCE: Final = 0.5
_SIGNS: Final = " .,;:()-"
#: Below this confidence of the engine a name is worth a look.
_UNSURE: Final = 0.6
_MOST_ALTERNATIVES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A name that a clerk should look at.

    Attributes:
        line: number of the line on the page, from 0, in reading order.
        index: number of its first word in the line, from 0.
        count: how many words it has.
        word: the name as read.
        alternatives: names that it may be, likeliest first, with the confidence of each: official units, or
            syllables with the same letters; empty where nothing better is known.
    """

    line: int
    index: int
    count: int
    word: str
    alternatives: tuple[tuple[str, float], ...]


def flags_of(
    block: Block, rows: Sequence[Sequence[Slot]], first: int, knowledge: Knowledge
) -> Iterator[Flag]:
    """Yields the doubtful names of a block: units whose marks fit no official one, syllables that are
    impossible or were read with little confidence.

    Args:
        block: what was read.
        rows: the slots of its lines.
        first: number of its first line on the page.
        knowledge: units, words and what is confused with what.
    """
    for number, row in enumerate(rows):
        line = block.lines[number]
        words = [word.text for word in line.words]
        at = 0
        while at < len(row):
            flag = _unit(words, row, at, knowledge.vocabulary)
            flag = flag or _doubtful(row[at], line.words[at].confidence, at, knowledge)
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


def _doubtful(slot: Slot, confidence: float, at: int, knowledge: Knowledge) -> _Found | None:
    """A capitalised word that is written with marks and yet is no syllable, or that was read unsurely."""
    core = slot.core
    if slot.role is not Role.NAME or len(core) < 2:
        return None
    if is_syllable(core):
        alternatives = _alternatives(core, knowledge) if confidence < _UNSURE else ()
        return (at, 1, alternatives) if alternatives else None
    is_word = core[1:].islower() and not core.isascii()
    return (at, 1, _alternatives(core, knowledge)) if is_word else None


def _alternatives(core: str, knowledge: Knowledge) -> tuple[tuple[str, float], ...]:
    """Syllables with the same letters by how easily the engine takes them for the reading."""
    read = canonical(core)
    costs = {
        word: knowledge.confusions.cost(word, read)
        for word in (knowledge.model.words[number] for number in knowledge.model.alike(skeleton(read)))
        if len(word) == len(read)
    }
    total = sum(math.exp(-cost) for cost in costs.values())
    ordered = sorted((cost, word) for word, cost in costs.items() if word != read)
    return tuple(
        (with_case_of(core, word), math.exp(-cost) / total) for cost, word in ordered[:_MOST_ALTERNATIVES]
    )


def _same(official: str, read: str) -> bool:
    return [canonical(word) for word in _letter_runs(official)] == [
        canonical(word) for word in _letter_runs(read)
    ]


def _letter_runs(text: str) -> list[str]:
    """Returns the words of a text without signs."""
    return "".join(sign if sign.isalnum() else " " for sign in text).split()
