"""Mixed stacks out of papers with truth, as they lie on a counter: shuffled, with strangers among them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from benchmarks.stacks.papers import Paper, PaperPage
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.reading import PageReading

#: Pages of a stack.
SIZES: Final = (20, 60)
#: How often a surplus paper is laid behind one of its own type.
_TWIN_SHARE: Final = 0.35
#: How often two cards in a row come fronts first, then backs.
_FRONTS_FIRST_SHARE: Final = 0.2
#: How often a paper of several pages has lost all but one of them.
_LOST_PAGES_SHARE: Final = 0.06
#: How often a stack holds two or three such leaves of different papers in a row.
_LEAVES_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wanted:
    """A document of the stack.

    Attributes:
        type_id: empty where only later pages are there: nobody can be asked for the type.
        positions: 0-based places of its pages.
    """

    name: str
    type_id: str
    positions: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stack:
    """Pages in the order in which they were fed, and the documents that they are."""

    name: str
    pages: tuple[PaperPage, ...]
    documents: tuple[Wanted, ...]

    @property
    def readings(self) -> tuple[PageReading, ...]:
        """What each page says by itself."""
        return tuple(page.reading for page in self.pages)


@dataclass(slots=True)
class _Item:
    """A paper, or what is left of it."""

    paper: Paper
    pages: tuple[PaperPage, ...]
    type_id: str


def make_stack(papers: Sequence[Paper], seed: str) -> Stack:
    """Lays a stack of 20 to 60 pages; the same papers and seed give the same stack."""
    rng = random.Random(seed)
    dossier = rng.choice(sorted({paper.dossier for paper in papers}))
    own = [paper for paper in papers if paper.dossier == dossier]
    others = [paper for paper in papers if paper.dossier != dossier]
    rng.shuffle(own)
    rng.shuffle(others)
    items = [_item(paper, rng) for paper in own]
    size = rng.randint(*SIZES)
    if rng.random() < _LEAVES_SHARE:
        _insert_leaves(items, others, rng)
    while others and sum(len(item.pages) for item in items) < size:
        paper = others.pop()
        if sum(len(item.pages) for item in items) + len(paper.pages) <= SIZES[1]:
            items.insert(_place_for(paper, items, rng), _item(paper, rng))
    return _laid(seed, items, rng)


def _item(paper: Paper, rng: random.Random) -> _Item:
    if paper.later_pages and not paper.is_card and rng.random() < _LOST_PAGES_SHARE:
        return _leaf(paper, rng)
    return _Item(paper, paper.pages, paper.type_id)


def _leaf(paper: Paper, rng: random.Random) -> _Item:
    """One page of it alone."""
    page = rng.choice([paper.pages[0], *paper.later_pages])
    return _Item(paper, (page,), paper.type_id if page is paper.pages[0] else "")


def _insert_leaves(items: list[_Item], others: list[Paper], rng: random.Random) -> None:
    torn = [paper for paper in others if paper.later_pages and not paper.is_card][: rng.randint(2, 3)]
    at = rng.randint(0, len(items))
    for paper in torn:
        others.remove(paper)
        items.insert(at, _leaf(paper, rng))


def _place_for(paper: Paper, items: Sequence[_Item], rng: random.Random) -> int:
    twins = [place for place, item in enumerate(items, start=1) if item.paper.type_id == paper.type_id]
    if twins and rng.random() < _TWIN_SHARE:
        return rng.choice(twins)
    return rng.randint(0, len(items))


def _laid(name: str, items: Sequence[_Item], rng: random.Random) -> Stack:
    order = [(number, page) for number, item in enumerate(items) for page in item.pages]
    for at, (one, other) in enumerate(pairwise(items)):
        if one.paper.is_card and other.paper.is_card and rng.random() < _FRONTS_FIRST_SHARE:
            start = next(place for place, (number, _) in enumerate(order) if number == at)
            if [number for number, _ in order[start : start + 4]] == [at, at, at + 1, at + 1]:
                order[start + 1], order[start + 2] = order[start + 2], order[start + 1]
    return Stack(
        name=name,
        pages=tuple(page for _, page in order),
        documents=tuple(
            Wanted(
                name=item.paper.name,
                type_id=item.type_id and _front_of(item.type_id),
                positions=frozenset(place for place, (owner, _) in enumerate(order) if owner == number),
            )
            for number, item in enumerate(items)
        ),
    )


def _front_of(type_id: str) -> str:
    return DOCUMENT_TYPES[type_id].joins or type_id
