"""Badly read copies of examples: recognition loses more on worn cards and bad copies than examples show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from classifiers.statistical.look import NAMES
from classifiers.statistical.model import source_of
from classifiers.statistical.ngrams import BUCKETS, Counts
from classifiers.statistical.sight import RuleVote
from classifiers.training.example import Example
from dossiers.document_types import UNKNOWN

#: Of cards and other small papers one in four is copied, of others one in thirty: they are read worst.
_EVERY_SMALL: Final = 4
_EVERY: Final = 30
#: Share of the n-grams that are left, at least and at most.
_LEFT: Final = (0.35, 0.85)
_SMALL: Final = NAMES.index("is_small")
_SILENT: Final = RuleVote(type_id=UNKNOWN, confidence=0.0)


def with_spoilt(examples: Sequence[Example]) -> list[Example]:
    """The examples and their badly read copies, in a fixed order."""
    return [*examples, *_spoilt(examples)]


def _spoilt(examples: Sequence[Example]) -> Iterator[Example]:
    for example in examples:
        seed = source_of(example.example_id)
        every = _EVERY_SMALL if example.sight.look[_SMALL] else _EVERY
        if seed % every == 0:
            yield _badly_read(example, np.random.default_rng(seed))


def _badly_read(example: Example, chance: np.random.Generator) -> Example:
    """A copy with part of its n-grams, as many foreign ones instead, without title, unknown to the rules."""
    counts = example.sight.counts
    kept = chance.random(len(counts.buckets)) < chance.uniform(*_LEFT)
    foreign = chance.integers(0, BUCKETS, int((~kept).sum()) // 2).astype(np.uint16)
    buckets = np.concatenate((counts.buckets[kept], foreign))
    weights = np.concatenate((counts.weights[kept], np.full(len(foreign), counts.weights.min(initial=1.0))))
    buckets, first = np.unique(buckets, return_index=True)
    sight = replace(
        example.sight,
        counts=Counts(buckets=buckets, weights=weights[first].astype(np.float32)),
        rule=_SILENT,
        titles={},
        has_title=False,
        labels=_fewer(example.sight.labels, chance),
    )
    return replace(example, example_id=f"{example.example_id}/spoilt", sight=sight, rule_without=_SILENT)


def _fewer(labels: Mapping[str, float], chance: np.random.Generator) -> dict[str, float]:
    """Labels of which some were not read."""
    return {each: round(share * float(chance.uniform(*_LEFT)), 3) for each, share in sorted(labels.items())}
