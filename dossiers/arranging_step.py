"""What a clerk did to the pages of a dossier, kept so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dossiers.page import Page


class ArrangingKind(StrEnum):
    """What was done."""

    NAME = "name"  # said what a document is
    SPLIT = "split"
    JOIN = "join"
    MOVE = "move"
    TURN = "turn"
    SET_ASIDE = "set_aside"
    TAKE_BACK = "take_back"
    RESTORE = "restore"  # an earlier scan took its place back
    PLACE = "place"  # put a document into a slot, or took it out
    RESCAN = "rescan"  # had a page scanned anew
    REUSE = "reuse"  # took what is on file for a slot


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPage:
    """Where a page lay before: see ``Page`` for the meaning of each."""

    page_id: str
    place: float
    turned: int
    named_type: str
    opens_document: bool

    @classmethod
    def of(cls, page: Page) -> PlacedPage:
        """How a page lies now."""
        return cls(
            page_id=page.page_id,
            place=page.place,
            turned=page.turned,
            named_type=page.named_type,
            opens_document=page.opens_document,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPin:
    """What a clerk had put into a slot before; ``is_pinned`` false leaves it to the program."""

    key: str
    document_id: str | None
    is_pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangingStep:
    """One thing that was done.

    Attributes:
        step_id: unique.
        dossier_id: the dossier.
        kind: what was done.
        by: who did it.
        at: UTC.
        pages: the pages that it changed, as they were before; for ``RESCAN`` those whose place was taken.
        pins: the slots as they were before; for ``PLACE`` alone.
        subject: the page that was set aside, taken back or restored; for ``REUSE`` the key of the slot;
            empty otherwise.
        other: for ``RESTORE`` the page whose place was taken.
        undone_by: who undid it; empty while it holds.
    """

    step_id: str
    dossier_id: str
    kind: ArrangingKind
    by: str
    at: datetime
    pages: tuple[PlacedPage, ...] = ()
    pins: tuple[SlotPin, ...] = ()
    subject: str = ""
    other: str = ""
    undone_by: str = ""

    @property
    def is_undone(self) -> bool:
        """Whether it was undone."""
        return bool(self.undone_by)
