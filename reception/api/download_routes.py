"""What is taken away: originals for who may read them, a whole dossier, pictures of pages."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from dossiers.permissions import Permission
from reception.api.dossier_routes import find_dossier
from reception.auth.door import identity_of
from reception.pictures.routes import page_picture
from reception.search.downloads import packed_dossier, taken_original
from reception.services import DeskServices

_READ: Final = {"permission": Permission.DOSSIER_READ}


@get(
    "/dossiers/{code:str}/files/{file_id:str}/content",
    opt={"permission": Permission.ORIGINAL_READ, "answers": "application/octet-stream"},
    sync_to_thread=True,
)
def file_content(
    request: Request[Any, Any, State],
    code: FromPath[str],
    file_id: FromPath[str],
    desk: NamedDependency[DeskServices],
) -> Response[bytes]:
    """A file as it was received, as an attachment; it is noted who took it."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    return taken_original(desk, found.dossier_id, file_id, identity_of(request).account.account_id)


@get("/dossiers/{code:str}/zip", opt={**_READ, "answers": "application/zip"}, sync_to_thread=True)
def dossier_zip(
    request: Request[Any, Any, State], code: FromPath[str], desk: NamedDependency[DeskServices]
) -> Stream:
    """All documents of a dossier with their text as ZIP; originals too for who may read them. It is noted."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    has_originals = Permission.ORIGINAL_READ in identity.permissions
    return packed_dossier(desk, found.dossier_id, identity.account.account_id, has_originals=has_originals)


@get("/pages/{page_id:str}/picture", opt={**_READ, "answers": "image/jpeg"}, sync_to_thread=True)
def picture_of_page(
    page_id: FromPath[str],
    desk: NamedDependency[DeskServices],
    width: Annotated[int, QueryParameter(ge=16, le=4000, description="Pixels across.")] = 800,
) -> Response[bytes]:
    """The upright page as JPEG."""
    with desk.records.transaction() as work:
        page = work.pages.get(page_id)
    return page_picture(desk, page, width)
