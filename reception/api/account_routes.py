"""Accounts, for administrators; what asks for the password again is out of reach of programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from dossiers.account_desk import AccountChange, NewAccount
from dossiers.accounts import AccountEventKind
from dossiers.permissions import Permission, Role
from dossiers.steward import Steward
from reception.api.once import IdempotencyKey, answer_once
from reception.api.views import AccountView, account_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_ACCOUNTS: Final = {"permission": Permission.ACCOUNT_WRITE}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountToMake:
    """A new account; see ``GET /accounts`` for the meaning of each."""

    name: str
    shown_name: str
    role: Role
    branch: str
    password: Annotated[str, msgspec.Meta(max_length=1000)]
    grants: list[Permission] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountToChange:
    """What is changed; what is left out stays."""

    shown_name: str | None = None
    role: Role | None = None
    branch: str | None = None
    grants: list[Permission] | None = None
    disabled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """A password of at least 12 characters."""

    password: Annotated[str, msgspec.Meta(max_length=1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEventView:
    """What happened to an account, and who did it."""

    at: datetime
    kind: AccountEventKind
    by: str
    detail: str


@get("/accounts", opt=_ACCOUNTS, sync_to_thread=True)
def accounts(request: DeskRequest, desk: NamedDependency[DeskServices]) -> list[AccountView]:
    """Lists the accounts of the own branch and those below it, by name."""
    return [account_view(each) for each in desk.accounts.all(Steward.of(identity_of(request)))]


@post("/accounts", opt=_ACCOUNTS, sync_to_thread=True, status_code=201)
def make_account(
    request: DeskRequest,
    data: JSONBody[AccountToMake],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[AccountView]:
    """Makes an account. The person behind it confirmed the password lately."""
    identity = identity_of(request)
    desk.sign_in.require_recent(identity)
    new = NewAccount(
        name=data.name,
        shown_name=data.shown_name,
        role=data.role,
        branch=data.branch,
        grants=frozenset(data.grants),
    )

    def act() -> AccountView:
        return account_view(desk.accounts.create(new, data.password, Steward.of(identity)))

    return answer_once(desk, identity, idempotency_key, ["account", new.name, new.role, new.branch], act)


@get("/accounts/{name:str}", opt=_ACCOUNTS, sync_to_thread=True)
def account(request: DeskRequest, name: FromPath[str], desk: NamedDependency[DeskServices]) -> AccountView:
    """Tells an account of the own branch or below."""
    return account_view(desk.accounts.get(name, Steward.of(identity_of(request))))


@get("/accounts/{name:str}/events", opt=_ACCOUNTS, sync_to_thread=True)
def account_events(
    request: DeskRequest,
    name: FromPath[str],
    desk: NamedDependency[DeskServices],
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 50,
) -> list[AccountEventView]:
    """Tells what happened to an account, the newest first."""
    found = desk.accounts.events(name, Steward.of(identity_of(request)))
    return [
        AccountEventView(at=each.at, kind=each.kind, by=each.by, detail=each.detail)
        for each in found[::-1][:limit]
    ]


@put("/accounts/{name:str}/password", opt=_ACCOUNTS, sync_to_thread=True, status_code=204)
def set_password(
    request: DeskRequest,
    name: FromPath[str],
    data: JSONBody[NewPassword],
    desk: NamedDependency[DeskServices],
) -> None:
    """Gives an account another password; its sessions end. The own password was confirmed lately."""
    identity = identity_of(request)
    desk.sign_in.require_recent(identity)
    desk.accounts.set_password(name, data.password, Steward.of(identity))


@patch("/accounts/{name:str}", opt=_ACCOUNTS, sync_to_thread=True)
def change_account(
    request: DeskRequest,
    name: FromPath[str],
    data: JSONBody[AccountToChange],
    desk: NamedDependency[DeskServices],
) -> AccountView:
    """Changes or disables an account; its sessions end at once. The password was confirmed lately."""
    identity = identity_of(request)
    desk.sign_in.require_recent(identity)
    change = AccountChange(
        shown_name=data.shown_name,
        role=data.role,
        branch=data.branch,
        grants=None if data.grants is None else frozenset(data.grants),
        is_disabled=data.disabled,
    )
    return account_view(desk.accounts.change(name, change, Steward.of(identity)))
