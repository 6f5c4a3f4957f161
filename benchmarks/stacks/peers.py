"""Simple ways to cut a stack without separator sheets, beside which the product is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.stacks.score import Cut
from classifiers.stream import StreamSegmenter
from dossiers.document_types import BLANK, DOCUMENT_TYPES
from dossiers.reading import Outcome, PageReading


def by_product(readings: Sequence[PageReading]) -> Cut:
    """The product's cut."""
    return {frozenset(each.positions): each.type_id for each in StreamSegmenter().assemble(readings)}


def by_change_of_type(readings: Sequence[PageReading]) -> Cut:
    """A new document where the type changes; blank pages stay with the page before."""
    return _cut(readings, lambda page, open_type: _front(page) != open_type)


def by_title(readings: Sequence[PageReading]) -> Cut:
    """Every page with a title or letterhead of its own begins a document."""
    return _cut(readings, lambda page, _: page.classification.is_first_page)


def _cut(readings: Sequence[PageReading], opens: Callable[[PageReading, str], bool]) -> Cut:
    documents: list[tuple[str, list[int]]] = []
    for position, page in enumerate(readings):
        is_blank = page.outcome is Outcome.BLANK or page.classification.type_id == BLANK
        if not documents or (not is_blank and opens(page, documents[-1][0])):
            documents.append((_front(page), []))
        documents[-1][1].append(position)
    return {frozenset(positions): type_id for type_id, positions in documents}


def _front(page: PageReading) -> str:
    type_id = page.classification.type_id
    return DOCUMENT_TYPES[type_id].joins or type_id
