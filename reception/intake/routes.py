"""The intake screen's addresses."""

from __future__ import annotations

from typing import Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency

from reception.frame.area import Area, Link
from reception.frame.pages import Pages


@get("/intake", sync_to_thread=True)
def first_page(request: Request[object, object, State], pages: NamedDependency[Pages]) -> Response[str]:
    """The empty screen: whose dossier is it?"""
    return pages.answer(request, "intake/start.html")


AREA: Final = Area(routes=[first_page], links=[Link(label="intake", path="/intake", key="1")])
