"""Which pages train and which judge: pages of one dossier are never on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

from classifiers.training.example import Example
from dossiers.document_types import UNKNOWN

#: Parts that the dossiers, and the types, are dealt into.
FOLDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One cut.

    Attributes:
        train: what a model may learn.
        judge: pages that it has not seen.
        hidden: types of which it has not seen any page.
    """

    train: tuple[Example, ...]
    judge: tuple[Example, ...]
    hidden: frozenset[str] = frozenset()


def by_dossier(examples: Sequence[Example]) -> Iterator[Fold]:
    """Cuts by dossier; the same dossier always falls into the same part."""
    for number in range(FOLDS):
        judge = tuple(each for each in examples if _part(each.group) == number)
        train = tuple(each for each in examples if _part(each.group) != number)
        if judge and len({each.type_id for each in train}) > 1:
            yield Fold(train=train, judge=judge)


def by_type(examples: Sequence[Example]) -> Iterator[Fold]:
    """Cuts by type: kinds of paper that the model never saw. Neighbours by name are hidden apart."""
    types = sorted({each.type_id for each in examples} - {UNKNOWN})
    for number in range(min(FOLDS, len(types))):
        hidden = frozenset(types[number::FOLDS])
        train = tuple(each for each in examples if each.type_id not in hidden)
        judge = tuple(each for each in examples if each.type_id in hidden)
        if len({each.type_id for each in train}) > 1:
            yield Fold(train=train, judge=judge, hidden=hidden)


def without_its_rule(example: Example) -> Example:
    """The page as it looks where the rules do not know its type."""
    titles = {each: share for each, share in example.sight.titles.items() if each != example.type_id}
    labels = {each: share for each, share in example.sight.labels.items() if each != example.type_id}
    return replace(
        example, sight=replace(example.sight, rule=example.rule_without, titles=titles, labels=labels)
    )


def _part(group: str) -> int:
    return crc32(group.encode()) % FOLDS
