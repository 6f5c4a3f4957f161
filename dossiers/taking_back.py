"""A page that was set aside, as a separator sheet for example, and is a paper after all.

Rule: the page, its bytes and the fact that it was set aside stay on record; it gets the last number of the
dossier, because no number of another page ever changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.dossier import DigitizationState
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.page import Page, derived_id
from dossiers.ports import Clock, RecordStore
from dossiers.tasks import Priority, Task, TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """The use case."""

    records: RecordStore
    clock: Clock

    def take_back(self, dossier_id: str, place: int, priority: Priority = Priority.COUNTER) -> Page:
        """Makes a page that is set aside a paper of its dossier, waiting to be read.

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
            present = work.pages.of_dossier(dossier_id)
            page = aside[place - 1].taken_back(present[-1].number + 1 if present else 1)
            work.pages.place(page)
            now = self.clock()
            work.tasks.add(
                Task(
                    task_id=derived_id(TaskKind.READ_PAGE, page.page_id),
                    kind=TaskKind.READ_PAGE,
                    subject_id=page.page_id,
                    dossier_id=dossier_id,
                    priority=priority,
                    due_at=now,
                )
            )
            dossier = work.dossiers.get(dossier_id)
            if dossier.state is not DigitizationState.RECEIVING:
                work.dossiers.save(dossier.moved(DigitizationState.RECEIVING))
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
