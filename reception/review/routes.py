"""The confirm screen's addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.page_layout import PageLayout
from dossiers.reading import CopyKind
from dossiers.review_desk import OpenedReview, Outcome
from reception.frame.area import Area, Link
from reception.frame.moments import local
from reception.frame.pages import Pages
from reception.frame.signed_in import signed_in
from reception.review.group import group_lines
from reception.review.shown_value import shown
from reception.review.view import confirmed_lines, doubtful_count, view_of
from reception.services import DeskServices

_Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_Asked = Request[Any, Any, State]
_MAY: Final = {"permission": "review"}
#: What an input of a field is called in the form.
_PREFIX: Final = "value."


@get("/review", sync_to_thread=True, opt=_MAY)
def queue(
    request: _Asked,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    done: FromQuery[str] = "",
) -> Response[str]:
    """What waits to be confirmed."""
    person = signed_in(request)
    waiting = desk.review_desk.queue(person.branch)
    fields = sorted({value.name for each in waiting for value in each.document.fields if value.alternatives})
    context = {
        "waiting": [
            (each, desk.review_desk.is_free(each, person.account_id), doubtful_count(each))
            for each in waiting
        ],
        "fields": fields,
        "names": desk.names,
        "local": local,
        "done": done if done in {each.value for each in Outcome} else "",
    }
    return pages.answer(request, "review/queue.html", context)


@get("/review/next", sync_to_thread=True, opt=_MAY)
def next_one(request: _Asked, desk: NamedDependency[DeskServices], done: FromQuery[str] = "") -> Redirect:
    """Opens what waits longest and is free, or the queue where nothing is."""
    person = signed_in(request)
    found = desk.review_desk.next_free(person.branch, person.account_id)
    said = f"?done={done}" if done in {each.value for each in Outcome} else ""
    return Redirect(path=f"/review/document/{found}{said}" if found else f"/review{said}")


@get("/review/group", sync_to_thread=True, opt=_MAY)
def group(
    request: _Asked, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices], field: FromQuery[str]
) -> Response[str]:
    """The same field of many documents, one below the other."""
    person = signed_in(request)
    context = {"field": field, "lines": group_lines(desk, person, field), "names": desk.names}
    return pages.answer(request, "review/group.html", context)


@get("/review/document/{document_id:str}", sync_to_thread=True, opt=_MAY)
def document(
    request: _Asked,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    document_id: FromPath[str],
    done: FromQuery[str] = "",
) -> Response[str]:
    """One document with its pages and fields."""
    opened = desk.review_desk.open(document_id, signed_in(request).account_id)
    context = _context(desk, opened) | {"done": done if done in {each.value for each in Outcome} else ""}
    return pages.answer(request, "review/document.html", context)


@post("/review/document/{document_id:str}/field", sync_to_thread=True, opt=_MAY, status_code=204)
def keep_field(
    request: _Asked, desk: NamedDependency[DeskServices], document_id: FromPath[str], data: _Form
) -> None:
    """Keeps one field: as typed, or as looked at and right."""
    account, name = signed_in(request).account_id, data.get("name", "")
    text = data.get("text", "")
    if text == data.get("read", ""):
        desk.review_desk.see(document_id, account, name)
    else:
        desk.review_desk.type(document_id, account, name, text)


@post("/review/document/{document_id:str}/kind", sync_to_thread=True, opt=_MAY, status_code=204)
def keep_kind(
    request: _Asked, desk: NamedDependency[DeskServices], document_id: FromPath[str], data: _Form
) -> None:
    """Keeps the type and the kind that were chosen."""
    account = signed_in(request).account_id
    desk.review_desk.choose(document_id, account, *_kind(data))


@post("/review/document/{document_id:str}/release", sync_to_thread=True, opt=_MAY)
def release(request: _Asked, desk: NamedDependency[DeskServices], document_id: FromPath[str]) -> Redirect:
    """Gives the document back to the queue with what was typed."""
    desk.review_desk.release(document_id, signed_in(request).account_id)
    return Redirect(path="/review", status_code=303)


@post("/review/document/{document_id:str}/confirm", sync_to_thread=True, opt=_MAY)
def confirm(
    request: _Asked, desk: NamedDependency[DeskServices], document_id: FromPath[str], data: _Form
) -> Redirect:
    """Confirms everything as it stands on the screen and opens what waits next."""
    person = signed_in(request)
    read = {key.removeprefix("read."): text for key, text in data.items() if key.startswith("read.")}
    for key, text in data.items():
        name = key.removeprefix(_PREFIX)
        if key.startswith(_PREFIX) and text != read.get(name, ""):
            desk.review_desk.type(document_id, person.account_id, name, text)
    desk.review_desk.choose(document_id, person.account_id, *_kind(data))
    outcome = desk.review_desk.confirm(document_id, person.account_id, person.name)
    return Redirect(path=f"/review/next?done={outcome.value}", status_code=303)


def _kind(data: Mapping[str, str]) -> tuple[str, str]:
    type_id, copy_kind = data.get("type_id", ""), data.get("copy_kind", "")
    known = {each.value for each in CopyKind if each is not CopyKind.UNKNOWN}
    return type_id if type_id in DOCUMENT_TYPES else "", copy_kind if copy_kind in known else ""


def _context(desk: DeskServices, opened: OpenedReview) -> dict[str, object]:
    layouts: dict[str, PageLayout] = {}
    places: dict[tuple[str, str], str] = {}
    with desk.records.transaction() as work:
        readings = {page.page_id: work.pages.reading(page.page_id) for page, _ in opened.pages}
        facts = work.papers.facts(opened.document.document_id)
    for page, key in opened.pages:
        found = readings[page.page_id]
        for value in found[0].fields if found else ():
            places.setdefault((value.name, value.raw), page.page_id)
        layout = desk.layouts.layout(key) if key else None
        if layout is not None:
            layouts[page.page_id] = layout
    types = [each for each in DOCUMENT_TYPES.values() if each.type_id not in (BLANK, UNKNOWN)]
    return {
        "opened": opened,
        "document": opened.document,
        "view": view_of(opened, layouts, places),
        "confirmed": confirmed_lines(facts),
        "types": types,
        "kinds": [each for each in CopyKind if each is not CopyKind.UNKNOWN],
        "names": desk.names,
        "shown": shown,
        "local": local,
    }


AREA: Final = Area(
    routes=[queue, next_one, group, document, keep_field, keep_kind, release, confirm],
    links=[Link(label="review", path="/review", key="2", permission="review")],
    permission="review",
)
