"""Simulated mistakes of the classifier."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.reading import Outcome, PageReading

_NAMED: Final = sorted(DOCUMENT_TYPES.keys() - {BLANK, UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistakes:
    """How often, 0 to 1: the type is another one; the page has no type."""

    wrong: float
    unknown: float


def spoil(readings: Sequence[PageReading], mistakes: Mistakes, seed: str) -> list[PageReading]:
    """Changes the types of some pages; the same seed gives the same mistakes.

    A page of a wrong type looks like a first page or a later one by chance. A page without a type keeps what
    was seen of its head, except that a head is missed once in five times.
    """
    rng = random.Random(seed)
    return [page if page.outcome is Outcome.BLANK else _spoilt(page, mistakes, rng) for page in readings]


def _spoilt(page: PageReading, mistakes: Mistakes, rng: random.Random) -> PageReading:
    chance, found = rng.random(), page.classification
    if chance < mistakes.wrong:
        found = replace(
            found,
            type_id=rng.choice(_NAMED),
            confidence=round(rng.uniform(0.5, 0.95), 3),
            is_first_page=rng.random() < 0.5,
        )
    elif chance < mistakes.wrong + mistakes.unknown:
        is_first = found.is_first_page and rng.random() < 0.8
        found = replace(found, type_id=UNKNOWN, confidence=0.6, evidence="", is_first_page=is_first)
    return replace(page, classification=found)
