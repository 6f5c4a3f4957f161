"""Every address of the desk that answers to ``GET``: which routes there are, who looks at each, and where.

A unit test compares the screens with the routes; a new one without a visit fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from litestar import Response, Router
from litestar.routes import HTTPRoute

from dossiers.reports.report_week import ReportWeek
from reception.app import AREAS, home
from sohoa.clock import utc_now
from tests.e2e.desk.desk_process import DeskProcess


@dataclass(frozen=True)
class Places:
    """What stands in addresses."""

    code: str
    dossier_id: str
    document_id: str
    week: str


#: Path of a route → account that looks at it, and the address with its places named.
SCREENS: Final[Mapping[str, tuple[str, str]]] = {
    "/sign-in": ("", "/sign-in"),
    "/confirm-again": ("quantri", "/confirm-again"),
    "/intake": ("canbo", "/intake"),
    "/intake/{code:str}": ("canbo", "/intake/{code}"),
    "/cases/{code:str}": ("canbo", "/cases/{code}?act=request_supplement"),
    "/review": ("canbo", "/review"),
    "/review/group": ("canbo", "/review/group?field=person_name"),
    "/review/document/{document_id:str}": ("canbo", "/review/document/{document_id}"),
    "/search": ("canbo", "/search?q=1.001193"),
    "/search/dossier/{dossier_id:str}": ("canbo", "/search/dossier/{dossier_id}?words=giay"),
    "/search/dossier/{dossier_id:str}/print": ("canbo", "/search/dossier/{dossier_id}/print"),
    "/search/similar/{document_id:str}": ("canbo", "/search/similar/{document_id}"),
    "/waiting": ("canbo", "/waiting"),
    "/tasks": ("canbo", "/tasks"),
    "/reports": ("truong", "/reports"),
    "/reports/weekly/{week:str}": ("truong", "/reports/weekly/{week}"),
    "/admin/accounts": ("quantri", "/admin/accounts"),
    "/admin/accounts/{name:str}": ("quantri", "/admin/accounts/canbo"),
    "/admin/branches": ("quantri", "/admin/branches"),
    "/admin/counters": ("quantri", "/admin/counters"),
    "/admin/tables/{table:str}": ("quantri", "/admin/tables/agency?row=0"),
    "/admin/scanners": ("quantri", "/admin/scanners"),
    "/admin/profile": ("quantri", "/admin/profile?name=duplex-300"),
    "/admin/catalogue": ("quantri", "/admin/catalogue?words=khai+sinh"),
    "/admin/forms": ("quantri", "/admin/forms"),
    "/admin/files/{name:str}": ("quantri", "/admin/files/calendar"),
    "/admin/calendar/days": ("quantri", "/admin/calendar/days"),
    "/admin/calendar": ("quantri", "/admin/calendar"),
}
#: Routes that answer a part of a screen above, into which it is put, and who asks for it.
PARTS: Final[Mapping[str, str]] = {
    "/intake/procedures": "canbo",
    "/intake/{code:str}/live": "canbo",
    "/admin/scanners/found": "quantri",
}
#: Routes that lead on to a screen above.
LEADING: Final[Mapping[str, str]] = {"/": "canbo", "/review/next": "canbo", "/admin": "quantri"}
#: The interface for programs, which answers with JSON.
PROGRAMS: Final = "/api/"
#: Faces that no route has: a page that is not there, and one that is not allowed.
FACES: Final = (("canbo", "/search/dossier/nothing"), ("canbo", "/admin/accounts"))


def routes() -> tuple[HTTPRoute, ...]:
    """Every route of the desk; static files are not among them."""
    areas = [Router(path="/", route_handlers=area.routes) for area in AREAS]
    whole = Router(path="/", route_handlers=[home, *areas])
    return tuple(each for each in whole.routes if isinstance(each, HTTPRoute))


def desk_paths() -> frozenset[str]:
    """Templates of addresses that answer to ``GET``, ``/search/dossier/{dossier_id:str}``."""
    return frozenset(route.path for route in routes() if "GET" in route.methods)


def screen_paths() -> frozenset[str]:
    """Those of them that answer a page, or a part of one, for people."""
    return frozenset(
        route.path
        for route in routes()
        if not route.path.startswith(PROGRAMS)
        for handler in route.route_handlers
        if "GET" in handler.http_methods
        and handler.parsed_fn_signature.return_type.annotation == Response[str]
    )


def account_of(path: str) -> str:
    """Who looks at a route; empty for nobody in particular."""
    return SCREENS[path][0] if path in SCREENS else {**PARTS, **LEADING}[path]


def places_of(desk: DeskProcess) -> Places:
    """The first visit of the sample office."""
    now = utc_now()
    with desk.work() as work:
        dossier = next(iter(work.dossiers.opened_between(now.replace(year=2020), now)))
        document = work.documents.of_dossier(dossier.dossier_id)[0]
    return Places(
        code=dossier.code,
        dossier_id=dossier.dossier_id,
        document_id=document.document_id,
        week=str(ReportWeek.at(now)),
    )


def addresses(places: Places) -> dict[str, list[str]]:
    """Addresses by account."""
    found: dict[str, list[str]] = {}
    for account, address in (*SCREENS.values(), *FACES):
        found.setdefault(account, []).append(address.format(**vars(places)))
    return found
