"""Which language a browser sees: what it chose, kept in a cookie, else that of the settings."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from litestar import Request, Response, post
from litestar.datastructures import Cookie, State
from litestar.exceptions import ValidationException
from litestar.params import FromPath

from reception.frame.person import Connection
from reception.frame.words import LANGUAGES

#: The cookie; it holds ``vi`` or ``en`` and nothing about a person.
COOKIE: Final = "sohoa_language"
_YEAR_SECONDS: Final = 31_536_000


def language_of(connection: Connection, usual: str) -> str:
    """Returns the language chosen, or the usual one."""
    chosen = connection.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else usual


@post("/language/{language:str}", opt={"public": True}, include_in_schema=False, status_code=303)
async def choose_language(
    language: FromPath[str], request: Request[object, object, State]
) -> Response[bytes]:
    """Keeps the choice and returns to the page that asked."""
    if language not in LANGUAGES:
        raise ValidationException(detail="unknown language")
    cookie = Cookie(
        key=COOKIE,
        value=language,
        max_age=_YEAR_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    form = await request.form()
    headers = {"Location": back_path(str(form.get("back", "")))}
    return Response(b"", status_code=303, headers=headers, cookies=[cookie])


def back_path(asked: str) -> str:
    """Returns a path of this desk to go back to: never another site's address."""
    parts = urlsplit(asked)
    is_ours = not parts.scheme and not parts.netloc and asked.startswith("/") and "\\" not in asked
    return asked if is_ours and asked.isprintable() else "/"
