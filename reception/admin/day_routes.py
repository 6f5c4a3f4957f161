"""Days off and days worked in their place, changed by a form: the text of the calendar follows."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import groupby
from typing import Annotated, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, URLEncodedBody

from dossiers.calendar_days import (
    CalendarDay,
    complete_years,
    days_in,
    with_complete,
    with_day,
    without_day,
)
from dossiers.errors import ConfigurationError, InputCode, InputError, StaleVersion
from dossiers.permissions import Permission
from dossiers.steward import Steward
from reception.admin.file_routes import office_steward
from reception.admin.told import sentence
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest, Pages
from reception.services import DeskServices

_OFFICE: Final = {"permission": Permission.OFFICE_WRITE.value}
_FILE: Final = "calendar"


@get("/admin/calendar/days", sync_to_thread=True, opt=_OFFICE)
def calendar_days(
    request: DeskRequest,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    day: Annotated[str, QueryParameter(max_length=10)] = "",
) -> Response[str]:
    """Days by year; one that is named is in the form, to be changed or taken away."""
    return _page(request, pages, desk, was=day)


@post("/admin/calendar/days", sync_to_thread=True, opt=_OFFICE, status_code=200)
def keep_calendar_day(
    request: DeskRequest,
    data: URLEncodedBody[dict[str, str]],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Puts a day in, changes it or takes it away, or declares a year; what is refused is shown as typed."""
    steward = office_steward(request, desk)
    try:
        text = _changed(desk.files.read(_FILE).text, data)
        desk.files.keep(_FILE, text, data.get("mark", ""), steward.name)
    except (ConfigurationError, InputError, StaleVersion) as refusal:
        told, status = sentence(request, pages, refusal), 409 if isinstance(refusal, StaleVersion) else 400
        return _page(request, pages, desk, was=data.get("was", ""), typed=data, refusal=told, status=status)
    return _page(request, pages, desk, is_kept=True)


def _changed(text: str, data: dict[str, str]) -> str:
    if data.get("do") in ("complete", "open"):
        year = data.get("year", "")
        return with_complete(text, int(year) if year.isdecimal() else 0, is_complete=data["do"] == "complete")
    was = _day(data["was"]) if data.get("was") else None
    if data.get("do") == "remove" and was is not None:
        return without_day(text, was)
    kind = data.get("kind", "")
    if kind not in ("off", "worked"):
        raise InputError(InputCode.BAD_VALUE, "a day is off or worked")
    name = " ".join(data.get("name", "").split())
    return with_day(
        text, CalendarDay(day=_day(data.get("day", "")), name=name, is_worked=kind == "worked"), was
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise InputError(InputCode.BAD_VALUE, "no day") from cause


def _page(
    request: DeskRequest,
    pages: Pages,
    desk: DeskServices,
    *,
    was: str = "",
    typed: dict[str, str] | None = None,
    refusal: str = "",
    is_kept: bool = False,
    status: int = 200,
) -> Response[str]:
    file = desk.files.read(_FILE)
    try:
        days = days_in(file.text)
    except tomllib.TOMLDecodeError:
        return pages.answer(request, "admin/calendar_days.html", {"file": file, "is_bad": True})
    chosen = next((each for each in days if each.day.isoformat() == was), None)
    context = {
        "file": file,
        "years": [(year, tuple(each)) for year, each in groupby(reversed(days), lambda each: each.day.year)],
        "complete": complete_years(file.text),
        "chosen": chosen,
        "typed": typed if typed is not None else _as_typed(chosen),
        "refusal": refusal,
        "is_kept": is_kept,
        "is_bad": False,
        "may_keep": Steward.of(identity_of(request), Permission.OFFICE_WRITE).reaches(desk.agency),
    }
    return pages.answer(request, "admin/calendar_days.html", context, status=status)


def _as_typed(chosen: CalendarDay | None) -> dict[str, str]:
    if chosen is None:
        return {"kind": "off"}
    kind = "worked" if chosen.is_worked else "off"
    return {"day": chosen.day.isoformat(), "name": chosen.name, "kind": kind}
