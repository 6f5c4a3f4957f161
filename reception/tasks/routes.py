"""The task screen's addresses."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import InputCode, InputError
from reception.frame.area import Area, Link
from reception.frame.asked import sees
from reception.frame.moments import local
from reception.frame.pages import Pages
from reception.frame.signed_in import signed_in
from reception.services import DeskServices
from reception.tasks.work_view import work_view

_Asked = Request[Any, Any, State]
_Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_SEE: Final = {"permission": "dossier.read"}
_MAY: Final = {"permission": "dossier.write"}
_BATCH: Final = {"permission": "batch"}


@get("/tasks", sync_to_thread=True, opt=_SEE)
def tasks(
    request: _Asked, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """What is being read, and what is stuck."""
    context = {"work": work_view(desk, signed_in(request)), "names": desk.names, "local": local}
    name = "tasks/work.html" if request.headers.get("hx-request") == "true" else "tasks/page.html"
    return pages.answer(request, name, context)


@post("/tasks/page/{page_id:str}/retry", sync_to_thread=True, opt=_MAY)
def retry(request: _Asked, desk: NamedDependency[DeskServices], page_id: FromPath[str]) -> Redirect:
    """Reads a page once more that was given up."""
    desk.retrying.retry(page_id, signed_in(request).account_id)
    return Redirect(path="/tasks", status_code=303)


@post("/tasks/dossier/{dossier_id:str}/retry", sync_to_thread=True, opt=_MAY)
def retry_step(
    request: _Asked, desk: NamedDependency[DeskServices], dossier_id: FromPath[str], data: _Form
) -> Redirect:
    """Does a step once more that was given up."""
    person = signed_in(request)
    with desk.records.transaction() as work:
        branch = work.dossiers.get(dossier_id).branch
    if not sees(person, (branch,)):
        raise InputError(InputCode.NOT_FOUND, "no such dossier")
    desk.retrying.retry_step(dossier_id, data.get("subject", ""), person.account_id)
    return Redirect(path="/tasks", status_code=303)


@post("/tasks/branch/{branch:str}/{act:str}", sync_to_thread=True, opt=_BATCH)
def steer(
    request: _Asked, desk: NamedDependency[DeskServices], branch: FromPath[str], act: FromPath[str]
) -> Redirect:
    """Pauses or resumes the reading of a branch."""
    agency = str(AgencyCode.parse(branch))
    if not sees(signed_in(request), (agency,)) or act not in ("pause", "resume"):
        raise InputError(InputCode.BAD_VALUE, "no such branch or act")
    with desk.records.transaction() as work:
        if act == "pause":
            work.queue.pause(agency, desk.clock())
        else:
            work.queue.resume(agency)
    return Redirect(path="/tasks", status_code=303)


@post("/tasks/batch/{batch_id:str}/{act:str}", sync_to_thread=True, opt=_BATCH)
def steer_batch(
    request: _Asked, desk: NamedDependency[DeskServices], batch_id: FromPath[str], act: FromPath[str]
) -> Redirect:
    """Pauses or resumes a batch, or reads once more what was given up of it."""
    person = signed_in(request)
    if act not in ("pause", "resume", "retry") or not sees(person, (desk.batches.get(batch_id).branch,)):
        raise InputError(InputCode.NOT_FOUND, "no such batch or act")
    if act == "pause":
        desk.batches.pause(batch_id, person.account_id)
    elif act == "resume":
        desk.batches.resume(batch_id)
    else:
        desk.batches.retry(batch_id, person.account_id)
    return Redirect(path="/tasks", status_code=303)


AREA: Final = Area(
    routes=[tasks, retry, retry_step, steer, steer_batch],
    links=[Link(label="tasks", path="/tasks", key="5", permission="dossier.read")],
    permission="dossier.read",
)
