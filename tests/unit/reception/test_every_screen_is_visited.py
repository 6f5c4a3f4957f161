"""The walk through every screen in a browser leaves no route out."""

from __future__ import annotations

from litestar import Litestar, Response
from litestar.routes import HTTPRoute

from reception.app import make_app
from reception.services import DeskServices
from tests.e2e.desk.visits import PARTS, SCREENS


def test_every_route_that_answers_a_page_is_visited(idle_services: DeskServices) -> None:
    pages = _pages(make_app(idle_services))

    assert "/review" in pages
    assert pages - SCREENS.keys() - PARTS == set()
    assert (SCREENS.keys() | PARTS) - pages == set()


def _pages(app: Litestar) -> set[str]:
    """Paths of what answers text for people."""
    return {
        route.path
        for route in app.routes
        if isinstance(route, HTTPRoute) and not route.path.startswith("/api/")
        for handler in route.route_handlers
        if "GET" in handler.http_methods
        and handler.parsed_fn_signature.return_type.annotation == Response[str]
    }
