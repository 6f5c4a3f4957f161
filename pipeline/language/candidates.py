"""What a word may have been: the reading first, then words with the same letters and other marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from pipeline.language.confusions import Confusions
from pipeline.language.lattice import Candidate, Step, cost_around
from pipeline.language.marks import skeleton
from pipeline.language.model import LanguageModel
from pipeline.language.roles import Role, Slot
from pipeline.language.syllable import canonical
from pipeline.language.tokens import BOUNDARY, word_tokens
from pipeline.language.vocabulary import Vocabulary
from pipeline.text import Word


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """What repair knows about the language; read-only, for any number of threads."""

    model: LanguageModel
    confusions: Confusions
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A word of a page with its slot and the other readings that the engine offers."""

    line: int
    index: int
    word: Word
    slot: Slot
    offered: Sequence[str] = ()


#: How much the model's nats count against those of the confusions.
MODEL_WEIGHT: Final = 0.9
#: Nats that a word gains where a closed vocabulary has it in this place.
_KNOWN_GAIN: Final = 8.0
#: A reading that is no word of the language is so much less likely to be right.
_UNKNOWN_COST: Final = 5.0
#: Nats that an alternative of the engine gains.
_OFFERED_GAIN: Final = 1.0
#: The cost of other letters that the engine read in a second try: it saw them, but they lost the vote.
_OTHER_LETTERS: Final = 2.0
#: A word at this confidence is taken at the measured rates; below it changes are likelier.
_USUAL_CONFIDENCE: Final = 0.95
_DOUBT_GAIN: Final = 4.0
_MOST_DOUBT: Final = 2.0
_MOST_CANDIDATES: Final = 6
#: No change is made by a smaller margin (nats), so nothing that cannot win by it is looked at.
_LEAST_MARGIN: Final = 2.0
#: Roles of words that are never changed.
CLOSED: Final = (Role.FIXED, Role.NAME)


def steps_of(places: Sequence[Place], knowledge: Knowledge) -> tuple[list[Place], list[Step]]:
    """Returns the words that the model looks at and their candidates, in the same order."""
    seen: list[Place] = []
    steps: list[Step] = []
    for place in places:
        step = _reading(place, knowledge.model)
        if step is not None:
            seen.append(place)
            steps.append(step)
    as_read = [0] * len(steps)
    return seen, [
        step
        if place.slot.role in CLOSED
        else replace(step, candidates=(*step.candidates, *_others(place, steps, as_read, at, knowledge)))
        for at, (place, step) in enumerate(zip(seen, steps, strict=True))
    ]


def _reading(place: Place, model: LanguageModel) -> Step | None:
    """Returns the reading alone as a step; ``None`` for signs that the model passes over."""
    found = word_tokens(place.word.text)
    tokens = [each for each in found if each != BOUNDARY]
    if not tokens:
        return (
            Step((Candidate("", model.boundary, 0.0),), is_opened=False, is_closed=False) if found else None
        )
    read = canonical(place.slot.core) if place.slot.core else ""
    cost = 0.0 if place.slot.role in CLOSED or model.knows(read) else _UNKNOWN_COST
    return Step(
        (Candidate(read, model.number_of(tokens[0]), cost),),
        is_opened=found[0] == BOUNDARY,
        is_closed=found[-1] == BOUNDARY,
    )


def _others(
    place: Place, steps: Sequence[Step], as_read: Sequence[int], at: int, knowledge: Knowledge
) -> Iterator[Candidate]:
    """Yields the words that may win, likeliest first.

    ``steps`` hold every neighbour as read. A word that costs more by itself than the reading costs in its
    place cannot win; nor can one seen beside neither neighbour, unless one of them is no word either.
    """
    model, slot = knowledge.model, place.slot
    read = canonical(slot.core)
    if slot.known == read:
        return
    bound = cost_around(steps, as_read, at, 0, model, MODEL_WEIGHT) - _LEAST_MARGIN
    before = steps[at - 1].candidates[0].token if at else model.boundary
    behind = steps[at + 1].candidates[0].token if at + 1 < len(steps) else model.boundary
    doubt = min(_MOST_DOUBT, max(0.0, _DOUBT_GAIN * (_USUAL_CONFIDENCE - place.word.confidence)))
    offered = frozenset(place.offered)
    is_unclear = model.other in (before, behind)
    left = _MOST_CANDIDATES
    for other in (*_seen_otherwise(place, read, model), *_alike(knowledge, read)):
        is_known = other.word == slot.known
        cost = other.cost - doubt - _KNOWN_GAIN * is_known - _OFFERED_GAIN * (other.word in offered)
        if cost >= bound:
            continue
        is_seen = (
            is_known
            or is_unclear
            or model.has_bigram(before, other.token)
            or model.has_bigram(other.token, behind)
        )
        if (left > 0 or is_known) and is_seen:
            left -= 1
            yield Candidate(other.word, other.token, cost)


def _seen_otherwise(place: Place, read: str, model: LanguageModel) -> Iterator[Candidate]:
    """Yields words with other letters that the engine really saw; in running text alone, one known word
    for another."""
    if place.slot.role is not Role.RUNNING or not model.knows(read):
        return
    for word in dict.fromkeys(place.offered):
        if model.knows(word) and skeleton(word) != skeleton(read):
            yield Candidate(word, model.number_of(word), _OTHER_LETTERS + _OFFERED_GAIN)


@lru_cache(maxsize=1 << 13)
def _alike(knowledge: Knowledge, read: str) -> tuple[Candidate, ...]:
    """Returns the words with the letters of the reading, likeliest first, without regard to their place."""
    model = knowledge.model
    found = [
        Candidate(model.words[token], token, knowledge.confusions.cost(model.words[token], read))
        for token in model.alike(skeleton(read))
        if model.words[token] != read and len(model.words[token]) == len(read)
    ]
    found.sort(key=lambda each: each.cost + MODEL_WEIGHT * model.unigram(each.token))
    return tuple(found)
