"""The likeliest words for a run of slots: what was read, what the model expects, what engines confuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.language.model import LanguageModel

#: How many histories are followed at once.
_BEAM: Final = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a slot.

    Attributes:
        word: its letters, lower case.
        token: its number in the model.
        cost: nats, before the model is asked.
    """

    word: str
    token: int
    cost: float


@dataclass(frozen=True, slots=True)
class Step:
    """One slot: its candidates, the reading itself first, and whether a boundary stands around it."""

    candidates: tuple[Candidate, ...]
    is_opened: bool
    is_closed: bool


#: The last two tokens.
_History = tuple[int, int]


def best_path(steps: Sequence[Step], model: LanguageModel, weight: float) -> list[int]:
    """Returns the index of the best candidate of every step.

    Args:
        steps: in reading order; every step has at least one candidate.
        model: what is asked for the costs of words in their places.
        weight: how much the model's nats count against the candidates' own.
    """
    boundary = model.boundary
    beams: dict[_History, float] = {(boundary, boundary): 0.0}
    trail: list[dict[_History, tuple[_History, int]]] = []
    for step in steps:
        reached = _reached(step, beams, model, weight)
        kept = (
            sorted(reached.items(), key=lambda item: item[1][0])[:_BEAM]
            if len(reached) > 1
            else reached.items()
        )
        beams = {after: total for after, (total, _, _) in kept}
        trail.append({after: (history, index) for after, (_, history, index) in kept})
    return _walked_back(trail, min(beams, key=lambda each: beams[each]))


def _reached(
    step: Step, beams: dict[_History, float], model: LanguageModel, weight: float
) -> dict[_History, tuple[float, _History, int]]:
    """Returns every history behind a step with its cost, where it came from and by which candidate."""
    boundary = model.boundary
    is_forced = len(beams) == 1 and len(step.candidates) == 1
    reached: dict[_History, tuple[float, _History, int]] = {}
    for history, cost in beams.items():
        first, second = (history[1], boundary) if step.is_opened else history
        for index, candidate in enumerate(step.candidates):
            # Where there is nothing to choose, nothing needs to be looked up.
            total = (
                cost
                if is_forced
                else cost + candidate.cost + weight * model.score(first, second, candidate.token)
            )
            after = (candidate.token, boundary) if step.is_closed else (second, candidate.token)
            if after not in reached or total < reached[after][0]:
                reached[after] = (total, history, index)
    return reached


def _walked_back(trail: Sequence[dict[_History, tuple[_History, int]]], last: _History) -> list[int]:
    path: list[int] = []
    for reached in reversed(trail):
        last, index = reached[last]
        path.append(index)
    return path[::-1]


def cost_around(
    steps: Sequence[Step], path: Sequence[int], at: int, index: int, model: LanguageModel, weight: float
) -> float:
    """Returns the cost (nats) of a candidate in a path: its own, that of its place and of the next two."""
    first = second = model.boundary
    total = 0.0
    for place in range(max(0, at - 2), min(len(steps), at + 3)):
        step = steps[place]
        candidate = step.candidates[index if place == at else path[place]]
        if step.is_opened:
            first, second = second, model.boundary
        if place >= at:
            total += weight * model.score(first, second, candidate.token)
        first, second = (candidate.token, model.boundary) if step.is_closed else (second, candidate.token)
    return total + steps[at].candidates[index].cost
