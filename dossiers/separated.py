"""Cutting a stack where separator sheets cut it, and elsewhere as recognition proposes.

A separator sheet is a clerk's word: no document reaches across it, and the type that it names is the type.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from dossiers.page import Page
from dossiers.proposal import DocumentProposal
from dossiers.reading import PageReading

#: Proposes documents for a stack; positions are those of the stack.
Assemble = Callable[[Sequence[PageReading]], Sequence[DocumentProposal]]
#: The evidence of a type that a separator sheet named.
BY_SEPARATOR = "SEPARATOR"


def separated(
    pages: Sequence[Page], readings: Sequence[PageReading], assemble: Assemble
) -> tuple[DocumentProposal, ...]:
    """Proposes documents for the whole stack; every position is in exactly one of them.

    Args:
        pages: pages in order; ``opens_document`` and ``named_type`` say what separator sheets said.
        readings: what was read on each.
        assemble: what proposes documents where no separator says more.
    """
    starts = [at for at, page in enumerate(pages) if at == 0 or _is_cut(pages[at - 1], page)]
    proposals: list[DocumentProposal] = []
    for start, end in pairwise([*starts, len(pages)]):
        found = [_moved(each, start) for each in assemble(readings[start:end])]
        proposals += [_named(found, pages[start].named_type)] if pages[start].named_type else found
    return tuple(proposals)


def _is_cut(before: Page, page: Page) -> bool:
    return page.opens_document or page.named_type != before.named_type


def _moved(proposal: DocumentProposal, by: int) -> DocumentProposal:
    return replace(proposal, positions=tuple(position + by for position in proposal.positions))


def _named(found: Sequence[DocumentProposal], type_id: str) -> DocumentProposal:
    """Joins what was proposed for the pages behind a sheet that names a type; their values all stay."""
    main = next((each for each in found if each.type_id == type_id), found[0])
    return replace(
        main,
        type_id=type_id,
        positions=tuple(sorted(position for each in found for position in each.positions)),
        confidence=1.0,
        evidence=main.evidence if main.type_id == type_id else BY_SEPARATOR,
        fields=tuple(value for each in found for value in each.fields),
        issues=tuple(dict.fromkeys(issue for each in found for issue in each.issues)),
    )
