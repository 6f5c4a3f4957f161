"""The same field over many documents: quick to the eye, since the hand does not change its task."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.doubts import Piece, pieces_of, unsure_words
from dossiers.page_layout import PageLayout
from dossiers.ports import UnitOfWork
from dossiers.reading import FieldValue
from dossiers.review_ports import Unconfirmed
from reception.frame.person import Person
from reception.frame.sheet_view import mark_of, window_on
from reception.review.shown_value import shown
from reception.services import DeskServices


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """The field of one document.

    Attributes:
        waiting: the document.
        value: as shown in the input.
        read: what was read, as shown.
        pieces: the same in sure and doubtful pieces.
        suggestions: what it may be instead.
        page_id: its page; empty where the value has no place.
        layout: measures of the page.
        window: window of the picture.
        mark: box, as left, top, width, height.
    """

    waiting: Unconfirmed
    value: str
    read: str
    pieces: tuple[Piece, ...]
    suggestions: tuple[str, ...]
    page_id: str
    layout: PageLayout | None
    window: str
    mark: tuple[int, int, int, int] | None


def group_lines(desk: DeskServices, person: Person, field: str) -> tuple[GroupLine, ...]:
    """The field of every waiting document that has it, is free, and was not looked at yet."""
    free = [
        each
        for each in desk.review_desk.queue(person.branch)
        if desk.review_desk.is_free(each, person.account_id) and not _is_seen(each, field)
    ]
    with desk.records.transaction() as work:
        found = [
            (each, value, *_place(work, each, value))
            for each in free
            for value in each.document.fields
            if value.name == field
        ]
    return tuple(_line(desk, *each) for each in found)


def _is_seen(waiting: Unconfirmed, field: str) -> bool:
    draft = waiting.draft
    return draft is not None and (field in draft.looked_at or field in dict(draft.edits))


def _place(work: UnitOfWork, waiting: Unconfirmed, value: FieldValue) -> tuple[str, str]:
    for page_id in waiting.document.page_ids:
        known = work.pages.reading(page_id)
        if known and any((each.name, each.raw) == (value.name, value.raw) for each in known[0].fields):
            return page_id, known[1]
    return "", ""


def _line(desk: DeskServices, waiting: Unconfirmed, value: FieldValue, page_id: str, key: str) -> GroupLine:
    layout = desk.layouts.layout(key) if key else None
    read = shown(value.name, value.value)
    suggestions = tuple(shown(value.name, each) for each in value.alternatives)
    box = value.box if layout is not None else None
    return GroupLine(
        waiting=waiting,
        value=read,
        read=read,
        pieces=pieces_of(read, suggestions, unsure_words(layout, box)),
        suggestions=suggestions,
        page_id=page_id if box else "",
        layout=layout,
        window=window_on(box, layout, shape=0.12, least=0.4) if box and layout else "",
        mark=mark_of(box) if box else None,
    )
