"""Signing in and out, and giving the password again."""

from __future__ import annotations

from typing import Annotated, Final

from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.params import FromQuery, Parameter

from dossiers.errors import AccessDenied
from dossiers.sessions import new_secret
from reception.auth.cookies import (
    before_cookie,
    before_secret,
    ended_cookie,
    request_token,
    session_cookie,
    session_secret,
)
from reception.auth.door import address_of
from reception.frame.area import Area
from reception.frame.language import back_path
from reception.frame.pages import DeskRequest, Pages
from reception.frame.person import person_of
from reception.frame.problems import status_of
from reception.services import DeskServices

_PUBLIC: Final = {"public": True}
_Back = Annotated[str, Parameter(max_length=500)]


@get("/sign-in", opt=_PUBLIC, include_in_schema=False)
async def ask(
    request: Request[object, object, State], pages: NamedDependency[Pages], back: FromQuery[_Back] = "/"
) -> Response[str]:
    """The sign-in form; whoever is signed in is led on."""
    if person_of(request) is not None:
        return _led_to(back)
    secret = before_secret(request) or new_secret()
    request.scope["state"]["csrf_token"] = request_token(secret)
    answer = pages.answer(
        request, "auth/sign_in.html", {"back": back_path(back), "name": "", "refusal": None}
    )
    answer.cookies.append(before_cookie(request, secret))
    return answer


@post("/sign-in", opt=_PUBLIC, include_in_schema=False)
async def sign_in(
    request: Request[object, object, State],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Starts a session with a new secret; one that the browser had is over."""
    form = await request.form()
    name, password, back = (str(form.get(key, "")) for key in ("name", "password", "back"))
    try:
        made = await sync_to_thread(desk.sign_in.sign_in, name, password, address_of(request))
    except AccessDenied as refusal:
        values = {"back": back_path(back), "name": name[:100], "refusal": refusal}
        return _refused(request, pages, "auth/sign_in.html", values, refusal)
    if former := session_secret(request):
        await sync_to_thread(desk.sign_in.sign_out, former)
    return _led_to(back, session_cookie(request, made.secret))


@post("/sign-out", opt={"permission": ""}, include_in_schema=False)
async def sign_out(
    request: Request[object, object, State], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Ends the session, here and in the records."""
    await sync_to_thread(desk.sign_in.sign_out, session_secret(request))
    answer = _led_to("/sign-in", ended_cookie(request))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@get("/confirm-again", opt={"permission": ""}, include_in_schema=False)
async def ask_again(
    request: Request[object, object, State], pages: NamedDependency[Pages], back: FromQuery[_Back] = "/"
) -> Response[str]:
    """Asks for the password once more, before something dangerous."""
    return pages.answer(request, "auth/confirm_again.html", {"back": back_path(back), "refusal": None})


@post("/confirm-again", opt={"permission": ""}, include_in_schema=False)
async def confirm_again(
    request: Request[object, object, State],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Notes that the person gave the password again, and leads back."""
    form = await request.form()
    password, back = str(form.get("password", "")), str(form.get("back", ""))
    secret = session_secret(request)
    try:
        await sync_to_thread(desk.sign_in.confirm_again, secret, password, address_of(request))
    except AccessDenied as refusal:
        values = {"back": back_path(back), "refusal": refusal}
        return _refused(request, pages, "auth/confirm_again.html", values, refusal)
    return _led_to(back)


def _refused(
    request: DeskRequest, pages: Pages, template: str, values: dict[str, object], refusal: AccessDenied
) -> Response[str]:
    words = pages.words_for(request)
    text = refusal.vi if words.language == "vi" else refusal.en
    return pages.answer(request, template, {**values, "refusal": text}, status=status_of(refusal))


def _led_to(back: str, cookie: Cookie | None = None) -> Response[str]:
    cookies = [cookie] if cookie else []
    return Response("", status_code=303, headers={"Location": back_path(back)}, cookies=cookies)


AREA: Final = Area(routes=[ask, sign_in, sign_out, ask_again, confirm_again])
