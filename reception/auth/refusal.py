"""Nobody is signed in: people are led to the sign-in page and back, programs are told 401."""

from __future__ import annotations

from urllib.parse import quote

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException

from reception.frame.problems import API, tell_http


def lead_to_sign_in(
    request: Request[object, object, State], error: NotAuthorizedException
) -> Response[object]:
    """Answers a request of nobody."""
    if request.url.path.startswith(API):
        answer = tell_http(request, error)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    if request.headers.get("hx-request") == "true":
        return Response(b"", status_code=401, headers={"HX-Redirect": "/sign-in"})
    back = request.url.path if request.method == "GET" else "/"
    return Response(b"", status_code=303, headers={"Location": f"/sign-in?back={quote(back)}"})
