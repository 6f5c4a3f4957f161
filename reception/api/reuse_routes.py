"""What is on file for the slots of a dossier, and what is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.permissions import Permission
from dossiers.reuse_decision import ReuseDecision, Verdict
from dossiers.reuse_outcome import Granted, SlotOutcome
from reception.api.dossier_routes import find_dossier
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_READ: Final = {"permission": Permission.DOSSIER_READ}
_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}
Text = Annotated[str, msgspec.Meta(max_length=500)]


class Deciding(StrEnum):
    """``accept`` takes what is granted; ``overrule`` decides against the proposal, with a reason."""

    ACCEPT = "accept"
    OVERRULE = "overrule"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What is decided about which slot; ``reason`` is needed to overrule and not kept otherwise."""

    slot: Text
    decision: Deciding
    reason: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A slot of a dossier and what stands in for its paper.

    ``overrulable``: a paper on file was refused by a rule that lets a clerk take it nevertheless.
    """

    slot: str
    name: str
    granted: bool
    source: str | None
    until: date | None
    why: str
    overrulable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What was decided; ``origin``: code of the dossier or result, empty where the paper is asked for.

    It is empty too where a national database answered.
    """

    slot: str
    verdict: Verdict
    source: str | None
    origin: str
    type: str
    pages: int
    by: str
    reason: str
    at: datetime


@post("/dossiers/{code:str}/reuse", opt=_WRITE, sync_to_thread=True, status_code=200)
def proposals(
    request: DeskRequest, code: FromPath[str], desk: NamedDependency[DeskServices]
) -> list[ProposalView]:
    """Says for each slot what stands in for its paper today; the look-up is noted, nothing is decided.

    National databases are asked only when a slot is decided; until then theirs are not ``granted``.
    """
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    by = identity_of(request).account.name
    answer = desk.reuse.explain_dossier(found.dossier_id, by, is_asking=False)
    return [_proposal(each) for each in answer.slots]


@get("/dossiers/{code:str}/reuse-decisions", opt=_READ, sync_to_thread=True)
def reuse_decisions(code: FromPath[str], desk: NamedDependency[DeskServices]) -> list[DecisionView]:
    """Lists the decisions that count, at most one a slot."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
        return [_decision(each) for each in work.decisions.of_dossier(found.dossier_id)]


@post("/dossiers/{code:str}/reuse-decisions", opt=_WRITE, sync_to_thread=True, status_code=201)
def decide_reuse(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewDecision],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[DecisionView]:
    """Takes what is on file for a slot, or decides against the proposal; recorded, the latest counts."""
    identity = identity_of(request)
    by = identity.account.name
    with desk.records.transaction() as work:
        found = find_dossier(work, code)

    def act() -> DecisionView:
        if data.decision is Deciding.ACCEPT:
            return _decision(desk.reuse.accept(found.dossier_id, data.slot, by))
        return _decision(desk.reuse.overrule(found.dossier_id, data.slot, by, data.reason))

    return answer_once(desk, identity, idempotency_key, ["reuse", found.code, data], act)


def _proposal(slot: SlotOutcome) -> ProposalView:
    granted = slot.outcome if isinstance(slot.outcome, Granted) else None
    return ProposalView(
        slot=slot.rule.key,
        name=slot.rule.name,
        granted=granted is not None,
        source=granted.source.value if granted else None,
        until=granted.until if granted else None,
        why=slot.outcome.why.vi,
        overrulable=any(each.may_overrule and each.paper_id for each in slot.refusals),
    )


def _decision(decision: ReuseDecision) -> DecisionView:
    """The reference that a national database gave is left out, as in the log of events."""
    return DecisionView(
        slot=decision.slot_key,
        verdict=decision.verdict,
        source=decision.source.value if decision.source else None,
        origin=decision.origin if decision.paper_id else "",
        type=decision.type_id,
        pages=decision.page_count,
        by=decision.clerk,
        reason=decision.reason,
        at=decision.at,
    )
