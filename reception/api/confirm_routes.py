"""Documents confirmed: what they are and what they say, as a person looked at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.accounts import Account
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.errors import InputCode, InputError
from dossiers.permissions import Permission
from dossiers.review_desk import Outcome
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_REVIEW: Final = {"permission": Permission.REVIEW}
Name = Annotated[str, msgspec.Meta(max_length=100)]
Text = Annotated[str, msgspec.Meta(max_length=500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConfirmation:
    """What was seen: only what differs from the proposal. Empty texts keep what is proposed."""

    fields: dict[Name, Text] = field(default_factory=dict)
    type: Name = ""
    copy_kind: Literal["", "original", "ban_sao", "chung_thuc"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationView:
    """``first_check``: the procedure demands that another person confirms it too."""

    document: str
    outcome: Outcome


@post("/documents/{document_id:str}/confirmations", opt=_REVIEW, sync_to_thread=True)
def confirm_document(
    request: DeskRequest,
    document_id: FromPath[str],
    data: JSONBody[NewConfirmation],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[ConfirmationView]:
    """Confirms a document with the values given; refused while another person holds it."""
    identity = identity_of(request)
    if data.type and (data.type not in DOCUMENT_TYPES or data.type in (BLANK, UNKNOWN)):
        raise InputError(InputCode.BAD_VALUE, "no such type of document")
    account = identity.account

    def act() -> ConfirmationView:
        try:
            return _confirm(desk, document_id, account, data)
        except BaseException:
            desk.review_desk.release(document_id, account.account_id)
            raise

    return answer_once(desk, identity, idempotency_key, ["confirm", document_id, data], act)


def _confirm(
    desk: DeskServices, document_id: str, account: Account, said: NewConfirmation
) -> ConfirmationView:
    for name, text in said.fields.items():
        desk.review_desk.type(document_id, account.account_id, name, text)
    desk.review_desk.choose(document_id, account.account_id, said.type, said.copy_kind)
    outcome = desk.review_desk.confirm(document_id, account.account_id, account.name)
    return ConfirmationView(document=document_id, outcome=outcome)
