"""Searches that are kept, documents alike, and what waits to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from dossiers.errors import InputCode, InputError
from dossiers.permissions import Permission
from dossiers.review_desk import MOST
from dossiers.saved_search import SavedSearch
from dossiers.similar import similar_to
from reception.api.once import IdempotencyKey, answer_once
from reception.api.views import HitView, hit_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.search.question import Question
from reception.services import DeskServices

_SEARCH: Final = {"permission": Permission.SEARCH}
Text = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchToKeep:
    """A search under a name; ``words``: words or a code. A personal number among them is left out."""

    name: Name
    words: Text = ""
    type: Text = ""
    received_from: date | None = None
    received_to: date | None = None
    agency: Text = ""
    exact_tones: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSearch:
    """The name of a kept search."""

    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSearchView:
    """A kept search; ``asked`` stands behind ``/search?`` of the desk."""

    name: str
    asked: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnconfirmedView:
    """A document that waits; ``free``: this account may confirm it now.

    ``first_checked``: one person has confirmed it and the procedure demands another one.
    """

    document: str
    dossier: str
    procedure: str | None
    type: str
    opened_at: datetime
    free: bool
    first_checked: bool


@get("/kept-searches", opt=_SEARCH, sync_to_thread=True)
def kept_searches(request: DeskRequest, desk: NamedDependency[DeskServices]) -> list[KeptSearchView]:
    """Lists the searches that the own account keeps."""
    with desk.records.transaction() as work:
        found = work.saved_searches.of_owner(identity_of(request).account.account_id)
    return [_kept(each) for each in found]


@post("/kept-searches", opt=_SEARCH, sync_to_thread=True, status_code=201)
def keep_search(
    request: DeskRequest,
    data: JSONBody[SearchToKeep],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[KeptSearchView]:
    """Keeps a search for the own account, in the place of one of the same name."""
    identity = identity_of(request)
    name, asked = " ".join(data.name.split()), _question(data).address()
    if not name or not asked:
        raise InputError(InputCode.BAD_QUERY, "a kept search needs a name and something asked")

    def act() -> KeptSearchView:
        owner = identity.account.account_id
        search = SavedSearch(owner=owner, name=name, asked=asked, saved_at=desk.clock())
        with desk.records.transaction() as work:
            work.saved_searches.put(search)
        return _kept(search)

    return answer_once(desk, identity, idempotency_key, ["keep", data], act)


@post("/kept-searches/forget", opt=_SEARCH, sync_to_thread=True, status_code=204)
def forget_search(
    request: DeskRequest, data: JSONBody[NamedSearch], desk: NamedDependency[DeskServices]
) -> None:
    """Forgets a kept search of the own account; one that is gone is no error."""
    with desk.records.transaction() as work:
        work.saved_searches.erase(identity_of(request).account.account_id, data.name)


@get("/documents/{document_id:str}/similar", opt=_SEARCH, sync_to_thread=True)
def similar_documents(
    request: DeskRequest, document_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> list[HitView]:
    """Lists documents of the own branches with a type and many words in common, the likest first."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        document = work.documents.get(document_id)
    return [hit_view(each) for each in similar_to(desk.records, document, identity.within)]


@get("/review-queue", opt={"permission": Permission.REVIEW}, sync_to_thread=True)
def review_queue(
    request: DeskRequest,
    desk: NamedDependency[DeskServices],
    document_type: Annotated[str, QueryParameter(name="type", max_length=100)] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = MOST,
) -> list[UnconfirmedView]:
    """Lists documents of the own branch that wait to be confirmed, of 30 days, the oldest first."""
    account = identity_of(request).account
    return [
        UnconfirmedView(
            document=each.document.document_id,
            dossier=each.dossier_code,
            procedure=each.procedure_code,
            type=each.document.type_id,
            opened_at=each.opened_at,
            free=desk.review_desk.is_free(each, account.account_id),
            first_checked=each.draft is not None and bool(each.draft.first_check),
        )
        for each in desk.review_desk.queue(account.branch, document_type, limit)
    ]


def _question(kept: SearchToKeep) -> Question:
    return Question(
        q=kept.words.strip(),
        type_id=kept.type,
        first=kept.received_from.isoformat() if kept.received_from else "",
        last=kept.received_to.isoformat() if kept.received_to else "",
        agency=kept.agency,
        tones=kept.exact_tones,
    )


def _kept(search: SavedSearch) -> KeptSearchView:
    return KeptSearchView(name=search.name, asked=search.asked, saved_at=search.saved_at)
