"""Repairs the marks of running text where the language is sure; names, numbers and codes are never touched.

A word changes only if the language model, the marks that engines confuse and the engine's own confidence
together say so by a clear margin. Every change keeps the raw reading. Names that look wrong are flagged with
alternatives.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.language.candidates import CLOSED, MODEL_WEIGHT, Knowledge, Place, steps_of
from pipeline.language.confusions import load_confusions
from pipeline.language.dotted import without_joining_dots
from pipeline.language.enumeration import plain_enumeration
from pipeline.language.evidence import least_margin
from pipeline.language.fixed_marks import with_fixed_marks
from pipeline.language.lattice import Step, best_path, cost_around
from pipeline.language.marks import with_case_of
from pipeline.language.model import LanguageModel, load_model
from pipeline.language.naming import Flag, flags_of
from pipeline.language.numerals import plain_numerals
from pipeline.language.roles import Slot, slots
from pipeline.language.roman import with_roman_numbers
from pipeline.language.run_together import with_words_apart
from pipeline.language.syllable import Placement, canonical, compose, parse, placement_of
from pipeline.language.tokens import parts
from pipeline.language.vocabulary import load_vocabulary
from pipeline.text import Block, PageText, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One repaired word.

    Attributes:
        line: number of the line on the page, from 0, in reading order.
        index: number of the word in its line, from 0.
        raw: the word as the engine read it.
        chosen: the word as it now stands.
        confidence: how sure the repair is, 0.5 to 1.
    """

    line: int
    index: int
    raw: str
    chosen: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A page text with its repaired words, what was changed, and names that a clerk should look at."""

    text: PageText
    changes: tuple[Change, ...]
    flags: tuple[Flag, ...]


@cache
def load_knowledge() -> Knowledge:
    """Loads what the product comes with: model, confusions and vocabularies.

    Raises:
        ConfigurationError: a file is missing or broken.
    """
    return Knowledge(model=load_model(), confusions=load_confusions(), vocabulary=load_vocabulary())


def repair(text: PageText, knowledge: Knowledge) -> Repaired:
    """Repairs the marks of a page.

    Args:
        text: what the engine read; ``Word.alternatives`` are its other readings of a word.
        knowledge: see ``load_knowledge``.

    Returns:
        The same words in the same boxes, some with other marks; those that were run together are
        parted. Confidences stay those of the engine, but for what its shape put right (numbers, fixed marks),
        which is surer of its place than of its shape.
    """
    text = _with_plain_shapes(text, knowledge.model)
    placement = _usual_placement(text)
    changes: list[Change] = []
    blocks: list[Block] = []
    flags: list[Flag] = []
    first = 0
    for block in text.blocks:
        rows = [
            slots(line, knowledge.vocabulary, previous)
            for previous, line in zip((None, *block.lines), block.lines, strict=False)
        ]
        found = list(_changes(block, rows, first, knowledge, placement))
        blocks.append(_applied(block, rows, found, first))
        flags += flags_of(block, rows, first, knowledge)
        changes += found
        first += len(block.lines)
    return Repaired(text=replace(text, blocks=tuple(blocks)), changes=tuple(changes), flags=tuple(flags))


def _with_plain_shapes(text: PageText, model: LanguageModel) -> PageText:
    """Puts right what its shape or place alone tells: no choice between words."""
    text = with_words_apart(without_joining_dots(with_fixed_marks(text)), model)
    return plain_enumeration(with_roman_numbers(plain_numerals(text)))


def _changes(
    block: Block,
    rows: Sequence[Sequence[Slot]],
    first: int,
    knowledge: Knowledge,
    placement: Placement,
) -> Iterator[Change]:
    places = [
        Place(
            line=first + number,
            index=index,
            word=word,
            slot=slot,
            offered=tuple(canonical(core) for each in word.alternatives if (core := parts(each)[1])),
        )
        for number, (line, row) in enumerate(zip(block.lines, rows, strict=True))
        for index, (word, slot) in enumerate(zip(line.words, row, strict=True))
    ]
    seen, steps = steps_of(places, knowledge)
    roles = [place.slot.role for place in seen]
    path = best_path(steps, knowledge.model, MODEL_WEIGHT) if steps else []
    for at, index in enumerate(path):
        place = seen[at]
        if not index or (least := least_margin(steps, roles, path, at, knowledge.model)) is None:
            continue
        margin = _margin(steps, path, at, knowledge.model)
        if margin >= least:
            letters = _written(steps[at].candidates[index].word, place.slot.core, placement)
            yield Change(
                line=place.line,
                index=place.index,
                raw=place.word.text,
                chosen=place.slot.before + letters + place.slot.behind,
                confidence=1 / (1 + math.exp(-margin)),
            )


def _margin(steps: Sequence[Step], path: Sequence[int], at: int, model: LanguageModel) -> float:
    kept = cost_around(steps, path, at, 0, model, MODEL_WEIGHT)
    return kept - cost_around(steps, path, at, path[at], model, MODEL_WEIGHT)


def _written(chosen: str, core: str, placement: Placement) -> str:
    """Writes a word with the capitals of the reading and the tone where this page places it."""
    found = parse(chosen)
    plain = chosen if found is None else compose(found, placement_of(core) or placement)
    return plain if core.islower() else with_case_of(core, plain)


def _usual_placement(text: PageText) -> Placement:
    seen = [found for word in text.words if (found := placement_of(word.text)) is not None]
    return Placement.NEW if 2 * seen.count(Placement.NEW) > len(seen) else Placement.OLD


def _applied(block: Block, rows: Sequence[Sequence[Slot]], changes: Sequence[Change], first: int) -> Block:
    """Writes the changes; other readings of running words have done their work and go."""
    by_place = {(change.line - first, change.index): change for change in changes}
    lines = [
        replace(
            line,
            words=tuple(
                _settled(word, slot, by_place.get((number, index)))
                for index, (word, slot) in enumerate(zip(line.words, rows[number], strict=True))
            ),
        )
        for number, line in enumerate(block.lines)
    ]
    return replace(block, lines=tuple(lines))


def _settled(word: Word, slot: Slot, change: Change | None) -> Word:
    if change is not None:
        return replace(word, text=change.chosen, raw=word.raw or change.raw, alternatives=())
    return replace(word, alternatives=()) if word.alternatives and slot.role not in CLOSED else word
