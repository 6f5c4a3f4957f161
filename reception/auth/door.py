"""Every request passes here first: who is asking, how often, and is it really their own screen that asks.

Rules: a request that changes something comes from our own page and carries the token of its session (S8), or
comes from a program with a token of its own, which no browser sends by itself.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from dossiers.errors import AccessDenied
from dossiers.identity import Identity, not_signed_in
from dossiers.sign_in import SignIn
from reception.auth.cookies import before_secret, is_right_token, request_token, session_secret
from reception.auth.rates import ADDRESS, PERSON, PROGRAM, Rates
from reception.frame.person import Connection, Person

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER: Final = "bearer "
#: Files that are the same for everybody are not counted.
_STATIC: Final = "/static/"
_FORM: Final = "application/x-www-form-urlencoded"
#: What a browser says of a request that our own page made, or that somebody typed.
_OWN_SITE: Final = frozenset({"same-origin", "none"})


class Door(ASGIMiddleware):
    """Says who is asking.

    Args:
        sign_in: tells sessions and tokens.
        rates: counts requests.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, sign_in: SignIn, rates: Rates) -> None:
        self._sign_in = sign_in
        self._rates = rates

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Lets a request pass, or refuses it."""
        request: Request[object, object, State] = Request(scope, receive, send)
        scope["user"], scope["auth"] = None, None
        if not request.url.path.startswith(_STATIC):
            await self._look(request)
        await next_app(scope, receive, send)

    async def _look(self, request: Request[object, object, State]) -> None:
        scope = request.scope
        authorization = request.headers.get("authorization", "")
        is_program = authorization.lower().startswith(_BEARER)
        if is_program:
            identity = await self._known(authorization[len(_BEARER) :].strip(), is_program=True)
            secret = ""
        else:
            secret = session_secret(request)
            identity = await self._known(secret, is_program=False)
            secret = secret if identity is not None else before_secret(request)
        self._count(request, identity)
        scope["auth"] = identity
        scope["user"] = person(identity) if identity is not None else None
        scope["state"]["csrf_token"] = request_token(secret)
        if request.method not in _SAFE and not is_program:
            await _refuse_forged(request, secret)

    async def _known(self, secret: str, *, is_program: bool) -> Identity | None:
        if not secret:
            return None
        look = self._sign_in.by_token if is_program else self._sign_in.by_session
        try:
            return await sync_to_thread(look, secret)
        except AccessDenied:
            return None

    def _count(self, request: Connection, identity: Identity | None) -> None:
        if identity is None:
            self._rates.count(f"address {address_of(request)}", ADDRESS)
        elif identity.is_program:
            self._rates.count(f"token {identity.key}", PROGRAM)
        else:
            self._rates.count(f"account {identity.account.account_id}", PERSON)


def address_of(connection: Connection) -> str:
    """Where a request comes from; empty where that is not known."""
    return connection.client.host if connection.client else ""


def person(identity: Identity) -> Person:
    """What screens show and ask of who is asking."""
    account = identity.account
    return Person(
        account_id=account.account_id,
        name=account.shown_name,
        role=account.role.value,
        branch=account.branch,
        within=identity.within,
        permissions=frozenset(each.value for each in identity.permissions),
    )


def identity_of(connection: Connection) -> Identity:
    """Who is asking; routes that are not public have somebody.

    Raises:
        AccessDenied: NOT_SIGNED_IN.
    """
    identity = connection.scope.get("auth")
    if not isinstance(identity, Identity):
        raise not_signed_in()
    return identity


async def _refuse_forged(request: Request[object, object, State], secret: str) -> None:
    site = request.headers.get("sec-fetch-site", "")
    origin = request.headers.get("origin", "null")
    is_foreign = site not in _OWN_SITE if site else not _is_own(request, origin)
    if is_foreign or not is_right_token(secret, await _token(request)):
        raise AccessDenied(
            "FORGED_REQUEST",
            vi="Yêu cầu không đến từ màn hình đang mở; hãy tải lại trang rồi làm lại.",
            en="the request does not come from an open page of the desk; load the page again",
        )


def _is_own(request: Connection, origin: str) -> bool:
    """Our pages send no referrer, so their plain forms say ``null``; the token decides then."""
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host", "")


async def _token(request: Request[object, object, State]) -> str:
    """The token in the header, or in a plain form; files come with the header only."""
    header = request.headers.get("x-csrf-token", "")
    if header or not request.headers.get("content-type", "").startswith(_FORM):
        return header
    form = await request.form()
    return str(form.get("_csrf_token", ""))
