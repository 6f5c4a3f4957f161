"""A page that was set aside, as a separator sheet for example, and is a paper after all.

Rule: the page, its bytes and the fact that it was set aside stay on record; it gets the last number of the
dossier, because no number of another page ever changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.page import Page
from dossiers.page_coming_back import take_back_page
from dossiers.ports import Clock, RecordStore
from dossiers.tasks import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """The use case."""

    records: RecordStore
    clock: Clock

    def take_back(self, dossier_id: str, place: int, priority: Priority = Priority.COUNTER) -> Page:
        """Makes a page that is set aside a paper of its dossier, due to be read where it was not.

        Args:
            dossier_id: the dossier.
            place: 1-based place among its pages that are set aside.
            priority: who waits for the reading.

        Returns:
            The page with its number.

        Raises:
            RecordError: ``NOT_FOUND``, nothing is set aside at this place.
        """
        with self.records.transaction() as work:
            aside = work.pages.aside(dossier_id)
            if not 1 <= place <= len(aside):
                raise RecordError(
                    "NOT_FOUND",
                    vi="Hồ sơ không có trang để riêng mang số này.",
                    en="the dossier has no page set aside at this place",
                    hint=f"set aside: {len(aside)}",
                )
            now = self.clock()
            page = take_back_page(work, aside[place - 1], now, priority)
            work.events.append(
                Event(
                    kind=EventKind.PAGE_TAKEN_BACK,
                    dossier_id=dossier_id,
                    subject_id=page.page_id,
                    at=now,
                    detail=f"page {page.number}",
                )
            )
        return page
