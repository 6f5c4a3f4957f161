"""The cheapest cut of a run of pages into documents, over all cuts at once.

Dynamic programming over the places where a document may begin: the best cut up to a page is the cheapest
document that ends there, behind the best cut up to its first page. Costs of joining depend on the document so
far, not on the pages behind it, so no cut is overlooked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from classifiers.cut.costs import OpenDocument, joining_cost, opening_cost
from classifiers.cut.cues import PageCues

#: A page that costs so much to join ends the search for longer documents: nothing behind it makes up for it.
_HOPELESS: Final = 8.0


def cut(pages: Sequence[PageCues], expected: Collection[str] = ()) -> tuple[range, ...]:
    """Returns the documents of the run in order; together they hold every page exactly once.

    Args:
        pages: legible pages in the order of the stack.
        expected: types that the checklist of the procedure asks for.
    """
    best = [0.0] + [float("inf")] * len(pages)
    begin = [0] * (len(pages) + 1)
    for first, page in enumerate(pages):
        cost, document = best[first] + opening_cost(page, expected), OpenDocument.at(page)
        for end in range(first + 1, len(pages) + 1):
            if cost < best[end]:
                best[end], begin[end] = cost, first
            if end == len(pages):
                break
            step = joining_cost(pages[end], document)
            if step >= _HOPELESS:
                break
            cost += step
            document.add(pages[end])
    return _walked_back(begin)


def _walked_back(begin: Sequence[int]) -> tuple[range, ...]:
    found: list[range] = []
    end = len(begin) - 1
    while end > 0:
        found.append(range(begin[end], end))
        end = begin[end]
    return tuple(reversed(found))
