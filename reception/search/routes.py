"""The search screen's and the viewer's addresses."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from dossiers.document_names import type_name
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.dossier import Dossier
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.local_time import day_in_vietnam
from dossiers.saved_search import SavedSearch
from dossiers.search import Hit
from dossiers.search_words import words_of
from dossiers.similar import similar_to
from reception.frame.area import Area, Link
from reception.frame.moments import local
from reception.frame.pages import Pages
from reception.frame.signed_in import signed_in
from reception.search.dossier_view import page_view, read_dossier
from reception.search.downloads import archive, original, paper
from reception.search.marking import pieces_of_line
from reception.search.question import PAGE, Question, query_of, question_of
from reception.services import DeskServices

_Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_Asked = Request[Any, Any, State]
_SEARCH: Final = {"permission": "search"}
_READ: Final = {"permission": "dossier.read"}
#: Longest name of a kept search.
_MOST_NAME: Final = 80


@get("/search", sync_to_thread=True, opt=_SEARCH)
def first_look(
    request: _Asked, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """The empty form, or the answers to a kept search."""
    return _answer(request, pages, desk, question_of(dict(request.query_params)))


@post("/search/answers", sync_to_thread=True, status_code=200, opt=_SEARCH)
def search(
    request: _Asked, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices], data: _Form
) -> Response[str]:
    """Answers what was asked."""
    return _answer(request, pages, desk, question_of(data))


@post("/search/kept", sync_to_thread=True, opt=_SEARCH)
def keep(request: _Asked, desk: NamedDependency[DeskServices], data: _Form) -> Redirect:
    """Keeps a search under a name, without personal numbers and names of people."""
    asked = question_of(data).address()
    name = " ".join(data.get("name", "").split())[:_MOST_NAME]
    if not name or not asked:
        raise InputError(InputCode.BAD_QUERY, "a kept search needs a name and something asked")
    owner = signed_in(request).account_id
    with desk.records.transaction() as work:
        work.saved_searches.put(SavedSearch(owner=owner, name=name, asked=asked, saved_at=desk.clock()))
    return Redirect(path=f"/search?{asked}", status_code=303)


@post("/search/kept/forget", sync_to_thread=True, opt=_SEARCH)
def forget(request: _Asked, desk: NamedDependency[DeskServices], data: _Form) -> Redirect:
    """Forgets a kept search."""
    with desk.records.transaction() as work:
        work.saved_searches.erase(signed_in(request).account_id, data.get("name", ""))
    return Redirect(path="/search", status_code=303)


@get("/search/dossier/{dossier_id:str}", sync_to_thread=True, opt=_READ)
def dossier(
    request: _Asked,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    dossier_id: FromPath[str],
    page: FromQuery[int] = 1,
    words: FromQuery[str] = "",
    tones: FromQuery[bool] = False,
) -> Response[str]:
    """One dossier: its papers, one page with the words marked."""
    with desk.records.transaction() as work:
        view = read_dossier(work, dossier_id)
        chosen = next((each for each in view.pages.values() if each.number == page), None)
        chosen = chosen or next(iter(view.pages.values()), None)
        reading = work.pages.reading(chosen.page_id) if chosen else None
    asked = words if words_of(words) else ""
    context = {
        "view": view,
        "shown": page_view(desk, chosen, reading, asked, tones=tones) if chosen else None,
        "procedure": _procedure(desk, view.dossier),
        "words": asked,
        "tones": tones,
        "names": desk.names,
        "local": local,
        "page_numbers": [each.number for each in view.pages.values()],
    }
    return pages.answer(request, "search/dossier.html", context)


@get("/search/dossier/{dossier_id:str}/print", sync_to_thread=True, opt=_READ)
def print_view(
    request: _Asked,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    dossier_id: FromPath[str],
) -> Response[str]:
    """Every page of a dossier, one a sheet of paper."""
    with desk.records.transaction() as work:
        view = read_dossier(work, dossier_id)
    return pages.answer(request, "search/print.html", {"view": view, "names": desk.names})


@get("/search/similar/{document_id:str}", sync_to_thread=True, opt=_SEARCH)
def similar(
    request: _Asked,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    document_id: FromPath[str],
) -> Response[str]:
    """Documents with many words in common."""
    person = signed_in(request)
    with desk.records.transaction() as work:
        document = work.documents.get(document_id)
    hits = similar_to(desk.records, document, person.within)
    context = {
        "hits": [_row(each, pages, request) for each in hits],
        "document": document,
        "names": desk.names,
    }
    return pages.answer(request, "search/similar.html", context)


def _answer(request: _Asked, pages: Pages, desk: DeskServices, question: Question) -> Response[str]:
    person = signed_in(request)
    hits: tuple[Hit, ...] = ()
    trouble = ""
    if not question.is_empty:
        try:
            hits = desk.retrieval.find(query_of(question, desk, person))
        except InputError as error:
            trouble = error.vi if pages.words_for(request).language == "vi" else error.en
    shown, after = _whole_dossiers(hits)
    with desk.records.transaction() as work:
        kept = work.saved_searches.of_owner(person.account_id)
    types = [each for each in DOCUMENT_TYPES.values() if each.type_id not in (BLANK, UNKNOWN)]
    context = {
        "question": question,
        "hits": [_row(each, pages, request) for each in shown],
        "after": after,
        "trouble": trouble,
        "kept": kept,
        "types": types,
        "local": local,
        "pieces": partial(pieces_of_line, words=question.words, exact_tones=question.tones),
    }
    return pages.answer(request, "search/page.html", context, status=400 if trouble else 200)


def _whole_dossiers(hits: tuple[Hit, ...]) -> tuple[tuple[Hit, ...], str]:
    """The hits of one page, never a part of a dossier, and the dossier after which the next page begins."""
    if len(hits) <= PAGE:
        return hits, ""
    last = hits[-1].dossier_id
    whole = tuple(each for each in hits if each.dossier_id != last)
    if not whole:  # one dossier fills the page by itself
        return hits[:PAGE], last
    return whole, whole[-1].dossier_id


def _row(hit: Hit, pages: Pages, request: _Asked) -> tuple[Hit, str]:
    language = pages.words_for(request).language
    known = hit.type_id is not None and hit.type_id in DOCUMENT_TYPES
    return hit, type_name(hit.type_id, language) if known and hit.type_id else ""


def _procedure(desk: DeskServices, dossier: Dossier) -> str:
    """Name of the procedure as it was on the dossier's day; empty where the catalogue has none."""
    if dossier.procedure_code is None:
        return ""
    try:
        return desk.catalogue.get(dossier.procedure_code, day_in_vietnam(dossier.opened_at)).name
    except RecordError:
        return ""


AREA: Final = Area(
    routes=[
        first_look,
        search,
        keep,
        forget,
        dossier,
        print_view,
        similar,
        original,
        paper,
        archive,
    ],
    links=[Link(label="search", path="/search", key="3", permission="search")],
    permission="search",
)
