"""Errors become answers: pages for people, problem+json for programs; a code and a sentence (S46)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from dossiers.errors import (
    AccessDenied,
    DeviceError,
    EngineError,
    InputCode,
    InputError,
    RecordError,
    ResourceError,
    SohoaError,
    StaleVersion,
)
from reception.frame.pages import DeskRequest, Pages

#: Paths below this one belong to programs.
API: Final = "/api/"
_NOT_FOUND: Final = frozenset({"NOT_FOUND", "NO_CASE", "OBJECT_NOT_FOUND"})
#: Refusals that have another status than 403.
_ACCESS: Final = {
    "NOT_SIGNED_IN": 401,
    "WRONG_SIGN_IN": 401,
    "TOO_MANY_TRIES": 429,
    "TOO_MANY_REQUESTS": 429,
}
_NAMES: Final = {
    400: "BAD_REQUEST",
    401: "NOT_SIGNED_IN",
    403: "NOT_ALLOWED",
    404: "NO_SUCH_PAGE",
    405: "WRONG_METHOD",
    413: "TOO_LARGE",
    429: "TOO_MANY_REQUESTS",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, for people and programs.

    Attributes:
        status: HTTP status, 400 to 599.
        code: stable code.
        text: one sentence in the reader's language.
        hint: what to do next; may be empty.
    """

    status: int
    code: str
    text: str
    hint: str = ""


def status_of(error: SohoaError) -> int:
    """The HTTP status that an error of ours answers with."""
    if isinstance(error, InputError) and error.reason is InputCode.LIMIT_EXCEEDED:
        return 413
    if isinstance(error, InputError) and error.reason is InputCode.KEY_USED:
        return 422
    if isinstance(error, AccessDenied):
        return _ACCESS.get(error.code, 403)
    if error.code in _NOT_FOUND:
        return 404
    if isinstance(error, StaleVersion):
        return 409
    by_class: tuple[tuple[type[SohoaError], int], ...] = (
        (InputError, 400),
        (RecordError, 409),
        (ResourceError, 503),
        (DeviceError, 503),
        (EngineError, 503),
    )
    return next((status for kind, status in by_class if isinstance(error, kind)), 500)


def tell_error(request: Request[object, object, State], error: SohoaError) -> Response[object]:
    """Answers an error that Sohoa raised on purpose."""
    status = status_of(error)
    _log.info("%s %s: %s", request.method, status, error.code)
    words = _pages(request).words_for(request)
    text = error.vi if words.language == "vi" else error.en
    headers = {"Retry-After": error.hint} if status == 429 else {}
    return answer_problem(request, Problem(status=status, code=error.code, text=text), headers)


def tell_http(request: Request[object, object, State], error: HTTPException) -> Response[object]:
    """Answers what the framework refuses: no such page, not signed in, a malformed request."""
    words = _pages(request).words_for(request)
    status = error.status_code
    code = _NAMES.get(status, "BAD_REQUEST" if status < 500 else "UNFORESEEN")
    if status >= 500:
        _log.error("%s %s", request.method, status, exc_info=error)
    problem = Problem(status=status, code=code, text=words.say(f"problem_{code}"))
    return answer_problem(request, problem, dict(error.headers or {}))


def tell_unforeseen(request: Request[object, object, State], error: Exception) -> Response[object]:
    """The last handler: the trace goes to the log, the reader gets a sentence."""
    _log.error("unforeseen error", exc_info=error)
    words = _pages(request).words_for(request)
    return answer_problem(
        request, Problem(status=500, code="UNFORESEEN", text=words.say("problem_UNFORESEEN"))
    )


def answer_problem(
    request: DeskRequest, problem: Problem, headers: dict[str, str] | None = None
) -> Response[object]:
    """Answers with a problem: as JSON to programs, as a message to a screen that is open, else as a page."""
    if request.url.path.startswith(API):
        body = {
            "type": f"urn:sohoa:problem:{problem.code}",
            "title": problem.text,
            "status": problem.status,
            "code": problem.code,
        }
        return Response(
            body, status_code=problem.status, media_type="application/problem+json", headers=headers
        )
    pages = _pages(request)
    is_part = request.headers.get("hx-request") == "true"
    name = "frame/problem_part.html" if is_part else "frame/problem.html"
    more = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML"} if is_part else {}
    text = pages.render(request, name, {"problem": problem})
    return Response(
        text, status_code=problem.status, media_type="text/html", headers={**more, **(headers or {})}
    )


def _pages(request: DeskRequest) -> Pages:
    pages = request.app.state.pages
    assert isinstance(pages, Pages)
    return pages
