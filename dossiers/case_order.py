"""One thing to be done to a case, with all that it needs, and the form that goes out with it.

Rule: what a person is told on paper has a reason (the forms of Thông tư 01/2018/TT-VPCP have a line for it).
Taking a dossier in is no order: the receipt does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from dossiers.case import Case
from dossiers.case_desk import CaseDesk, Doing
from dossiers.case_moves import Action
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.form_template import FormId

#: What can be ordered; the receipt takes a dossier in.
ORDERS: Final = tuple(each for each in Action if each is not Action.ACCEPT)
#: The form that goes out with an order.
FORM_OF: Final[Mapping[Action, FormId]] = MappingProxyType(
    {
        Action.REQUEST_SUPPLEMENT: FormId.SUPPLEMENT_REQUEST,
        Action.REFUSE: FormId.REFUSAL,
        Action.REAPPOINT: FormId.APOLOGY,
        Action.STOP: FormId.STOP_NOTICE,
    }
)
#: Orders whose form states a reason.
NEEDS_REASON: Final = frozenset({Action.REFUSE, Action.REAPPOINT, Action.STOP})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOrder:
    """What is to be done.

    Attributes:
        action: one of ``ORDERS``.
        doing: who does it and why.
        items: papers that are asked for, in Vietnamese; for a request only.
        new_day: the new day of return; for a reappointment only.
    """

    action: Action
    doing: Doing
    items: tuple[str, ...] = ()
    new_day: date | None = None


def carry_out(desk: CaseDesk, dossier_id: str, order: CaseOrder) -> Case:
    """Does it.

    Raises:
        InputError: BAD_VALUE, a day is missing, or the order is none.
        RecordError: NO_REASON, the form needs one; as ``CaseDesk``.
        AgainstRule: as ``CaseDesk``.
    """
    doing = order.doing
    if order.action in NEEDS_REASON and not doing.reason.strip():
        raise RecordError("NO_REASON", vi="Phải ghi rõ lý do.", en="the reason is missing")
    match order.action:
        case Action.ACCEPT:
            raise InputError(InputCode.BAD_VALUE, "the receipt takes a dossier in")
        case Action.REQUEST_SUPPLEMENT:
            asked = tuple(each.strip() for each in order.items if each.strip())
            return desk.request_supplement(dossier_id, asked, doing)
        case Action.RECEIVE_SUPPLEMENT:
            return desk.receive_supplement(dossier_id, doing)
        case Action.REAPPOINT:
            if order.new_day is None:
                raise InputError(InputCode.BAD_VALUE, "the new day of return is missing")
            return desk.reappoint(dossier_id, order.new_day, doing)
        case _:
            return desk.move(dossier_id, order.action, doing)
