"""The queue, batches, and pages that were given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from dossiers.batches import BatchProgress
from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import RecordError
from dossiers.permissions import Permission
from reception.api.views import PageView, page_view
from reception.auth.door import identity_of, person
from reception.frame.pages import DeskRequest
from reception.services import DeskServices
from reception.tasks.work_view import stuck_of

_READ: Final = {"permission": Permission.DOSSIER_READ}
_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}
_BATCH: Final = {"permission": Permission.BATCH}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """Open work of a branch; ``priority`` is counter or batch."""

    branch: str
    priority: str
    waiting: int
    in_hand: int
    oldest_due_at: datetime | None
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A batch; ``state`` is running, paused, stuck or done, ``pages`` counts its pages by state."""

    batch_id: str
    name: str
    branch: str
    made_at: datetime
    state: str
    dossiers: int
    pages: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckView:
    """A page that was given up, and why: a stable code. Retry it, or scan it anew."""

    page_id: str
    dossier: str
    number: int
    reason: str


@get("/queue", opt=_READ, sync_to_thread=True)
def queue(request: DeskRequest, desk: NamedDependency[DeskServices]) -> list[QueueView]:
    """Tells what waits to be read in the own branches, counter before batch."""
    return _queue(request, desk)


def _branch(request: DeskRequest, text: str) -> str:
    """The identifier of an own branch; another one is not there."""
    branch = str(AgencyCode.parse(text))
    if not identity_of(request).sees_branch([branch]):
        raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such branch")
    return branch


def _queue(request: DeskRequest, desk: DeskServices) -> list[QueueView]:
    identity = identity_of(request)
    with desk.records.transaction() as work:
        paused = {branch for branch, _ in work.queue.paused()}
        lines = work.queue.lines(desk.clock())
    return [
        QueueView(
            branch=each.branch,
            priority=each.priority.value,
            waiting=each.waiting,
            in_hand=each.in_hand,
            oldest_due_at=each.oldest_due_at,
            paused=each.branch in paused,
        )
        for each in lines
        if identity.sees_branch([each.branch])
    ]


@get("/stuck-pages", opt=_READ, sync_to_thread=True)
def stuck_pages(request: DeskRequest, desk: NamedDependency[DeskServices]) -> list[StuckView]:
    """Lists pages of the own branches that were given up, at most 50."""
    with desk.records.transaction() as work:
        found = stuck_of(work, person(identity_of(request)))
    return [
        StuckView(
            page_id=each.page.page_id,
            dossier=each.dossier.code,
            number=each.page.number,
            reason=each.reason,
        )
        for each in found
    ]


@post("/pages/{page_id:str}/retry", opt=_WRITE, sync_to_thread=True, status_code=200)
def retry_page(request: DeskRequest, page_id: FromPath[str], desk: NamedDependency[DeskServices]) -> PageView:
    """Reads a page once more that was given up; 409 where it was not."""
    page = desk.retrying.retry(page_id, identity_of(request).account.account_id)
    return page_view(page, None)


@post("/queue/{branch:str}/pause", opt=_BATCH, sync_to_thread=True, status_code=200)
def pause_branch(
    request: DeskRequest, branch: FromPath[str], desk: NamedDependency[DeskServices]
) -> list[QueueView]:
    """Lets no reading begin in a branch; its pages are received all the same. Twice changes nothing."""
    own = _branch(request, branch)
    with desk.records.transaction() as work:
        work.queue.pause(own, desk.clock())
    return _queue(request, desk)


@post("/queue/{branch:str}/resume", opt=_BATCH, sync_to_thread=True, status_code=200)
def resume_branch(
    request: DeskRequest, branch: FromPath[str], desk: NamedDependency[DeskServices]
) -> list[QueueView]:
    """Lets reading go on in a branch; twice changes nothing."""
    own = _branch(request, branch)
    with desk.records.transaction() as work:
        work.queue.resume(own)
    return _queue(request, desk)


@get("/batches", opt=_READ, sync_to_thread=True)
def batches(request: DeskRequest, desk: NamedDependency[DeskServices]) -> list[BatchView]:
    """Lists the batches of the last 30 days and paused ones, the newest first."""
    identity = identity_of(request)
    return [_view(each) for each in desk.batches.recent() if identity.sees_branch([each.batch.branch])]


@get("/batches/{batch_id:str}", opt=_READ, sync_to_thread=True)
def batch(request: DeskRequest, batch_id: FromPath[str], desk: NamedDependency[DeskServices]) -> BatchView:
    """Tells how far a batch is."""
    return _view(desk.batches.progress(_own(request, desk, batch_id)))


@post("/batches/{batch_id:str}/pause", opt=_BATCH, sync_to_thread=True, status_code=200)
def pause_batch(
    request: DeskRequest, batch_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> BatchView:
    """Lets nothing more of a batch begin; its pages are received all the same. Twice changes nothing."""
    by = identity_of(request).account.account_id
    return _view(desk.batches.pause(_own(request, desk, batch_id), by))


@post("/batches/{batch_id:str}/resume", opt=_BATCH, sync_to_thread=True, status_code=200)
def resume_batch(
    request: DeskRequest, batch_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> BatchView:
    """Lets a batch go on; twice changes nothing."""
    return _view(desk.batches.resume(_own(request, desk, batch_id)))


@post("/batches/{batch_id:str}/retry", opt=_BATCH, sync_to_thread=True, status_code=200)
def retry_batch(
    request: DeskRequest, batch_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> BatchView:
    """Reads once more every page of a batch that was given up."""
    own = _own(request, desk, batch_id)
    desk.batches.retry(own, identity_of(request).account.account_id)
    return _view(desk.batches.progress(own))


def _own(request: DeskRequest, desk: DeskServices, batch_id: str) -> str:
    """The id of a batch of the own branches; another one is not there."""
    if not identity_of(request).sees_branch([desk.batches.get(batch_id).branch]):
        raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such batch")
    return batch_id


def _view(progress: BatchProgress) -> BatchView:
    return BatchView(
        batch_id=progress.batch.batch_id,
        name=progress.batch.name,
        branch=progress.batch.branch,
        made_at=progress.batch.made_at,
        state=progress.state.value,
        dossiers=progress.dossiers,
        pages={state.value: count for state, count in progress.pages.items()},
    )
