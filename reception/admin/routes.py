"""Accounts: who may work here, as what, and where."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody

from dossiers.account_desk import AccountChange, NewAccount
from dossiers.errors import AccessDenied, InputError, RecordError, SohoaError
from dossiers.permissions import GRANTABLE, Permission, Role
from dossiers.steward import Steward
from reception.admin.catalogue_routes import catalogue, keep_list, offer_list
from reception.admin.counter_routes import counters
from reception.admin.day_routes import calendar_days, keep_calendar_day
from reception.admin.file_routes import keep_office_file, office_file, preview_office_file
from reception.admin.office_routes import admin_home, branches, calendar, forms, scanners, scanners_found
from reception.admin.profile_routes import keep_scan_profile, scan_profile
from reception.admin.table_routes import keep_office_table, office_table
from reception.auth.door import identity_of
from reception.frame.area import Area, Link
from reception.frame.pages import DeskRequest, Pages
from reception.frame.problems import status_of
from reception.services import DeskServices

_LIST: Final = "/admin/accounts"
_ROLES: Final = tuple(Role)
_GRANTS: Final = tuple(sorted(GRANTABLE))
Form = URLEncodedBody[dict[str, str]]


@get("/admin/accounts", sync_to_thread=True)
def accounts(
    request: DeskRequest, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """All accounts, and the form of a new one."""
    return _list(request, pages, desk)


@post("/admin/accounts", sync_to_thread=True, status_code=303)
def make_account(
    request: DeskRequest, data: Form, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Makes an account; a wrong form is shown again with what was typed, but the password."""
    if (asked := _confirm_first(request, desk, _LIST)) is not None:
        return asked
    try:
        new = NewAccount(
            name=data.get("name", ""),
            shown_name=data.get("shown_name", ""),
            role=_role(data),
            branch=data.get("branch", ""),
            grants=_grants(data),
        )
        made = desk.accounts.create(new, data.get("password", ""), Steward.of(identity_of(request)))
    except (AccessDenied, InputError, RecordError) as refusal:
        return _list(request, pages, desk, data, refusal)
    return _led_to(f"{_LIST}/{made.name}")


@get("/admin/accounts/{name:str}", sync_to_thread=True)
def account(
    request: DeskRequest,
    name: FromPath[str],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """One account and what happened to it."""
    return _one(request, pages, desk, name)


@post("/admin/accounts/{name:str}", sync_to_thread=True, status_code=303)
def change_account(
    request: DeskRequest,
    name: FromPath[str],
    data: Form,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Changes an account; its sessions end at once."""
    place = f"{_LIST}/{quote(name)}"
    if (asked := _confirm_first(request, desk, place)) is not None:
        return asked
    try:
        change = AccountChange(
            shown_name=data.get("shown_name", ""),
            role=_role(data),
            branch=data.get("branch", ""),
            grants=_grants(data),
            is_disabled="disabled" in data,
        )
        desk.accounts.change(name, change, Steward.of(identity_of(request)))
    except (AccessDenied, InputError, RecordError) as refusal:
        return _one(request, pages, desk, name, refusal)
    return _led_to(place)


@post("/admin/accounts/{name:str}/password", sync_to_thread=True, status_code=303)
def set_password(
    request: DeskRequest,
    name: FromPath[str],
    data: Form,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Gives an account another password; its sessions end at once."""
    place = f"{_LIST}/{quote(name)}"
    if (asked := _confirm_first(request, desk, place)) is not None:
        return asked
    try:
        desk.accounts.set_password(name, data.get("password", ""), Steward.of(identity_of(request)))
    except (AccessDenied, InputError, RecordError) as refusal:
        return _one(request, pages, desk, name, refusal)
    return _led_to(place)


def _list(
    request: DeskRequest,
    pages: Pages,
    desk: DeskServices,
    typed: dict[str, str] | None = None,
    refusal: SohoaError | None = None,
) -> Response[str]:
    context = {
        "accounts": desk.accounts.all(Steward.of(identity_of(request))),
        "roles": _ROLES,
        "grants": _GRANTS,
        "typed": typed or {},
        "refusal": _told(request, pages, refusal),
    }
    return pages.answer(request, "admin/accounts.html", context, status=_status(refusal))


def _one(
    request: DeskRequest, pages: Pages, desk: DeskServices, name: str, refusal: SohoaError | None = None
) -> Response[str]:
    by = Steward.of(identity_of(request))
    context = {
        "account": desk.accounts.get(name, by),
        "events": desk.accounts.events(name, by)[-50:][::-1],
        "roles": _ROLES,
        "grants": _GRANTS,
        "refusal": _told(request, pages, refusal),
    }
    return pages.answer(request, "admin/account.html", context, status=_status(refusal))


def _told(request: DeskRequest, pages: Pages, refusal: SohoaError | None) -> str:
    if refusal is None:
        return ""
    return refusal.vi if pages.words_for(request).language == "vi" else refusal.en


def _status(refusal: SohoaError | None) -> int:
    return 200 if refusal is None else status_of(refusal)


def _confirm_first(request: DeskRequest, desk: DeskServices, back: str) -> Response[str] | None:
    """Leads to the password form where it was given long ago; the change is typed again then (S9)."""
    try:
        desk.sign_in.require_recent(identity_of(request))
    except AccessDenied as refusal:
        if refusal.code != "CONFIRM_AGAIN":
            raise
        return _led_to(f"/confirm-again?back={quote(back)}")
    return None


def _role(data: dict[str, str]) -> Role:
    return Role(data.get("role", "")) if data.get("role", "") in set(Role) else Role.RETRIEVER


def _grants(data: dict[str, str]) -> frozenset[Permission]:
    return frozenset(each for each in _GRANTS if f"grant_{each.value}" in data)


def _led_to(place: str) -> Response[str]:
    return Response("", status_code=303, headers={"Location": place})


AREA: Final = Area(
    routes=[
        accounts,
        make_account,
        account,
        change_account,
        set_password,
        admin_home,
        branches,
        forms,
        calendar,
        scanners,
        scanners_found,
        catalogue,
        offer_list,
        keep_list,
        office_file,
        keep_office_file,
        preview_office_file,
        calendar_days,
        keep_calendar_day,
        counters,
        office_table,
        keep_office_table,
        scan_profile,
        keep_scan_profile,
    ],
    links=[Link(label="admin", path="/admin", key="9", permission=Permission.ACCOUNT_WRITE.value)],
    permission=Permission.ACCOUNT_WRITE.value,
)
