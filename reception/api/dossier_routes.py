"""Dossiers: opened, looked at, taken in, ended with results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from dossiers.case import Channel, IdentifierKind, Parties, Party, Places
from dossiers.case_desk import CaseOpening
from dossiers.codes.dossier_code import DossierCode
from dossiers.codes.identifier import identifier_of
from dossiers.codes.result_code import ResultCode
from dossiers.dossier import Dossier
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.identity import Identity
from dossiers.permissions import Permission
from dossiers.ports import UnitOfWork
from dossiers.result_desk import NewResult
from reception.api.once import IdempotencyKey, answer_once, kept_key_of
from reception.api.views import DossierView, ResultView, SlotView, dossier_view, result_view, slot_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.intake import receipt
from reception.services import DeskServices

_READ: Final = {"permission": Permission.DOSSIER_READ}
_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}
_RESULT: Final = {"permission": Permission.RESULT_WRITE}
Text = Annotated[str, msgspec.Meta(max_length=500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDossier:
    """What a dossier is opened with.

    ``receiving_point`` is the account's own branch where it is not said, ``competent_agency`` the receiving
    point, ``support_point`` who helped to submit it. ``channel`` is ``direct``, ``post`` or ``online``.
    ``owner_kind`` says what ``owner_number`` is: a personal number, a passport, a tax or enterprise code.
    The bearer brings the papers for the owner; ``authorisation`` says by what right.
    """

    procedure: Text
    owner_name: Text
    owner_number: Text = ""
    owner_kind: IdentifierKind = IdentifierKind.PERSONAL_NUMBER
    owner_address: Text = ""
    owner_phone: Text = ""
    bearer_name: Text = ""
    bearer_number: Text = ""
    authorisation: Text = ""
    support_point: Text = ""
    variant: Text | None = None
    channel: Channel = Channel.ONLINE
    receiving_point: Text = ""
    competent_agency: Text = ""
    title: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIssuedResult:
    """What a result is recorded with; ``document`` is the id of the document that holds it."""

    name: Text
    issued_on: date
    type: Text = ""
    document: Text | None = None
    national_code: Text = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedResult:
    """Which result is revoked, why (in Vietnamese, as the decision says), and what stands in its place."""

    code: Text
    reason: Text
    replaced_by: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the pages of a dossier are: how many are in each state, and tasks that are not finished."""

    state: str
    pages: dict[str, int]
    open_tasks: int


@post("/dossiers", opt=_WRITE, sync_to_thread=True, status_code=201)
def open_dossier(
    request: DeskRequest,
    data: JSONBody[NewDossier],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[DossierView]:
    """Opens a dossier with its case and checklist, under a code of its own."""
    identity = identity_of(request)
    opening = _opening(identity, idempotency_key, data)

    def act() -> DossierView:
        dossier = desk.counter_desk.open(opening, identity.account.name)
        with desk.records.transaction() as work:
            return _view(work, dossier)

    return answer_once(desk, identity, idempotency_key, ["open", data], act)


@get("/dossiers/{code:str}", opt=_READ, sync_to_thread=True)
def dossier(code: FromPath[str], desk: NamedDependency[DeskServices]) -> DossierView:
    """Tells a dossier: its checklist, its files, how far it is."""
    with desk.records.transaction() as work:
        return _view(work, find_dossier(work, code))


@get("/dossiers/{code:str}/slots", opt=_READ, sync_to_thread=True)
def slots(code: FromPath[str], desk: NamedDependency[DeskServices]) -> list[SlotView]:
    """Tells the checklist of a dossier, and which document fills what."""
    with desk.records.transaction() as work:
        return [slot_view(each) for each in work.dossiers.slots(find_dossier(work, code).dossier_id)]


@get("/dossiers/{code:str}/progress", opt=_READ, sync_to_thread=True)
def progress(code: FromPath[str], desk: NamedDependency[DeskServices]) -> Progress:
    """Tells how far the pages of a dossier are."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
        states = [each.state.value for each in work.pages.of_dossier(found.dossier_id)]
        return Progress(
            state=found.state.value,
            pages={state: states.count(state) for state in sorted(set(states))},
            open_tasks=work.tasks.open_count(found.dossier_id),
        )


@post(
    "/dossiers/{code:str}/receipt",
    opt={**_WRITE, "answers": "application/pdf"},
    sync_to_thread=True,
    status_code=200,
)
def take_in(
    request: DeskRequest,
    code: FromPath[str],
    desk: NamedDependency[DeskServices],
    incomplete: FromQuery[bool] = False,
) -> Response[bytes]:
    """Takes a dossier in, starts its term, and answers with the receipt as PDF; again, it prints it anew.

    The ticket with which it was handed in ends.
    """
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    account = identity_of(request).account
    key = receipt.take_in(desk, found, account.name, account.branch, incomplete=incomplete)
    headers = {"Content-Disposition": f'attachment; filename="{found.code}.pdf"'}
    return Response(desk.derivatives.get(key), media_type="application/pdf", headers=headers)


@get("/dossiers/{code:str}/results", opt=_READ, sync_to_thread=True)
def results(code: FromPath[str], desk: NamedDependency[DeskServices]) -> list[ResultView]:
    """Lists the results of a dossier, revoked ones too."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
        return [result_view(each) for each in work.results.of_dossier(found.dossier_id)]


@post("/dossiers/{code:str}/results", opt=_RESULT, sync_to_thread=True, status_code=201)
def record_result(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewIssuedResult],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[ResultView]:
    """Records a result under the next number of its dossier."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    new = NewResult(
        name=data.name,
        issued_on=data.issued_on,
        type_id=data.type,
        document_id=data.document,
        national_code=data.national_code,
        valid_until=data.valid_until,
    )

    def act() -> ResultView:
        return result_view(desk.results.record(found.dossier_id, new, identity.account.name))

    return answer_once(desk, identity, idempotency_key, ["result", found.code, data], act)


@post("/results/revoke", opt=_RESULT, sync_to_thread=True, status_code=200)
def revoke_result(
    request: DeskRequest, data: JSONBody[RevokedResult], desk: NamedDependency[DeskServices]
) -> ResultView:
    """Revokes a result from now on; nothing is reused from it any more. Cannot be undone."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        for each in filter(None, (data.code, data.replaced_by)):
            identity.dossier(work, find_dossier(work, str(ResultCode.parse(each).dossier)).dossier_id)
    if not data.reason.strip():
        raise InputError(InputCode.BAD_VALUE, "a reason is needed")
    revoked = desk.results.revoke(
        data.code, by=identity.account.name, reason=data.reason, replaced_by=data.replaced_by
    )
    return result_view(revoked)


def find_dossier(work: UnitOfWork, code: str) -> Dossier:
    """The dossier with a code; the guard has asked whether it may be seen. ``NOT_FOUND`` without one."""
    found = work.dossiers.by_code(str(DossierCode.parse(code)))
    if found is None:
        raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such dossier")
    return found


def _view(work: UnitOfWork, found: Dossier) -> DossierView:
    return dossier_view(
        found,
        list(work.dossiers.slots(found.dossier_id)),
        list(work.dossiers.files(found.dossier_id)),
        work.tasks.open_count(found.dossier_id),
    )


def _opening(identity: Identity, key: str, new: NewDossier) -> CaseOpening:
    point = new.receiving_point or identity.account.branch
    if not identity.works_for(point):
        raise InputError(InputCode.BAD_AGENCY_CODE, "not a branch of this account")
    return CaseOpening(
        # The same key opens the same dossier even where the kept answer was lost.
        intake_key=hashlib.sha256(f"api\x1f{kept_key_of(identity, key)}".encode()).hexdigest(),
        procedure=new.procedure,
        variant=new.variant,
        channel=new.channel,
        places=Places(
            receiving_point=point,
            competent_agency=new.competent_agency or point,
            support_point=new.support_point,
        ),
        parties=_parties(new),
        title=new.title,
    )


def _parties(new: NewDossier) -> Parties:
    owner = Party(
        name=new.owner_name.strip() or "-",
        kind=new.owner_kind,
        identifier=identifier_of(new.owner_kind, new.owner_number),
        address=new.owner_address.strip(),
        phone=new.owner_phone.strip(),
    )
    if not new.bearer_name.strip():
        return Parties(owner=owner)
    number = identifier_of(IdentifierKind.PERSONAL_NUMBER, new.bearer_number)
    bearer = Party(name=new.bearer_name.strip(), identifier=number)
    return Parties(owner=owner, bearer=bearer, authorisation=new.authorisation.strip())
