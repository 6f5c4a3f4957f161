"""Files that were received and the pages in them.

Rule: a page belongs to one dossier for ever and is always somewhere: received = filed + waiting + in
review + quarantined + replaced + set aside. A file that is refused never becomes pages; its bytes are kept
apart. A page that was scanned anew stays on record behind the one that took its place; a separator sheet is
on record beside the papers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from dossiers.errors import IllegalMove
from dossiers.local_time import day_in_vietnam


class PageState(StrEnum):
    """Where a page is."""

    RECEIVED = "received"  # durable and acknowledged, waiting to be read
    READ = "read"  # read, waiting for the rest of its dossier
    FILED = "filed"  # in a document whose type is known
    IN_REVIEW = "in_review"  # in a document that a clerk must look at
    QUARANTINED = "quarantined"  # could not be read after all attempts; a clerk must look
    REPLACED = "replaced"  # scanned anew: another page has its number, this one is history
    SET_ASIDE = "set_aside"  # no paper: a separator sheet; kept, not read, not filed


#: A four-sided part of a picture by its corners, px of the decoded picture: top left, top right, bottom
#: right, bottom left as the part is read.
Region = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]

#: Out of the papers of the dossier, and back among them: to be read, or read before.
_OUT: Final = frozenset({PageState.REPLACED, PageState.SET_ASIDE})
_BACK: Final = frozenset({PageState.RECEIVED, PageState.READ})
_MOVES: Final[dict[PageState, frozenset[PageState]]] = {
    PageState.RECEIVED: frozenset({PageState.READ, PageState.QUARANTINED, *_OUT}),
    PageState.READ: frozenset({PageState.FILED, PageState.IN_REVIEW, *_OUT}),
    PageState.FILED: frozenset({PageState.FILED, PageState.IN_REVIEW, PageState.RECEIVED, *_OUT}),
    PageState.IN_REVIEW: frozenset({PageState.FILED, PageState.IN_REVIEW, PageState.RECEIVED, *_OUT}),
    PageState.QUARANTINED: frozenset({PageState.QUARANTINED, PageState.IN_REVIEW, PageState.RECEIVED, *_OUT}),
    PageState.REPLACED: _BACK,
    PageState.SET_ASIDE: _BACK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """One file or scanner page as it came, immutable.

    Attributes:
        file_id: stable id derived from dossier and receipt key.
        dossier_id: the dossier it was received for.
        receipt_key: what makes receiving it twice the same receipt: SHA-256 of a file's bytes, or of a
            scanner page's session, place in it and bytes.
        name: the name under which it came, for people only; never part of a path.
        original_key: object key of the unaltered bytes (SHA-256 hex).
        media_type: decided by content, for example ``application/pdf``.
        byte_count: size of the original.
        page_count: pages of it that were received here, 1 to 2000; all but where separator sheets cut it.
        flags: what the inspection noticed, for example ``REPAIRED``, and what the station did: ``BLURRED``.
        received_at: UTC.
    """

    file_id: str
    dossier_id: str
    receipt_key: str
    name: str
    original_key: str
    media_type: str
    byte_count: int
    page_count: int
    flags: tuple[str, ...]
    received_at: datetime


def last_received(files: Iterable[ReceivedFile], opened_at: datetime) -> date:
    """The day in Viet Nam on which the last file of a dossier came; without files the day it was opened."""
    return day_in_vietnam(max((file.received_at for file in files), default=opened_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that was refused: its bytes are kept in quarantine under their SHA-256."""

    dossier_id: str
    receipt_key: str
    name: str
    code: str
    object_key: str | None  # None where the file was too large to be kept twice
    refused_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One side of one sheet.

    Attributes:
        page_id: stable id derived from file and index.
        dossier_id: the dossier it belongs to.
        file_id: the file it came in.
        original_key: object key of that file.
        index: 0-based place in the file.
        number: 1-based number in the dossier in the order of receipt, set by the records, never by a clock;
            it stays. 0 for what is set aside.
        state: where it is.
        document_id: the one document it is in, once filed.
        revision: how often the page of this number was scanned anew before; orders what is set aside.
        region: the part of the picture that is this page, one side of a card on the glass; ``None``: the
            whole.
        named_type: the type that a separator sheet, or a clerk, named; empty leaves naming to recognition,
            ``unknown`` says that the pages so named belong together.
        opens_document: whether a separator sheet, or a clerk, says that a document begins here.
        place: where a clerk moved it among the pages of its dossier, beside their numbers; 0: nowhere.
        turned: by how much a clerk turned it clockwise on the screen: 0, 90, 180 or 270.
        version: counts saves; a save names the version it was made from.
    """

    page_id: str
    dossier_id: str
    file_id: str
    original_key: str
    index: int
    number: int
    state: PageState = PageState.RECEIVED
    document_id: str | None = None
    revision: int = 0
    region: Region | None = None
    named_type: str = ""
    opens_document: bool = False
    place: float = 0.0
    turned: int = 0
    version: int = 0

    @property
    def order(self) -> float:
        """Orders the pages of a dossier: where a clerk put it, else its number."""
        return self.place or float(self.number)

    def moved(self, state: PageState, document_id: str | None = None) -> Page:
        """Returns the page in its new state.

        Raises:
            IllegalMove: a page may not go there from where it is.
        """
        if state not in _MOVES[self.state]:
            raise IllegalMove(f"page {self.page_id}", self.state, state)
        return replace(self, state=state, document_id=document_id)

    def taken_back(self, number: int, state: PageState = PageState.RECEIVED) -> Page:
        """Returns a page that was set aside as a paper, to be read or read before, at a number of its own.

        Raises:
            IllegalMove: it is not set aside.
        """
        if self.state is not PageState.SET_ASIDE:
            raise IllegalMove(f"page {self.page_id}", self.state, state)
        return replace(self.moved(state), number=number, revision=0)


def derived_id(*parts: str) -> str:
    """Derives a stable 20-digit hex id from its parts: the same parts give the same id for ever."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
