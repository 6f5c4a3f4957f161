"""Branches, forms, calendar and scanners of the office: what is in force, and where it is set."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from dossiers.day_span import holds_day
from dossiers.local_time import day_in_vietnam
from dossiers.permissions import Permission
from dossiers.steward import Steward
from reception.admin.told import or_trouble, sentence
from reception.auth.door import identity_of
from reception.frame.moments import local
from reception.frame.pages import DeskRequest, Pages
from reception.services import DeskServices

_OFFICE: Final = {"permission": Permission.OFFICE_WRITE.value}


@get("/admin", opt=_OFFICE)
async def admin_home() -> Redirect:
    """Administration begins with the accounts."""
    return Redirect(path="/admin/accounts", status_code=303)


@get("/admin/branches", sync_to_thread=True, opt=_OFFICE)
def branches(
    request: DeskRequest,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    kept: FromQuery[bool] = False,
) -> Response[str]:
    """Agencies, their successions and signers, and how many accounts each has."""
    directory, trouble = or_trouble(request, pages, desk.administration.agencies)
    counts: dict[str, int] = {}
    for each in desk.accounts.all(Steward.of(identity_of(request))):
        counts[each.branch] = counts.get(each.branch, 0) + (not each.is_disabled)
    known = {each.code for each in directory.agencies} if directory else set()
    context = {
        "directory": directory,
        "trouble": trouble,
        "counts": counts,
        "unnamed": sorted({*counts, desk.agency} - known),
        "today": day_in_vietnam(desk.clock()),
        "in_force": holds_day,
        "is_kept": kept,
        "may_keep": Steward.of(identity_of(request), Permission.OFFICE_WRITE).reaches(desk.agency),
    }
    return pages.answer(request, "admin/branches.html", context)


@get("/admin/forms", sync_to_thread=True, opt=_OFFICE)
def forms(
    request: DeskRequest, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Templates of what is printed, and which of them the office changed."""
    rows = [
        (each, sentence(request, pages, each.trouble) if each.trouble else "")
        for each in desk.administration.forms()
    ]
    return pages.answer(request, "admin/forms.html", {"rows": rows, "editable": desk.files.names()})


@get("/admin/calendar", sync_to_thread=True, opt=_OFFICE)
def calendar(
    request: DeskRequest, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Working hours, holidays, days worked in their place."""
    told, trouble = or_trouble(request, pages, desk.administration.calendar)
    year = day_in_vietnam(desk.clock()).year
    listed = told.calendar.known_years if told else frozenset()
    days = (*told.calendar.holidays, *told.calendar.worked_instead) if told else ()
    context = {
        "told": told,
        "trouble": trouble,
        "this_year": year,
        "years": sorted({*listed, *(each.year for each in days)}, reverse=True),
    }
    return pages.answer(request, "admin/calendar.html", context)


@get("/admin/scanners", sync_to_thread=True, opt=_OFFICE)
def scanners(
    request: DeskRequest,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    kept: FromQuery[bool] = False,
) -> Response[str]:
    """The page with the profiles; the search for scanners follows by itself."""
    profiles, trouble = or_trouble(request, pages, desk.administration.profiles)
    context = {
        "profiles": profiles,
        "trouble": trouble,
        "is_kept": kept,
        "may_keep": Steward.of(identity_of(request), Permission.OFFICE_WRITE).reaches(desk.agency),
    }
    return pages.answer(request, "admin/scanners.html", context)


@get("/admin/scanners/found", sync_to_thread=True, opt=_OFFICE)
def scanners_found(
    request: DeskRequest, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Scanners as they are now: a part of the page."""
    rows, trouble = or_trouble(request, pages, desk.administration.scanners)
    context = {"rows": rows, "trouble": trouble, "local": local}
    return pages.answer(request, "admin/scanners_found.html", context)
