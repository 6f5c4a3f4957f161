"""The counters of the office, each with its scanner and profile."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from dossiers.day_span import holds_day
from dossiers.local_time import day_in_vietnam
from dossiers.permissions import Permission
from dossiers.steward import Steward
from reception.admin.told import or_trouble
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest, Pages
from reception.services import DeskServices

_OFFICE: Final = {"permission": Permission.OFFICE_WRITE.value}


@get("/admin/counters", sync_to_thread=True, opt=_OFFICE)
def counters(
    request: DeskRequest,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    kept: FromQuery[bool] = False,
) -> Response[str]:
    """Counters by the order of their file; whether this desk's own is among them."""
    directory, trouble = or_trouble(request, pages, desk.administration.counters)
    agencies, _ = or_trouble(request, pages, desk.administration.agencies)
    today = day_in_vietnam(desk.clock())
    own = directory.find(desk.agency, desk.counter, today) if directory and desk.counter else None
    context = {
        "directory": directory,
        "trouble": trouble,
        "own": own,
        "is_kept": kept,
        "today": today,
        "in_force": holds_day,
        "agency_name": lambda code: agencies.on(code, today).name if agencies else code,
        "may_keep": Steward.of(identity_of(request), Permission.OFFICE_WRITE).reaches(desk.agency),
    }
    return pages.answer(request, "admin/counters.html", context)
