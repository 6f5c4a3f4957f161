"""``/pictures/<page>``: the upright page as JPEG, small or large."""

from __future__ import annotations

from typing import Annotated, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from dossiers.page import Page
from reception.frame.area import Area
from reception.frame.asked import DeskRequest, visible_page
from reception.services import DeskServices


@get("/pictures/{page_id:str}", sync_to_thread=True, include_in_schema=False)
def picture(
    request: DeskRequest,
    page_id: FromPath[str],
    desk: NamedDependency[DeskServices],
    width: Annotated[int, QueryParameter(ge=16, le=4000)] = 240,
    turned: Annotated[int, QueryParameter(ge=0, le=270, multiple_of=90)] = 0,
) -> Response[bytes]:
    """Shows a page; its type is fixed and nothing in it can run."""
    with desk.records.transaction() as work:
        page = visible_page(request, work, page_id)
    return page_picture(desk, page, width, turned)


def page_picture(desk: DeskServices, page: Page, width: int, turned: int = 0) -> Response[bytes]:
    """The upright page as JPEG, turned clockwise by so many degrees."""
    made = desk.pictures.picture(page, width, turned)
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(made, media_type="image/jpeg", headers=headers)


AREA: Final = Area(routes=[picture], permission="dossier.read")
