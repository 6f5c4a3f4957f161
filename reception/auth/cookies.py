"""Cookies of the door: the session's secret, and one for forms that come before it.

Rules: no script reads them, other sites' requests do not carry them, and over https they go nowhere else. The
token against forged requests is made of the secret, so it is worth nothing with another session (S8).
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from litestar.datastructures import Cookie

from reception.frame.person import Connection

_SESSION: Final = "sohoa_session"
_BEFORE: Final = "sohoa_before"
#: What the secret is mixed with, so that the token tells nothing about it.
_PURPOSE: Final = b"sohoa request token 1"


def session_secret(connection: Connection) -> str:
    """The session's secret that a request carries; empty where it has none."""
    return connection.cookies.get(_name(connection, _SESSION), "")


def before_secret(connection: Connection) -> str:
    """The secret of the sign-in form; empty where the request has none."""
    return connection.cookies.get(_name(connection, _BEFORE), "")


def session_cookie(connection: Connection, secret: str) -> Cookie:
    """A cookie that the browser forgets when it is closed; the records end the session before that."""
    return _cookie(connection, _SESSION, secret, "lax")


def before_cookie(connection: Connection, secret: str) -> Cookie:
    """The cookie of the sign-in form."""
    return _cookie(connection, _BEFORE, secret, "strict")


def ended_cookie(connection: Connection) -> Cookie:
    """Makes the browser forget the session."""
    cookie = _cookie(connection, _SESSION, "", "lax")
    cookie.max_age = 0
    return cookie


def request_token(secret: str) -> str:
    """The token against forged requests; empty without a secret."""
    return hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).hexdigest() if secret else ""


def is_right_token(secret: str, token: str) -> bool:
    """Whether a token was made of the secret."""
    return bool(secret) and hmac.compare_digest(request_token(secret).encode(), token.encode())


def is_secure(connection: Connection) -> bool:
    """Whether the browser came over https, as a proxy that we trust says."""
    return connection.url.scheme == "https"


def _name(connection: Connection, name: str) -> str:
    # The prefix keeps a neighbouring host, or one without https, from planting a cookie of this name.
    return f"__Host-{name}" if is_secure(connection) else name


def _cookie(connection: Connection, name: str, value: str, same_site: str) -> Cookie:
    return Cookie(
        key=_name(connection, name),
        value=value,
        path="/",
        httponly=True,
        secure=is_secure(connection),
        samesite="strict" if same_site == "strict" else "lax",
    )
