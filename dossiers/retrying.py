"""Reading a page once more that was given up."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.dossier import DigitizationState
from dossiers.errors import IllegalMove
from dossiers.events import Event, EventKind
from dossiers.page import Page, PageState, derived_id
from dossiers.ports import Clock, RecordStore
from dossiers.tasks import Priority, Task, TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrying:
    """The use case."""

    records: RecordStore
    clock: Clock

    def retry(self, page_id: str, by: str, priority: Priority = Priority.COUNTER) -> Page:
        """Makes a quarantined page due to be read again, with all its tries.

        Args:
            page_id: the page.
            by: the account that asks for it.
            priority: who waits.

        Raises:
            RecordError: ``NOT_FOUND``.
            IllegalMove: it is not in quarantine.
        """
        now = self.clock()
        with self.records.transaction() as work:
            page = work.pages.get(page_id)
            if page.state is not PageState.QUARANTINED:
                raise IllegalMove(f"page {page_id}", page.state, PageState.RECEIVED)
            work.pages.save(page.moved(PageState.RECEIVED))
            page, dossier = work.pages.get(page_id), work.dossiers.get(page.dossier_id)
            work.tasks.add(
                Task(
                    task_id=derived_id(TaskKind.READ_PAGE, page_id, str(page.version)),
                    kind=TaskKind.READ_PAGE,
                    subject_id=page_id,
                    dossier_id=page.dossier_id,
                    priority=priority,
                    due_at=now,
                    branch=dossier.branch,
                )
            )
            if dossier.state is not DigitizationState.RECEIVING:
                work.dossiers.save(dossier.moved(DigitizationState.RECEIVING))
            work.events.append(
                Event(
                    kind=EventKind.PAGE_RETRIED,
                    dossier_id=page.dossier_id,
                    subject_id=page_id,
                    at=now,
                    detail=by,
                )
            )
        return page
