"""Tokens of programs: their own, and those of the accounts that an administrator manages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Final

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.permissions import Permission
from dossiers.sessions import ApiToken
from dossiers.steward import Steward
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_ACCOUNTS: Final = {"permission": Permission.ACCOUNT_WRITE}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenToMake:
    """A new token: what it is for, what it may do, how long it lasts."""

    label: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    scopes: Annotated[list[Permission], msgspec.Meta(min_length=1)]
    days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """A token; ``secret`` is told once, with the first answer to its making, and is null ever after."""

    token_id: str
    label: str
    scopes: list[str]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoView:
    """Who is asking, and what may be asked."""

    account: str
    branch: str
    permissions: list[str]
    program: bool


@get("/me", opt={"permission": Permission.CATALOGUE_READ}, sync_to_thread=False)
def own_token(request: DeskRequest) -> WhoView:
    """Tells in whose name one acts and which scopes count."""
    identity = identity_of(request)
    return WhoView(
        account=identity.account.name,
        branch=identity.account.branch,
        permissions=sorted(identity.permissions),
        program=identity.is_program,
    )


@get("/accounts/{name:str}/tokens", opt=_ACCOUNTS, sync_to_thread=True)
def tokens(request: DeskRequest, name: FromPath[str], desk: NamedDependency[DeskServices]) -> list[TokenView]:
    """Lists the tokens of an account, revoked ones too; never their secrets."""
    found = desk.accounts.tokens(name, Steward.of(identity_of(request)))
    return [_view(each) for each in found]


@post("/accounts/{name:str}/tokens", opt=_ACCOUNTS, sync_to_thread=True, status_code=201)
def make_token(
    request: DeskRequest,
    name: FromPath[str],
    data: JSONBody[TokenToMake],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[TokenView]:
    """Makes a token. The person behind it confirmed the password lately; programs make none."""
    identity = identity_of(request)
    desk.sign_in.require_recent(identity)
    secrets: list[str] = []

    def act() -> TokenView:
        lasts = timedelta(days=data.days)
        made, secret = desk.accounts.make_token(name, data.label, data.scopes, Steward.of(identity), lasts)
        secrets.append(secret)
        return _view(made)

    return answer_once(
        desk,
        identity,
        idempotency_key,
        ["token", name, data],
        act,
        told_once=lambda view: replace(view, secret=secrets[0]),
    )


@delete("/accounts/{name:str}/tokens/{token_id:str}", opt=_ACCOUNTS, sync_to_thread=True)
def revoke_token(
    request: DeskRequest,
    name: FromPath[str],
    token_id: FromPath[str],
    desk: NamedDependency[DeskServices],
) -> None:
    """Revokes a token from now on; programs may: it takes rights away and gives none."""
    desk.accounts.revoke_token(name, token_id, Steward.of(identity_of(request)))


def _view(token: ApiToken) -> TokenView:
    return TokenView(
        token_id=token.token_id,
        label=token.label,
        scopes=sorted(token.scopes),
        made_at=token.made_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
    )
