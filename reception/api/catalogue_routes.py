"""Procedures, and what of them a person need not bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from dossiers.citizens import HolderNumber
from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import InputCode, InputError
from dossiers.local_time import day_in_vietnam
from dossiers.permissions import Permission
from dossiers.reuse_outcome import Granted, Outcome
from reception.api.views import ProcedureView, procedure_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whose papers, for which procedure; ``citizen`` is a personal number, passport or tax code."""

    citizen: str
    procedure: str
    variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredSlot:
    """A paper of the checklist; ``granted`` where it need not be brought, until the day named."""

    key: str
    name: str
    granted: bool
    until: date | None
    why: str


@get("/procedures", opt={"permission": Permission.CATALOGUE_READ}, sync_to_thread=True)
def procedures(
    desk: NamedDependency[DeskServices],
    words: Annotated[str, QueryParameter(max_length=200)],
    limit: Annotated[int, QueryParameter(ge=1, le=_MOST)] = 20,
) -> list[ProcedureView]:
    """Finds procedures by code or words, with or without tone marks, the best first."""
    day = day_in_vietnam(desk.clock())
    return [procedure_view(each) for each in desk.catalogue.search(words, day)[:limit]]


@get("/procedures/{procedure:str}", opt={"permission": Permission.CATALOGUE_READ}, sync_to_thread=True)
def procedure(
    procedure: FromPath[str], desk: NamedDependency[DeskServices], variant: FromQuery[str | None] = None
) -> ProcedureView:
    """Tells a procedure as it is in force today."""
    day = day_in_vietnam(desk.clock())
    return procedure_view(desk.catalogue.get(procedure, day, AgencyCode.parse(desk.agency), variant))


@post("/checklist", opt={"permission": Permission.VAULT_READ}, sync_to_thread=True, status_code=200)
def checklist(
    request: DeskRequest, data: JSONBody[Question], desk: NamedDependency[DeskServices]
) -> list[AnsweredSlot]:
    """Says what a person need not bring; the look-up is noted. Numbers travel in the body, never in a URL."""
    identity = identity_of(request)
    if not data.citizen:
        raise InputError(InputCode.BAD_PERSONAL_NUMBER)
    answer = desk.reuse.explain(
        HolderNumber.parse(data.citizen),
        data.procedure,
        identity.account.branch,
        identity.account.name,
        variant=data.variant,
        is_asking=False,
    )
    return [
        AnsweredSlot(
            key=each.rule.key,
            name=each.rule.name,
            granted=each.is_granted,
            until=_until(each.outcome),
            why=each.outcome.why.vi,
        )
        for each in answer.slots
    ]


def _until(outcome: Outcome) -> date | None:
    return outcome.until if isinstance(outcome, Granted) else None
