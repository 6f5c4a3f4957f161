"""The dashboard's, the waiting room's and the weekly report's addresses."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from dossiers.errors import InputCode, InputError
from dossiers.reports.report_week import ReportWeek
from dossiers.reports.sheet import sheets_of
from dossiers.reports.ticket import wait_state
from dossiers.reports.weekly import MOST_TEXT, Written
from reception.frame.area import Area, Link
from reception.frame.moments import local
from reception.frame.pages import Pages
from reception.frame.signed_in import signed_in
from reception.reports.dashboard import waits_by_hour, weeks
from reception.reports.sheet_file import xlsx_of
from reception.services import DeskServices

_Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_Asked = Request[Any, Any, State]
_READ: Final = {"permission": "report.read"}
_SIGN: Final = {"permission": "report.sign"}
_COUNTER: Final = {"permission": "dossier.write"}
_WEEKS: Final = 12


@get("/reports", sync_to_thread=True, opt=_READ)
def dashboard(
    request: _Asked, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Today at a glance."""
    branch = signed_in(request).branch
    queue, recent = desk.tickets.queue(branch), desk.weekly.recent(branch, _WEEKS)
    context = {
        "figures": desk.weekly.today(branch),
        "queue": queue,
        "wait_state": wait_state,
        "due": desk.weekly.due(branch),
        "recent": recent,
        "by_hour": waits_by_hour(queue.today, queue.now),
        "by_week": weeks(recent),
        "local": local,
    }
    return pages.answer(request, "reports/dashboard.html", context)


@get("/waiting", sync_to_thread=True, opt=_COUNTER)
def waiting(
    request: _Asked, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Who waits, and for how long."""
    queue = desk.tickets.queue(signed_in(request).branch)
    return pages.answer(request, "reports/waiting.html", {"queue": queue, "wait_state": wait_state})


@post("/waiting/take", sync_to_thread=True, opt=_COUNTER)
def take(request: _Asked, desk: NamedDependency[DeskServices]) -> Redirect:
    """Makes a ticket."""
    desk.tickets.take(signed_in(request).branch)
    return Redirect(path="/waiting", status_code=303)


@post("/waiting/call", sync_to_thread=True, opt=_COUNTER)
def call(request: _Asked, desk: NamedDependency[DeskServices]) -> Redirect:
    """Calls who has waited longest to this counter."""
    desk.tickets.call_next(signed_in(request).branch, desk.counter)
    return Redirect(path="/waiting", status_code=303)


@post("/waiting/{ticket_id:str}/{act:str}", sync_to_thread=True, opt=_COUNTER)
def end(
    request: _Asked, desk: NamedDependency[DeskServices], ticket_id: FromPath[str], act: FromPath[str]
) -> Redirect:
    """Ends a ticket: ``served`` or ``left``."""
    own = {each.ticket_id for each in desk.tickets.queue(signed_in(request).branch).today}
    if ticket_id not in own or act not in ("served", "left"):
        raise InputError(InputCode.BAD_VALUE, "no such ticket today")
    if act == "served":
        desk.tickets.serve(ticket_id)
    else:
        desk.tickets.leave(ticket_id)
    return Redirect(path="/waiting", status_code=303)


@get("/reports/weekly/{week:str}", sync_to_thread=True, opt=_READ)
def weekly(
    request: _Asked,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    week: FromPath[str],
) -> Response[str]:
    """The report of a week; where there is none, what its draft would be: looking writes nothing."""
    person, asked = signed_in(request), ReportWeek.parse(week)
    report = desk.weekly.preview(person.branch, asked, person.name)
    context = {
        "report": report,
        "sheets": sheets_of(report, desk.agency_name),
        "urgency": desk.weekly.urgency(asked),
        "most": MOST_TEXT,
        "local": local,
    }
    return pages.answer(request, "reports/weekly.html", context)


@post("/reports/weekly/{week:str}/count", sync_to_thread=True, opt=_READ)
def count(request: _Asked, desk: NamedDependency[DeskServices], week: FromPath[str]) -> Redirect:
    """Counts the figures of a draft anew; a signed report stays as it is."""
    person, asked = signed_in(request), ReportWeek.parse(week)
    desk.weekly.draft(person.branch, asked, person.name)
    return Redirect(path=f"/reports/weekly/{asked}", status_code=303)


@post("/reports/weekly/{week:str}/write", sync_to_thread=True, opt=_SIGN)
def write(request: _Asked, desk: NamedDependency[DeskServices], week: FromPath[str], data: _Form) -> Redirect:
    """Keeps the written parts, in a new draft where there is none; signs too where the button said so."""
    person, asked = signed_in(request), ReportWeek.parse(week)
    written = Written(
        deployment=data.get("deployment", ""),
        difficulties=data.get("difficulties", ""),
        proposals=data.get("proposals", ""),
    )
    if desk.weekly.find(person.branch, asked) is None:
        desk.weekly.draft(person.branch, asked, person.name)
    desk.weekly.write(person.branch, asked, written, _version(data))
    if data.get("act") == "sign":
        desk.weekly.sign(person.branch, asked, person.name)
    return Redirect(path=f"/reports/weekly/{asked}", status_code=303)


@post("/reports/weekly/{week:str}/revise", sync_to_thread=True, opt=_SIGN)
def revise(request: _Asked, desk: NamedDependency[DeskServices], week: FromPath[str]) -> Redirect:
    """Begins a correction of a signed report."""
    person, asked = signed_in(request), ReportWeek.parse(week)
    desk.weekly.revise(person.branch, asked, person.name)
    return Redirect(path=f"/reports/weekly/{asked}", status_code=303)


@get("/reports/weekly/{week:str}/xlsx", sync_to_thread=True, opt=_READ)
def xlsx(request: _Asked, desk: NamedDependency[DeskServices], week: FromPath[str]) -> Response[bytes]:
    """The report as a file for spreadsheet programs."""
    person, asked = signed_in(request), ReportWeek.parse(week)
    report = desk.weekly.preview(person.branch, asked, person.name)
    return xlsx_of(desk, report)


def _version(data: dict[str, str]) -> int | None:
    text = data.get("version", "")
    return int(text) if text.isdecimal() else None


AREA: Final = Area(
    routes=[dashboard, waiting, take, call, end, weekly, count, write, revise, xlsx],
    links=[
        Link(label="waiting", path="/waiting", key="4", permission="dossier.write"),
        Link(label="reports", path="/reports", key="6", permission="report.read"),
    ],
    permission="report.read",
)
