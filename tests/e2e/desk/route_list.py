"""Every address that the desk answers to ``GET``; a new route is in here by itself."""

from __future__ import annotations

from litestar import Router

from reception.app import AREAS, home

#: The interface for programs, which answers with JSON.
PROGRAMS = "/api/"


def desk_paths() -> frozenset[str]:
    """Templates of addresses, ``/search/dossier/{dossier_id:str}``; static files are not among them."""
    areas = [Router(path="/", route_handlers=area.routes) for area in AREAS]
    whole = Router(path="/", route_handlers=[home, *areas])
    return frozenset(route.path for route in whole.routes if "GET" in getattr(route, "methods", ()))
