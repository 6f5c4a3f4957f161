"""Cuts against the truth: whole documents, documents with their type, boundaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.stacks.stack import Stack

#: A cut: the pages of each document, and its type.
Cut = Mapping[frozenset[int], str]


@dataclass(slots=True)
class Tally:
    """Right ones among those found and those wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        """Counts some more."""
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Share of the found ones that are right, 0 to 1."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the wanted ones that were found, 0 to 1."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


@dataclass(slots=True)
class Score:
    """Counts over all stacks.

    Attributes:
        documents: exactly the right pages.
        typed: the right pages and the right type.
        boundaries: places between two pages that belong to different documents.
        whole: stacks without any mistake.
    """

    documents: Tally = field(default_factory=Tally)
    typed: Tally = field(default_factory=Tally)
    boundaries: Tally = field(default_factory=Tally)
    stacks: int = 0
    whole: int = 0
    pages: int = 0
    seconds: float = 0.0


def judge(stack: Stack, cut: Cut, score: Score) -> list[str]:
    """Counts one stack; returns what is wrong, for people."""
    wanted = {document.positions: document for document in stack.documents}
    right = wanted.keys() & cut.keys()
    typed = sum(wanted[each].type_id in ("", cut[each]) for each in right)
    score.documents.add(len(right), len(cut), len(wanted))
    score.typed.add(typed, len(cut), len(wanted))
    true_edges, found_edges = _edges(list(wanted)), _edges(list(cut))
    score.boundaries.add(len(true_edges & found_edges), len(found_edges), len(true_edges))
    score.stacks += 1
    score.whole += wanted.keys() == cut.keys()
    score.pages += len(stack.pages)
    return [
        f"{stack.name}: {wanted[each].name} {wanted[each].type_id or 'a leaf'} {sorted(each)} cut as "
        f"{[sorted(other) for other in cut if other & each]}"
        for each in wanted.keys() - right
    ]


def _edges(documents: Sequence[frozenset[int]]) -> set[int]:
    """Places whose page belongs to another document than the page before."""
    owner = {place: number for number, positions in enumerate(documents) for place in positions}
    return {place for place in owner if place and owner[place] != owner.get(place - 1)}
