"""Confirming at the desk: what waits, who holds it, what was typed so far, and the second person's check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dossiers.citizens import NumberIndex
from dossiers.confirmed import ConfirmedPaper
from dossiers.disagreements import Others, others_of
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.events import Event, EventKind
from dossiers.local_time import day_in_vietnam
from dossiers.page import Page
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.reading import CopyKind
from dossiers.review import Confirmation, Review
from dossiers.review_draft import ReviewDraft
from dossiers.review_ports import Unconfirmed
from dossiers.typed_value import typed_value

#: Older dossiers are not in the queue; they are found by search.
QUEUE_DAYS: Final = 30
#: Most documents in one look at the queue.
MOST: Final = 100


class Outcome(StrEnum):
    """What became of a confirmation."""

    CONFIRMED = "confirmed"
    FIRST_CHECK = "first_check"  # another person has to confirm it too


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReview:
    """A document in a clerk's hands.

    Attributes:
        document: as proposed.
        dossier: its dossier.
        draft: what was typed so far.
        pages: its pages in order, with the key of their full result where they were read.
        others: what other places say about its values.
        paper: the confirmed paper, where it is confirmed already.
        needs_second: whether the procedure demands a second person.
    """

    document: Document
    dossier: Dossier
    draft: ReviewDraft
    pages: tuple[tuple[Page, str], ...]
    others: Others
    paper: ConfirmedPaper | None
    needs_second: bool


class ReviewDesk:
    """The use case of the confirm screen.

    Args:
        records: the records.
        review: confirms.
        index: the blind index of numbers.
        needs_second: whether two people confirm papers of a dossier.
        clock: tells the time.
    """

    def __init__(
        self,
        *,
        records: RecordStore,
        review: Review,
        index: NumberIndex,
        needs_second: Callable[[Dossier], bool],
        clock: Clock,
    ) -> None:
        self._records = records
        self._review = review
        self._index = index
        self._needs_second = needs_second
        self._clock = clock

    def queue(self, unit: str, type_id: str = "", limit: int = MOST) -> tuple[Unconfirmed, ...]:
        """What waits to be confirmed, oldest first."""
        since = self._clock() - timedelta(days=QUEUE_DAYS)
        with self._records.transaction() as work:
            return tuple(work.reviews.unconfirmed(since, unit, type_id, limit))

    def is_free(self, waiting: Unconfirmed, account: str) -> bool:
        """Whether an account may take a document up now."""
        draft = waiting.draft
        if draft is None:
            return True
        is_held = draft.clerk != account and draft.is_held(self._clock())
        return not is_held and draft.first_check != account

    def next_free(self, unit: str, account: str, after: str = "") -> str | None:
        """The document that an account should take next; not the one named."""
        free = (each for each in self.queue(unit) if self.is_free(each, account))
        return next((each.document.document_id for each in free if each.document.document_id != after), None)

    def open(self, document_id: str, account: str) -> OpenedReview:
        """Takes a document into a clerk's hands; one that is confirmed is only shown.

        Raises:
            RecordError: ``NOT_FOUND``; ``REVIEW_HELD``; ``SAME_PERSON``.
        """
        with self._records.transaction() as work:
            document = work.documents.get(document_id)
            paper = work.papers.find(document_id)
            draft = self._draft(work, document_id, account)
            if paper is None:
                draft = _keep(work, draft.taken(account, self._clock()))
            dossier = work.dossiers.get(document.dossier_id)
            files = work.dossiers.files(document.dossier_id)
            latest = max((each.received_at for each in files), default=dossier.opened_at)
            others = others_of(work, document, dossier, day_in_vietnam(latest), self._index)
            pages = tuple(_page(work, each) for each in document.page_ids)
        return OpenedReview(
            document=document,
            dossier=dossier,
            draft=draft,
            pages=pages,
            others=others,
            paper=paper,
            needs_second=self._needs_second(dossier),
        )

    def type(self, document_id: str, account: str, name: str, text: str) -> ReviewDraft:
        """Keeps what was typed into a field.

        Raises:
            InputError: it has not the shape of the field; nothing was kept.
            RecordError: as of ``open``.
        """
        typed_value(name, text)
        now = self._clock()
        with self._records.transaction() as work:
            draft = self._draft(work, document_id, account).taken(account, now)
            return _keep(work, draft.typed(name, text, now))

    def see(self, document_id: str, account: str, name: str) -> ReviewDraft:
        """Notes that a clerk looked at a field and left it as it is; errors as of ``open``."""
        now = self._clock()
        with self._records.transaction() as work:
            draft = self._draft(work, document_id, account).taken(account, now)
            return _keep(work, draft.seen(name, now))

    def choose(self, document_id: str, account: str, type_id: str, copy_kind: str) -> ReviewDraft:
        """Keeps the type and kind that were chosen; errors as of ``open``."""
        now = self._clock()
        with self._records.transaction() as work:
            draft = self._draft(work, document_id, account).taken(account, now)
            return _keep(work, replace(draft, type_id=type_id, copy_kind=copy_kind))

    def release(self, document_id: str, account: str) -> None:
        """Gives a document back to the queue with what was typed; nothing where another clerk holds it."""
        with self._records.transaction() as work:
            draft = work.reviews.find(document_id)
            if draft is not None and draft.clerk == account:
                work.reviews.put(draft.released(self._clock()))

    def confirm(self, document_id: str, account: str, name: str) -> Outcome:
        """Confirms what the draft says; where two people are needed, the first one only checks.

        Args:
            document_id: the document.
            account: who confirms.
            name: the same, as it is recorded.

        Raises:
            RecordError: as of ``open``, and as of ``Review.confirm``.
            InputError: a value has not the shape of its field.
        """
        now = self._clock()
        with self._records.transaction() as work:
            draft = self._draft(work, document_id, account).taken(account, now)
            document = work.documents.get(document_id)
            needs_second = self._needs_second(work.dossiers.get(document.dossier_id))
            if needs_second and not draft.first_check:
                _keep(work, draft.checked_first(now))
                work.events.append(_first_check(document, now))
                return Outcome.FIRST_CHECK
        self._review.confirm(
            document_id,
            Confirmation(
                clerk=name,
                type_id=draft.type_id or None,
                copy_kind=CopyKind(draft.copy_kind) if draft.copy_kind else None,
                corrections=dict(draft.edits),
            ),
        )
        with self._records.transaction() as work:
            work.reviews.erase(document_id)
        return Outcome.CONFIRMED

    def _draft(self, work: UnitOfWork, document_id: str, account: str) -> ReviewDraft:
        fresh = ReviewDraft(document_id=document_id, clerk=account, held_until=self._clock())
        return work.reviews.find(document_id) or fresh


def _keep(work: UnitOfWork, draft: ReviewDraft) -> ReviewDraft:
    work.reviews.put(draft)
    return replace(draft, version=draft.version + 1)


def _page(work: UnitOfWork, page_id: str) -> tuple[Page, str]:
    found = work.pages.reading(page_id)
    return work.pages.get(page_id), found[1] if found else ""


def _first_check(document: Document, now: datetime) -> Event:
    return Event(
        kind=EventKind.DOCUMENT_CHECKED,
        dossier_id=document.dossier_id,
        subject_id=document.document_id,
        at=now,
    )
