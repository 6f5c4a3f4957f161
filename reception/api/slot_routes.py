"""The slots of a dossier: a document put into one, taken out, or left to the program again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from litestar import delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.permissions import Permission
from reception.api.dossier_routes import find_dossier
from reception.api.views import SlotView, slot_view
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The id of a document of the dossier; null: the slot stays empty."""

    document: Annotated[str, msgspec.Meta(max_length=100)] | None


@put("/dossiers/{code:str}/slots/{slot:str}", opt=_WRITE, sync_to_thread=True)
def pin_slot(
    request: DeskRequest,
    code: FromPath[str],
    slot: FromPath[str],
    data: JSONBody[Placed],
    desk: NamedDependency[DeskServices],
) -> list[SlotView]:
    """Puts a document into a slot, or takes it out; filing again keeps it. Told is the whole checklist."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    by = identity_of(request).account.name
    desk.arranging.put_into_slot(found.dossier_id, slot, data.document, by)
    return _slots(desk, found.dossier_id)


@delete("/dossiers/{code:str}/slots/{slot:str}/pin", opt=_WRITE, sync_to_thread=True, status_code=200)
def unpin_slot(
    code: FromPath[str], slot: FromPath[str], desk: NamedDependency[DeskServices]
) -> list[SlotView]:
    """Leaves a slot to the program again: it is filled by what the documents are."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
    desk.placing.release_slot(found.dossier_id, slot)
    return _slots(desk, found.dossier_id)


def _slots(desk: DeskServices, dossier_id: str) -> list[SlotView]:
    with desk.records.transaction() as work:
        return [slot_view(each) for each in work.dossiers.slots(dossier_id)]
