"""Lists of procedures: offered, compared, kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter, RawBody

from dossiers.catalogue_import import MAX_BYTES, key_text
from dossiers.permissions import Permission
from dossiers.steward import Steward
from reception.admin.file_routes import office_steward
from reception.admin.ports import OfferedList
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_WRITE: Final = {"permission": Permission.CATALOGUE_WRITE}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListNote:
    """A list that was kept: where it came from."""

    name: str
    sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """What keeping a list would change, or did; ``token`` names it for a day."""

    token: str
    good: bool
    added: list[str]
    changed: list[str]
    ended: list[str]
    same: int
    problems: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListToKeep:
    """The token of a list that was offered, and the name of its file."""

    token: Annotated[str, msgspec.Meta(max_length=100)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


@get("/catalogue/lists", opt=_WRITE, sync_to_thread=True)
def imported_lists(desk: NamedDependency[DeskServices]) -> list[ListNote]:
    """Lists what was imported, the newest first."""
    layers = desk.administration.layers()
    return [ListNote(name=each.file_name, sha256=each.sha256, by=each.by, at=each.at) for each in layers]


@post(
    "/catalogue/offers",
    opt={**_WRITE, "takes": "application/octet-stream"},
    sync_to_thread=True,
    status_code=200,
    request_max_body_size=MAX_BYTES,
)
def offer_list(
    request: DeskRequest,
    name: Annotated[FromQuery[str], QueryParameter(min_length=1, max_length=200)],
    body: RawBody,
    desk: NamedDependency[DeskServices],
) -> ListView:
    """Compares a list (CSV, XLSX or JSON as the body) with the catalogue, and changes nothing."""
    _steward(request, desk)
    return _view(desk.administration.offer(name, body))


@post("/catalogue/lists", opt=_WRITE, sync_to_thread=True, status_code=201)
def keep_list(
    request: DeskRequest,
    data: JSONBody[ListToKeep],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[ListView]:
    """Keeps a list that was offered, as it compares with the catalogue of now."""
    identity, steward = identity_of(request), _steward(request, desk)
    return answer_once(
        desk,
        identity,
        idempotency_key,
        ["list", data],
        lambda: _view(desk.administration.keep(data.token, data.name, steward.name)),
    )


def _steward(request: DeskRequest, desk: DeskServices) -> Steward:
    """Whoever may change what holds for the whole office."""
    return office_steward(request, desk, Permission.CATALOGUE_WRITE)


def _view(offered: OfferedList) -> ListView:
    plan = offered.plan
    return ListView(
        token=offered.token,
        good=plan.is_good,
        added=[key_text(each.key) for each in plan.added],
        changed=[key_text(each.after.key) for each in plan.changed],
        ended=[key_text(each.key) for each in plan.ended],
        same=plan.same,
        problems=[str(each) for each in (*plan.problems, *plan.contradictions)],
    )
