"""The stores of people (Kho): what is on file, consent, people joined and parted. Numbers stand in bodies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.citizens import HolderNumber
from dossiers.confirmed import ConfirmedFact
from dossiers.consent import ConsentBy, Purpose
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.permissions import Permission
from dossiers.reuse_case import HeldPaper
from reception.api.dossier_routes import find_dossier
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.intake.consent import note_consent as note_consent_of
from reception.services import DeskServices

_READ: Final = {"permission": Permission.VAULT_READ}
_WRITE: Final = {"permission": Permission.VAULT_WRITE}
_CLERK: Final = {"permission": Permission.DOSSIER_WRITE}
Text = Annotated[str, msgspec.Meta(max_length=200)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose store; ``citizen`` is a personal number, passport or tax code."""

    citizen: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """A confirmed value; ``value`` is null where a person confirmed that there is none."""

    field: str
    value: str | None
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A paper on file; ``result`` is the code of the result that it is, empty where it is none."""

    paper_id: str
    type: str
    dossier: str
    result: str
    issued_on: date | None
    expires_on: date | None
    copy_kind: str
    confirmed_at: datetime
    revoked: bool
    values: list[ValueView]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreView:
    """A store: kinds and last signs of the numbers, what the person agrees to, papers."""

    numbers: list[str]
    consents: list[Purpose]
    papers: list[PaperView]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """``given`` is false for a withdrawal; ``by``: the person, or who represents the person."""

    purposes: Annotated[list[Purpose], msgspec.Meta(min_length=1)]
    given: bool = True
    by: ConsentBy = ConsentBy.SELF


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsentOf(NewConsent):
    """The same with the number of whose it is."""

    citizen: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsView:
    """What the person agrees to now."""

    consents: list[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMerge:
    """Two numbers of one person; what the ``other`` one has goes to ``citizen``."""

    citizen: Text
    other: Text
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """``act`` undoes it; empty where the two were one already."""

    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSplit:
    """Either ``act``, a merge to be undone, or ``papers`` that belong ``to`` another person."""

    citizen: Text
    act: Text = ""
    papers: Annotated[list[Text], msgspec.Meta(max_length=200)] = field(default_factory=list)
    to: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitView:
    """How many numbers and papers moved."""

    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevocation:
    """A paper that proves nothing any more, and why; it cannot be undone."""

    paper_id: Text
    reason: Reason


@post("/vault/papers", opt=_READ, sync_to_thread=True, status_code=200)
def show_store(request: DeskRequest, data: JSONBody[Whose], desk: NamedDependency[DeskServices]) -> StoreView:
    """Shows what is on file of a person, across branches; the look is noted. None without consent to keep."""
    view = desk.vault.show(HolderNumber.parse(data.citizen), identity_of(request).account.name)
    return StoreView(
        numbers=[f"{each.kind.value} …{each.tail}" for each in view.numbers],
        consents=sorted(view.consents),
        papers=[_paper(each, view.facts.get(each.paper.paper_id, ())) for each in view.papers],
    )


@post("/vault/consents", opt=_WRITE, sync_to_thread=True, status_code=201)
def note_consent(
    request: DeskRequest,
    data: JSONBody[NewConsentOf],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[ConsentsView]:
    """Notes what a person agrees to, or does not any more, from this moment."""
    identity = identity_of(request)
    number = HolderNumber.parse(data.citizen)

    def act() -> ConsentsView:
        clerk = identity.account.name
        counting = desk.vault.consent(number, data.purposes, clerk, is_given=data.given, by=data.by)
        return ConsentsView(consents=sorted(counting))

    return answer_once(desk, identity, idempotency_key, ["consent", data], act)


@post("/dossiers/{code:str}/consents", opt=_CLERK, sync_to_thread=True, status_code=201)
def note_owner_consent(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewConsent],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[ConsentsView]:
    """The same for the owner of a dossier, by whoever works on it.

    Papers taken from the store are let go where consent is withdrawn before the receipt.
    """
    identity = identity_of(request)
    with desk.records.transaction() as work:
        found = find_dossier(work, code)

    def act() -> ConsentsView:
        counting = note_consent_of(
            desk, found, data.purposes, identity.account.name, is_given=data.given, by=data.by
        )
        return ConsentsView(consents=sorted(counting))

    return answer_once(desk, identity, idempotency_key, ["consent", found.code, data], act)


@post("/vault/merges", opt=_WRITE, sync_to_thread=True, status_code=201)
def merge_stores(
    request: DeskRequest,
    data: JSONBody[NewMerge],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[MergeView]:
    """Joins two numbers of one person; consent is not carried over. A split undoes it."""
    identity = identity_of(request)
    number, other = HolderNumber.parse(data.citizen), HolderNumber.parse(data.other)

    def act() -> MergeView:
        return MergeView(act=desk.vault.merge(number, other, identity.account.name, data.reason))

    return answer_once(desk, identity, idempotency_key, ["merge", data], act)


@post("/vault/splits", opt=_WRITE, sync_to_thread=True, status_code=201)
def split_store(
    request: DeskRequest,
    data: JSONBody[NewSplit],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[SplitView]:
    """Undoes a merge, or gives papers to the person whose they are."""
    identity = identity_of(request)
    by, number = identity.account.name, HolderNumber.parse(data.citizen)
    if bool(data.act) == bool(data.papers) or bool(data.papers) != bool(data.to):
        raise InputError(InputCode.BAD_VALUE, "give act, or papers with to")
    to = HolderNumber.parse(data.to) if data.to else number

    def act() -> SplitView:
        if data.act:
            return SplitView(moved=desk.vault.undo(number, data.act, by))
        desk.vault.split(number, data.papers, to, by)
        return SplitView(moved=len(data.papers))

    return answer_once(desk, identity, idempotency_key, ["split", data], act)


@post("/vault/revocations", opt=_WRITE, sync_to_thread=True, status_code=200)
def revoke_paper(
    request: DeskRequest, data: JSONBody[NewRevocation], desk: NamedDependency[DeskServices]
) -> PaperView:
    """Marks a paper of the own branches as revoked; nothing is reused from it any more."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        paper = work.papers.find(data.paper_id)
        if paper is None:
            raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such paper")
        identity.dossier(work, paper.dossier_id)
    revoked = desk.vault.revoke(data.paper_id, identity.account.name, data.reason)
    return _paper(HeldPaper(paper=revoked), ())


def _paper(held: HeldPaper, facts: tuple[ConfirmedFact, ...]) -> PaperView:
    paper = held.paper
    return PaperView(
        paper_id=paper.paper_id,
        type=paper.type_id,
        dossier=paper.dossier_code,
        result=held.result_code,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        copy_kind=paper.copy_kind.value,
        confirmed_at=paper.confirmed_at,
        revoked=bool(paper.revoked_at or held.result_revoked_at),
        values=[ValueView(field=each.name, value=each.value, corrected=each.is_corrected) for each in facts],
    )
