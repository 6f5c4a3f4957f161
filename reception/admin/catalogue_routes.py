"""The catalogue: an entry as in force on a day, and the import of lists, looked at before it is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import MultipartBody, QueryParameter, URLEncodedBody

from dossiers.catalogue_import import MAX_BYTES, key_text
from dossiers.document_names import type_name
from dossiers.errors import InputCode, InputError, ResourceError, SohoaError
from dossiers.local_time import day_in_vietnam
from dossiers.permissions import Permission
from dossiers.procedures import Procedure
from reception.admin.file_routes import office_steward
from reception.admin.ports import OfferedList
from reception.admin.told import or_trouble, sentence
from reception.frame.moments import local
from reception.frame.pages import DeskRequest, Pages
from reception.frame.problems import status_of
from reception.services import DeskServices

_WRITE: Final = {"permission": Permission.CATALOGUE_WRITE.value}
#: So many entries, or lines of each kind of a difference, are shown; the count is always told.
_MOST: Final = 100
#: Room for the form around a file, bytes.
_AROUND: Final = 10_000


@get("/admin/catalogue", sync_to_thread=True, opt=_WRITE)
def catalogue(
    request: DeskRequest,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    words: Annotated[str, QueryParameter(name="words", max_length=200)] = "",
    on: Annotated[str, QueryParameter(name="on", max_length=10)] = "",
) -> Response[str]:
    """Entries by code or words as of a day, imported lists, the form of an import."""
    asked, bad_day = _day(on, day_in_vietnam(desk.clock()))
    found, trouble = or_trouble(request, pages, lambda: _search(desk, words, asked))
    layers, layer_trouble = or_trouble(request, pages, desk.administration.layers)
    hits = found or ()
    context = {
        "words": words,
        "on": asked,
        "bad_day": bad_day,
        "hits": hits[:_MOST],
        "more": max(0, len(hits) - _MOST),
        "layers": layers or (),
        "trouble": trouble or layer_trouble,
        "type_name": type_name,
        "local": local,
    }
    return pages.answer(request, "admin/catalogue.html", context)


@post(
    "/admin/catalogue/offer",
    sync_to_thread=True,
    opt=_WRITE,
    status_code=200,
    request_max_body_size=MAX_BYTES + _AROUND,
)
def offer_list(
    request: DeskRequest,
    data: MultipartBody[dict[str, UploadFile]],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Shows what a list would change, and changes nothing: a part of the page."""
    sent = data.get("file")
    office_steward(request, desk, Permission.CATALOGUE_WRITE)
    try:
        if sent is None or not sent.filename:
            raise InputError(InputCode.EMPTY, "no file was chosen")
        offered = desk.administration.offer(sent.filename[-200:], sent.file.read(MAX_BYTES + 1))
    except (InputError, ResourceError) as refusal:
        return _refused(request, pages, refusal)
    return _shown(request, pages, offered, is_kept=False)


@post("/admin/catalogue/keep", sync_to_thread=True, opt=_WRITE, status_code=200)
def keep_list(
    request: DeskRequest,
    data: URLEncodedBody[dict[str, str]],
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
) -> Response[str]:
    """Keeps a list whose difference was looked at: a part of the page."""
    by = office_steward(request, desk, Permission.CATALOGUE_WRITE).name
    try:
        kept = desk.administration.keep(data.get("token", ""), data.get("name", "")[-200:], by)
    except (InputError, ResourceError) as refusal:
        return _refused(request, pages, refusal)
    return _shown(request, pages, kept, is_kept=True)


def _search(desk: DeskServices, words: str, on: date) -> tuple[Procedure, ...]:
    return desk.administration.catalogue().search(words, on) if words.strip() else ()


def _shown(request: DeskRequest, pages: Pages, offered: OfferedList, *, is_kept: bool) -> Response[str]:
    context = {"offered": offered, "plan": offered.plan, "is_kept": is_kept, "most": _MOST, "key": key_text}
    return pages.answer(request, "admin/plan.html", context)


def _refused(request: DeskRequest, pages: Pages, refusal: SohoaError) -> Response[str]:
    context = {"refusal": sentence(request, pages, refusal)}
    return pages.answer(request, "admin/plan_refused.html", context, status=status_of(refusal))


def _day(text: str, today: date) -> tuple[date, bool]:
    """The day as a date field sends it, today where there is none, and whether it was no day."""
    try:
        return (date.fromisoformat(text), False) if text else (today, False)
    except ValueError:
        return today, True
