"""The pages of a dossier as a clerk sees them: in order, grouped into documents, read or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dossiers.document import Document
from dossiers.document_types import UNKNOWN
from dossiers.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGroup:
    """Pages that belong together.

    Attributes:
        pages: at least one, in order.
        document: the document they were filed as; ``None`` while they wait to be read or filed.
        type_id: what they are: the document's type, what a clerk named, or ``unknown``.
    """

    pages: tuple[Page, ...]
    document: Document | None
    type_id: str


def groups_of(pages: Sequence[Page], documents: Sequence[Document]) -> tuple[PageGroup, ...]:
    """Groups the pages; a pure function. Every page is in exactly one group, groups by their first page.

    Pages that no document has yet stand alone, unless a clerk or a separator said that they belong together.
    """
    owners = {page_id: document for document in documents for page_id in document.page_ids}
    groups: list[PageGroup] = []
    places: dict[str, int] = {}
    for page in pages:
        document = owners.get(page.page_id)
        at = places.get(document.document_id) if document else _open_run(groups, page)
        if at is not None:
            groups[at] = replace(groups[at], pages=(*groups[at].pages, page))
            continue
        if document is not None:
            places[document.document_id] = len(groups)
        type_id = document.type_id if document else page.named_type or UNKNOWN
        groups.append(PageGroup(pages=(page,), document=document, type_id=type_id))
    return tuple(groups)


def _open_run(groups: Sequence[PageGroup], page: Page) -> int | None:
    """The group that a page without a document goes on with: the last one, of the same name."""
    if not groups or not page.named_type or page.opens_document or groups[-1].document is not None:
        return None
    return len(groups) - 1 if groups[-1].pages[-1].named_type == page.named_type else None


def arranged(
    groups: Sequence[PageGroup], touched: Mapping[int, str | None], present: Sequence[Page]
) -> tuple[Page, ...]:
    """The pages that change so that the groups come out as given; a pure function.

    Args:
        groups: all groups of the dossier in the order wanted.
        touched: groups that a clerk decided on, by place, with the type that their pages are named;
            ``None`` where a document begins and recognition says which.
        present: the pages as they are, in order.
    """
    order = [page for group in groups for page in group.pages]
    is_moved = [page.page_id for page in order] != [page.page_id for page in present]
    wanted: dict[str, Page] = {page.page_id: page for page in order}
    for at, type_id in touched.items():
        for place, page in enumerate(groups[at].pages):
            named = type_id if type_id is not None else page.named_type
            wanted[page.page_id] = replace(
                page,
                named_type="" if type_id is None and named == UNKNOWN else named,
                opens_document=place == 0,
            )
        if at + 1 < len(groups):  # what follows begins anew: equal names would run together
            follower = wanted[groups[at + 1].pages[0].page_id]
            wanted[follower.page_id] = replace(follower, opens_document=True)
    if is_moved:
        for number, page in enumerate(order, start=1):
            wanted[page.page_id] = replace(wanted[page.page_id], place=float(number))
    return tuple(wanted[page.page_id] for page in present if wanted[page.page_id] != page)
