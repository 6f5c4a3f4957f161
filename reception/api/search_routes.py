"""Search: conditions in the body, so that neither names nor numbers stand in a URL or a proxy's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from dossiers.citizens import HolderNumber
from dossiers.codes.dossier_code import DossierCode
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.identity import Identity
from dossiers.permissions import Permission
from dossiers.search import Hit, Query
from reception.api.dossier_routes import find_dossier
from reception.api.views import HitView, hit_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

Text = Annotated[str, msgspec.Meta(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Conditions that all must hold; at least one is given. ``exact_tones``: tone for tone.

    ``after`` is the dossier of the last answer so far: the answers go on behind it.
    """

    procedure: Text | None = None
    dossier: Text | None = None
    citizen: Text | None = None
    person: Text | None = None
    type: Text | None = None
    received_from: date | None = None
    received_to: date | None = None
    words: Text | None = None
    exact_tones: bool = False
    after: Text | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


@post("/search", opt={"permission": Permission.SEARCH}, sync_to_thread=True, status_code=200)
def search(
    request: DeskRequest, data: JSONBody[Search], desk: NamedDependency[DeskServices]
) -> list[HitView]:
    """Finds documents in the branches of who asks, newest dossier first.

    Answers are not cut within a dossier, so there may be fewer than ``limit``; of a single dossier there are
    at most so many. Ask again with ``after`` until there is none.
    """
    identity = identity_of(request)
    hits = desk.retrieval.find(_query(desk, identity, data))
    return [hit_view(each) for each in _visible(desk, identity, whole_dossiers(hits, data.limit))]


def whole_dossiers(hits: tuple[Hit, ...], limit: int) -> tuple[Hit, ...]:
    """Leaves out the last dossier where it is not known to be whole; one alone is cut.

    Args:
        hits: at most ``limit + 1``, in order.
        limit: most answers.
    """
    if len(hits) <= limit:
        return hits
    last = hits[limit].dossier_id
    whole = tuple(each for each in hits if each.dossier_id != last)
    return whole or hits[:limit]


def _query(desk: DeskServices, identity: Identity, asked: Search) -> Query:
    procedure = str(ProcedureCode.parse(asked.procedure)) if asked.procedure else None
    return Query(
        procedure_codes=desk.retrieval.codes(procedure) if procedure else (),
        dossier_code=str(DossierCode.parse(asked.dossier)) if asked.dossier else None,
        citizen_number=HolderNumber.parse(asked.citizen).text if asked.citizen else None,
        person=asked.person,
        type_id=asked.type,
        received_from=asked.received_from,
        received_to=asked.received_to,
        words=asked.words,
        exact_tones=asked.exact_tones,
        within=identity.within,
        older_than=_place(desk, identity, asked.after) if asked.after else None,
        limit=asked.limit + 1,
    )


def _place(desk: DeskServices, identity: Identity, after: str) -> str:
    with desk.records.transaction() as work:
        return identity.dossier(work, find_dossier(work, after).dossier_id).dossier_id


def _visible(desk: DeskServices, identity: Identity, hits: tuple[Hit, ...]) -> list[Hit]:
    with desk.records.transaction() as work:
        own = {
            each: identity.sees(work, work.dossiers.get(each))
            for each in dict.fromkeys(hit.dossier_id for hit in hits)
        }
    return [each for each in hits if own[each.dossier_id]]
