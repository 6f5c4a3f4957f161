"""The application of the desk: areas, errors, headers. It is given its use cases and connects to nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from litestar import Litestar, Request, Response, Router, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.response import Redirect
from litestar.types import Guard, Middleware

from dossiers.errors import SohoaError
from reception.admin.routes import AREA as ADMIN
from reception.api.routes import AREA as API
from reception.api.spec import openapi_config
from reception.auth.refusal import lead_to_sign_in
from reception.auth.routes import AREA as AUTH
from reception.cases.routes import AREA as CASES
from reception.frame.area import Area
from reception.frame.headers import add_headers
from reception.frame.language import choose_language
from reception.frame.pages import Pages, make_environment
from reception.frame.person import person_of
from reception.frame.problems import tell_error, tell_http, tell_unforeseen
from reception.frame.static_files import load_static_files, static_file
from reception.frame.words import load_all_words
from reception.intake.routes import AREA as INTAKE
from reception.pictures.routes import AREA as PICTURES
from reception.reports.routes import AREA as REPORTS
from reception.review.routes import AREA as REVIEW
from reception.search.routes import AREA as SEARCH
from reception.services import DeskServices
from reception.tasks.routes import AREA as TASKS

#: Every area of the desk, in the order of the navigation.
AREAS: Final[Sequence[Area]] = (
    AUTH,
    INTAKE,
    CASES,
    REVIEW,
    SEARCH,
    TASKS,
    REPORTS,
    PICTURES,
    ADMIN,
    API,
)
#: What the framework calls with a request and an exception.
Handler = Callable[[Request[Any, Any, State], Any], Response[Any]]
#: Largest body of a request, bytes; uploads of the interface for programs have a limit of their own.
MOST_BYTES: Final = 2_000_000


@get("/", include_in_schema=False, opt={"permission": ""})
async def home(request: Request[object, object, State], pages: NamedDependency[Pages]) -> Redirect:
    """The first screen that the person may see."""
    person = person_of(request)
    first = next((each for each in pages.links if person is not None and person.may(each.permission)), None)
    return Redirect(path=first.path if first is not None else "/sign-in")


def _desk(state: State) -> DeskServices:
    desk: DeskServices = state["desk"]
    return desk


def _pages(state: State) -> Pages:
    pages: Pages = state["pages"]
    return pages


def make_app(
    desk: DeskServices, *, middleware: Sequence[Middleware] = (), guards: Sequence[Guard] = ()
) -> Litestar:
    """Makes the application.

    Args:
        desk: what screens stand on.
        middleware: what sees every request first: it says who is asking.
        guards: what every route asks before it answers.
    """
    static_files = load_static_files()
    pages = Pages(
        environment=make_environment(),
        words=load_all_words(),
        static_files=static_files,
        links=[link for area in AREAS for link in area.links],
        desk=desk,
    )
    routes = [
        Router(
            path="/",
            route_handlers=area.routes,
            opt={"permission": area.permission},
            include_in_schema=area is API,
        )
        for area in AREAS
    ]
    return Litestar(
        route_handlers=[home, choose_language, static_file, *routes],
        dependencies={
            "desk": Provide(_desk, sync_to_thread=False),
            "pages": Provide(_pages, sync_to_thread=False),
        },
        state=State({"pages": pages, "static_files": static_files, "desk": desk}),
        middleware=list(middleware),
        guards=list(guards),
        before_send=[add_headers],
        exception_handlers={
            NotAuthorizedException: cast("Handler", lead_to_sign_in),
            SohoaError: cast("Handler", tell_error),
            HTTPException: cast("Handler", tell_http),
            Exception: cast("Handler", tell_unforeseen),
        },
        compression_config=CompressionConfig(backend="gzip", exclude=["/static/"]),
        request_max_body_size=MOST_BYTES,
        openapi_config=openapi_config(),
        logging_config=None,
        debug=False,
    )
