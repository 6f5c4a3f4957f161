"""What a task is about, looked up in the transaction that takes it: one transaction less for each task.

Rule: looking up never undoes the taking. The start is counted (C6) even where what the task is about turns
out to be damaged; it is then looked up once more by itself, and that failure is the task's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.errors import IntegrityError, ResourceError, SohoaError
from dossiers.page import Page, PageState
from dossiers.ports import UnitOfWork
from dossiers.render_order import RenderOrder
from dossiers.tasks import Lease, TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What there was to be seen when the task was taken; whatever is done by it is checked again.

    Attributes:
        page: the one to be read; ``None`` for other tasks, and where it is gone.
        is_read: whether that page was read already and needs it no more.
        order: what is to be rendered; ``None`` for other tasks, and where the document is gone.
    """

    page: Page | None = None
    is_read: bool = False
    order: RenderOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A task that is to be begun.

    Attributes:
        lease: the right to do it.
        at: when it was taken, UTC; the lease is not renewed before it is begun.
        matter: what it is about; ``None`` where that could not be looked up.
    """

    lease: Lease
    at: datetime
    matter: Matter | None


def look_up(work: UnitOfWork, lease: Lease) -> Matter:
    """What the task is about.

    Raises:
        SohoaError: what is on record about it cannot be read.
    """
    if lease.task.kind is TaskKind.READ_PAGE:
        seen = work.pages.glance(lease.task.subject_id)
        if seen is None:
            return Matter()
        page, was_read = seen
        return Matter(page=page, is_read=was_read and page.state is not PageState.RECEIVED)
    if lease.task.kind is TaskKind.RENDER_DOCUMENT:
        return Matter(order=work.documents.render_order(lease.task.subject_id))
    return Matter()


def taken(work: UnitOfWork, lease: Lease, at: datetime) -> Taken:
    """The task with what it is about.

    Raises:
        ResourceError: the records are away, and the task was not taken.
    """
    try:
        return Taken(lease=lease, at=at, matter=look_up(work, lease))
    except (SohoaError, ValueError, TypeError, LookupError) as trouble:
        if isinstance(trouble, ResourceError) and not isinstance(trouble, IntegrityError):
            raise
        return Taken(lease=lease, at=at, matter=None)
