"""Every screen of the desk: who looks at it, and where; a unit test compares this with the routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dossiers.reports.report_week import ReportWeek
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
    "/admin/scanners": ("quantri", "/admin/scanners"),
    "/admin/catalogue": ("quantri", "/admin/catalogue?words=khai+sinh"),
    "/admin/forms": ("quantri", "/admin/forms"),
    "/admin/files/{name:str}": ("quantri", "/admin/files/calendar"),
    "/admin/calendar/days": ("quantri", "/admin/calendar/days"),
    "/admin/calendar": ("quantri", "/admin/calendar"),
}
#: Routes that answer a part of a screen above, into which it is put.
PARTS: Final = frozenset({"/intake/procedures", "/intake/{code:str}/live", "/admin/scanners/found"})
#: Faces that no route has: a page that is not there, and one that is not allowed.
FACES: Final = (("canbo", "/search/dossier/nothing"), ("canbo", "/admin/accounts"))


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
