"""Agencies, calendar, profiles and forms, changed at the desk as the text of their files."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody

from dossiers.errors import ConfigurationError, InputError, SohoaError, StaleVersion
from dossiers.permissions import Permission
from dossiers.steward import Steward
from reception.admin.told import sentence
from reception.auth.door import identity_of
from reception.cases.printed import pdf_answer
from reception.frame.moments import local
from reception.frame.pages import DeskRequest, Pages
from reception.services import DeskServices

_OFFICE: Final = {"permission": Permission.OFFICE_WRITE.value}
#: A text of the largest size, as a form sends it.
_MOST_BYTES: Final = 4_000_000


@get("/admin/files/{name:str}", sync_to_thread=True, opt=_OFFICE)
def office_file(
    request: DeskRequest,
    name: FromPath[str],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    version: Annotated[int, QueryParameter(ge=0, le=999_999)] = 0,
    shipped: FromQuery[bool] = False,
) -> Response[str]:
    """The text in force, or a former version to be kept anew, and who changed it when."""
    text = desk.files.version(name, version) if version else desk.files.shipped(name) if shipped else None
    return _page(request, pages, desk, name, text=text, version=version, is_shipped=shipped)


@post(
    "/admin/files/{name:str}/preview",
    sync_to_thread=True,
    opt=_OFFICE,
    status_code=200,
    request_max_body_size=_MOST_BYTES,
)
def preview_office_file(
    request: DeskRequest,
    name: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[Any]:
    """A printed form as the text would print it, with invented values; nothing is kept."""
    text = data.get("text", "")
    try:
        return pdf_answer(desk.files.preview(name, text), name)
    except (ConfigurationError, InputError) as refusal:
        return _page(request, pages, desk, name, text=text, refusal=refusal)


@post(
    "/admin/files/{name:str}",
    sync_to_thread=True,
    opt=_OFFICE,
    status_code=200,
    request_max_body_size=_MOST_BYTES,
)
def keep_office_file(
    request: DeskRequest,
    name: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Keeps a text; one that cannot be used is shown again with what is wrong in it."""
    steward, text = office_steward(request, desk), data.get("text", "")
    try:
        desk.files.keep(name, text, data.get("mark", ""), steward.name)
    except (ConfigurationError, InputError, StaleVersion) as refusal:
        return _page(request, pages, desk, name, text=text, refusal=refusal)
    return _page(request, pages, desk, name, is_kept=True)


def office_steward(
    request: DeskRequest, desk: DeskServices, permission: Permission = Permission.OFFICE_WRITE
) -> Steward:
    """Whoever may change what holds for the whole office; OTHER_BRANCH for who manages a part of it."""
    steward = Steward.of(identity_of(request), permission)
    steward.require_branch(desk.agency)
    return steward


def _page(
    request: DeskRequest,
    pages: Pages,
    desk: DeskServices,
    name: str,
    *,
    text: str | None = None,
    version: int = 0,
    refusal: SohoaError | None = None,
    is_kept: bool = False,
    is_shipped: bool = False,
) -> Response[str]:
    file = desk.files.read(name)
    context = {
        "file": file,
        "text": file.text if text is None else text,
        "version": version,
        "refusal": f"{sentence(request, pages, refusal)} ({refusal.code})" if refusal else "",
        "place": refusal.en.partition(": ")[2] if isinstance(refusal, ConfigurationError) else "",
        "is_kept": is_kept,
        "is_shipped": is_shipped,
        "has_shipped": file.is_own and bool(desk.files.shipped(name)),
        "is_form": name.startswith("form-"),
        "names": desk.files.names(),
        "may_keep": Steward.of(identity_of(request), Permission.OFFICE_WRITE).reaches(desk.agency),
        "local": local,
    }
    status = 200 if refusal is None else 409 if isinstance(refusal, StaleVersion) else 400
    return pages.answer(request, "admin/file.html", context, status=status)
