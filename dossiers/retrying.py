"""Doing once more what was given up: reading a page, cutting a dossier, making the PDF of a paper."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import IllegalMove, RecordError
from dossiers.events import Event, EventKind
from dossiers.given_up import given_up
from dossiers.page import Page, PageState, derived_id
from dossiers.ports import Clock, RecordStore, UnitOfWork
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

    def retry_step(self, dossier_id: str, subject_id: str, by: str) -> None:
        """Makes a step due again that was given up; the dossier is cut anew either way, to stand right.

        Args:
            dossier_id: the dossier.
            subject_id: the same, or the document without a PDF; see ``GivenUp``.
            by: the account that asks for it.

        Raises:
            RecordError: ``NOT_FOUND``, nothing of that is given up (any more).
        """
        with self.records.transaction() as work:
            if subject_id not in {each.subject_id for each in given_up(work, dossier_id)}:
                raise RecordError(
                    "NOT_FOUND",
                    vi="Việc này không còn bị kẹt: đã xong hoặc đang được làm lại.",
                    en="this is not given up any more: it is done, or being done again",
                )
            dossier = work.dossiers.get(dossier_id)
            if subject_id != dossier_id:
                work.tasks.add(self._again(work, TaskKind.RENDER_DOCUMENT, subject_id, dossier))
            work.tasks.add(self._again(work, TaskKind.FILE_DOSSIER, dossier_id, dossier))
            work.events.append(
                Event(
                    kind=EventKind.TASK_RETRIED,
                    dossier_id=dossier_id,
                    subject_id=subject_id,
                    at=self.clock(),
                    detail=by,
                )
            )

    def _again(self, work: UnitOfWork, kind: TaskKind, subject_id: str, dossier: Dossier) -> Task:
        events = work.events.of_dossier(dossier.dossier_id)
        tries = sum(each.kind is EventKind.TASK_RETRIED for each in events)
        return Task(
            task_id=derived_id(kind, subject_id, f"again {tries}"),
            kind=kind,
            subject_id=subject_id,
            dossier_id=dossier.dossier_id,
            priority=Priority.COUNTER,
            due_at=self.clock(),
            branch=dossier.branch,
        )
