"""Accounts, for administrators; what asks for the password again is out of reach of programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.account_desk import AccountChange, NewAccount
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
