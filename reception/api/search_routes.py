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
from reception.api.views import HitView, hit_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

Text = Annotated[str, msgspec.Meta(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Conditions that all must hold; at least one is given. ``exact_tones``: tone for tone."""

    procedure: Text | None = None
    dossier: Text | None = None
    citizen: Text | None = None
    person: Text | None = None
    type: Text | None = None
    received_from: date | None = None
    received_to: date | None = None
    words: Text | None = None
    exact_tones: bool = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


@post("/search", opt={"permission": Permission.SEARCH}, sync_to_thread=True, status_code=200)
def search(
    request: DeskRequest, data: JSONBody[Search], desk: NamedDependency[DeskServices]
) -> list[HitView]:
    """Finds documents in the branches of who asks, newest dossier first."""
    identity = identity_of(request)
    hits = desk.retrieval.find(_query(desk, data))
    return [hit_view(each) for each in _visible(desk, identity, hits)]


def _query(desk: DeskServices, asked: Search) -> Query:
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
        limit=asked.limit,
    )


def _visible(desk: DeskServices, identity: Identity, hits: tuple[Hit, ...]) -> list[Hit]:
    with desk.records.transaction() as work:
        own = {
            each: identity.sees(work, work.dossiers.get(each))
            for each in dict.fromkeys(hit.dossier_id for hit in hits)
        }
    return [each for each in hits if own[each.dossier_id]]
