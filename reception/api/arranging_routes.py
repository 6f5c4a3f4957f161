"""Pages put right: which belong together, what they are, how they lie; the last act can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, Literal

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.arranging import Arranging
from dossiers.permissions import Permission
from reception.api.dossier_routes import find_dossier
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_WRITE: Final = {"permission": Permission.DOSSIER_WRITE}
Text = Annotated[str, msgspec.Meta(max_length=100)]


class Act(StrEnum):
    """What is done with a page."""

    SPLIT = "split"  # begins a document with it
    JOIN = "join"  # its document goes to the one before
    MOVE = "move"  # next to another page, into that one's document
    TURN = "turn"  # clockwise, on screens
    NAME = "name"  # says what its document is
    SET_ASIDE = "set_aside"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArrangement:
    """``degrees`` to turn; ``target`` and ``before`` to move; ``type`` of document to name."""

    act: Act
    degrees: Literal[90, 180, 270] = 90
    target: Text = ""
    before: bool = False
    type: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangedPage:
    """A page as it lies now, in the order of the dossier; ``turned`` clockwise, in degrees."""

    page_id: str
    number: int
    turned: int


@post("/dossiers/{code:str}/pages/{page_id:str}/arrangements", opt=_WRITE, sync_to_thread=True)
def arrange_page(
    request: DeskRequest,
    code: FromPath[str],
    page_id: FromPath[str],
    data: JSONBody[NewArrangement],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[list[ArrangedPage]]:
    """Puts a page right and tells the pages as they lie then; the dossier is filed anew."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        found = find_dossier(work, code)

    def act() -> list[ArrangedPage]:
        _act(desk.arranging, found.dossier_id, page_id, data, identity.account.name)
        return _lying(desk, found.dossier_id)

    return answer_once(desk, identity, idempotency_key, ["arrange", found.code, page_id, data], act)


@post("/dossiers/{code:str}/arrangements/undo", opt=_WRITE, sync_to_thread=True)
def undo_arrangement(
    request: DeskRequest,
    code: FromPath[str],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[list[ArrangedPage]]:
    """Undoes the last act that was not undone yet, a person's too."""
    identity = identity_of(request)
    with desk.records.transaction() as work:
        found = find_dossier(work, code)

    def act() -> list[ArrangedPage]:
        desk.arranging.undo(found.dossier_id, identity.account.name)
        return _lying(desk, found.dossier_id)

    return answer_once(desk, identity, idempotency_key, ["undo", found.code], act)


def _act(arranging: Arranging, dossier_id: str, page_id: str, new: NewArrangement, by: str) -> None:
    match new.act:
        case Act.SPLIT:
            arranging.split(dossier_id, page_id, by)
        case Act.JOIN:
            arranging.join(dossier_id, page_id, by)
        case Act.MOVE:
            arranging.move(dossier_id, page_id, new.target, by, is_before=new.before)
        case Act.TURN:
            arranging.turn(dossier_id, page_id, new.degrees, by)
        case Act.NAME:
            arranging.name(dossier_id, page_id, new.type, by)
        case Act.SET_ASIDE:
            arranging.set_aside(dossier_id, page_id, by)
        case Act.RESTORE:
            arranging.restore(dossier_id, page_id, by)


def _lying(desk: DeskServices, dossier_id: str) -> list[ArrangedPage]:
    with desk.records.transaction() as work:
        return [
            ArrangedPage(page_id=each.page_id, number=each.number, turned=each.turned)
            for each in work.pages.of_dossier(dossier_id)
        ]
