"""Cases: where they stand, what is done to them, their forms, the register of a receiving point."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from dossiers.case_desk import Doing
from dossiers.case_moves import Action
from dossiers.case_order import CaseOrder
from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import InputCode, InputError
from dossiers.form_template import FormId
from dossiers.permissions import Permission
from reception.api.case_views import CaseView, FormView, MovedView, case_view, form_view
from reception.api.dossier_routes import find_dossier
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.cases.printed import pdf_answer, printed_pdf
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_READ: Final = {"permission": Permission.DOSSIER_READ}
_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}
_PDF: Final = {"answers": "application/pdf"}
Text = Annotated[str, msgspec.Meta(max_length=500)]


class Printable(StrEnum):
    """Forms about a case as it is: the control slip with every step, the label for the post."""

    CONTROL_SLIP = "control_slip"
    POSTAL_LABEL = "postal_label"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMove:
    """What is done.

    ``reason`` (Vietnamese, printed) is needed to refuse, to put off and to stop; ``items`` for a request for
    papers; ``new_day`` to put off. ``seen``: version of the case that was looked at; where it was changed
    since: 409.
    """

    action: Action
    reason: Text = ""
    items: Annotated[list[Text], msgspec.Meta(max_length=50)] = field(default_factory=list)
    new_day: date | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUndo:
    """Why (Vietnamese), and the version of the case that was looked at."""

    reason: Text = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForm:
    """Which form."""

    form: Printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the person declares beside what confirmed papers say, by the names of the office's template."""

    facts: dict[Text, Text] = field(default_factory=dict)


@get("/dossiers/{code:str}/case", opt=_READ, sync_to_thread=True)
def case(code: FromPath[str], desk: NamedDependency[DeskServices]) -> CaseView:
    """Tells where a dossier stands: state, term, steps, what may be done now. 409 NO_CASE without a case."""
    return case_view(desk.cases.standing(_dossier_id(desk, code)))


@post("/dossiers/{code:str}/moves", opt=_WRITE, sync_to_thread=True, status_code=201)
def move_case(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewMove],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[MovedView]:
    """Does something to a case and prints the form that goes out; a dossier is taken in by its receipt."""
    identity, dossier_id = identity_of(request), _dossier_id(desk, code)
    doing = Doing(by=identity.account.name, reason=data.reason, seen=data.seen)
    order = CaseOrder(action=data.action, doing=doing, items=tuple(data.items), new_day=data.new_day)

    def act() -> MovedView:
        form = desk.cases.carry_out(dossier_id, order)
        return MovedView(
            case=case_view(desk.cases.standing(dossier_id)), form=form_view(form) if form else None
        )

    return answer_once(desk, identity, idempotency_key, ["move", dossier_id, data], act)


@post("/dossiers/{code:str}/moves/undo", opt=_WRITE, sync_to_thread=True, status_code=201)
def undo_move(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewUndo],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[CaseView]:
    """Takes back what was done last, on the same day; the steps stay, one more says so.

    A receipt that was given and a result that was returned are not taken back.
    """
    identity, dossier_id = identity_of(request), _dossier_id(desk, code)
    doing = Doing(by=identity.account.name, reason=data.reason, seen=data.seen)

    def act() -> CaseView:
        desk.cases.take_back(dossier_id, doing)
        return case_view(desk.cases.standing(dossier_id))

    return answer_once(desk, identity, idempotency_key, ["undo-move", dossier_id, data], act)


@post("/dossiers/{code:str}/forms", opt=_WRITE, sync_to_thread=True, status_code=201)
def print_form(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[NewForm],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[FormView]:
    """Prints a form about a case as it is; that it was printed is noted."""
    identity, dossier_id = identity_of(request), _dossier_id(desk, code)
    form = FormId(data.form.value)
    return answer_once(
        desk,
        identity,
        idempotency_key,
        ["form", dossier_id, data],
        lambda: form_view(desk.cases.print_form(dossier_id, form)),
    )


@post("/dossiers/{code:str}/declaration", opt=_WRITE, sync_to_thread=True, status_code=201)
def print_declaration(
    request: DeskRequest,
    code: FromPath[str],
    data: JSONBody[Declared],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[FormView]:
    """Prints the declaration of the procedure from confirmed papers; 409 NO_DECLARATION: no template."""
    identity, dossier_id = identity_of(request), _dossier_id(desk, code)
    return answer_once(
        desk,
        identity,
        idempotency_key,
        ["declaration", dossier_id, data],
        lambda: form_view(desk.cases.print_declaration(dossier_id, data.facts)),
    )


@get("/dossiers/{code:str}/forms/{key:str}", opt={**_READ, **_PDF}, sync_to_thread=True)
def printed_form(
    code: FromPath[str], key: FromPath[str], desk: NamedDependency[DeskServices]
) -> Response[bytes]:
    """Takes a form that was printed about a dossier, a PDF."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    return printed_pdf(desk, found, key)


@get("/register", opt={**_READ, **_PDF}, sync_to_thread=True)
def register(
    request: DeskRequest,
    first: FromQuery[date],
    last: FromQuery[date],
    desk: NamedDependency[DeskServices],
    point: FromQuery[str] = "",
) -> Response[bytes]:
    """Prints the register of a receiving point, the own one or one below it, for days of one year."""
    identity = identity_of(request)
    asked = str(AgencyCode.parse(point)) if point else identity.account.branch
    if not identity.sees_branch([asked]):
        raise InputError(InputCode.BAD_AGENCY_CODE, "not a branch of this account")
    return pdf_answer(desk.cases.print_register(asked, first, last), f"so-theo-doi-{first}-{last}")


def _dossier_id(desk: DeskServices, code: str) -> str:
    with desk.records.transaction() as work:
        return find_dossier(work, code).dossier_id
