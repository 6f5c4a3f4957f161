"""Pages that leave the papers of a dossier and come back: set aside, taken back, restored.

Rule: the page, its bytes and what was read on it stay on record whichever way it goes; no other page changes
its number.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dossiers.dossier import DigitizationState
from dossiers.page import Page, PageState, derived_id
from dossiers.ports import UnitOfWork
from dossiers.tasks import Priority, Task, TaskKind


def set_aside_page(work: UnitOfWork, page: Page) -> None:
    """Takes a page out of the papers: it has no number there and no search finds it.

    Raises:
        IllegalMove: it is not among the papers.
    """
    last = max((each.revision for each in work.pages.aside(page.dossier_id)), default=-1)
    work.pages.arrange(replace(page, place=page.order))  # it may come back to where it lay
    aside = replace(page.moved(PageState.SET_ASIDE), number=0, revision=last + 1, version=page.version + 1)
    work.pages.place(aside)
    work.search.index_page(page, "")


def take_back_page(
    work: UnitOfWork, page: Page, now: datetime, priority: Priority = Priority.COUNTER
) -> Page:
    """Makes a page that was set aside a paper of its dossier with the last number; due if it was not read.

    It lies where it lay, or behind the others where it was no paper before.

    Raises:
        IllegalMove: it is not set aside.
    """
    number = max((each.number for each in work.pages.of_dossier(page.dossier_id)), default=0) + 1
    back = page.taken_back(number, _state(work, page))
    _place(work, back, now, priority)
    return back


def restore_page(work: UnitOfWork, old: Page, present: Page, now: datetime) -> None:
    """Puts an earlier scan back in place of the one that replaced it, which becomes history itself.

    Raises:
        IllegalMove: ``old`` was not replaced, or ``present`` is not among the papers.
    """
    work.pages.save(present.moved(PageState.REPLACED))
    work.search.index_page(present, "")
    behind = [each.revision for each in work.pages.replaced(old.dossier_id) if each.number == old.number]
    revision = 1 + max([present.revision, *behind])
    back = replace(old.moved(_state(work, old)), revision=revision, place=present.place)
    _place(work, back, now, Priority.COUNTER)


def _state(work: UnitOfWork, page: Page) -> PageState:
    return PageState.RECEIVED if work.pages.reading(page.page_id) is None else PageState.READ


def _place(work: UnitOfWork, back: Page, now: datetime, priority: Priority) -> None:
    work.pages.place(back)
    work.pages.arrange(replace(back, version=back.version + 1))
    known = work.pages.reading(back.page_id)
    if known is not None:
        work.search.index_page(back, known[0].text)
        return
    dossier = work.dossiers.get(back.dossier_id)
    work.tasks.add(
        Task(
            task_id=derived_id(TaskKind.READ_PAGE, back.page_id, str(back.version)),
            kind=TaskKind.READ_PAGE,
            subject_id=back.page_id,
            dossier_id=back.dossier_id,
            priority=priority,
            due_at=now,
            branch=dossier.branch,
        )
    )
    if dossier.state is not DigitizationState.RECEIVING:
        work.dossiers.save(dossier.moved(DigitizationState.RECEIVING))
