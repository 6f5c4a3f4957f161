"""What every route asks before it answers: is somebody signed in, may they do this, is it their branch's.

Rules: a route says what it needs, ``opt={"permission": …}``, or that anybody may ask,
``opt={"public": True}``; otherwise somebody signed in. Objects named in a path are looked up here, for all
routes alike, so that no screen can forget to ask (S1, S2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler

from dossiers.codes.dossier_code import DossierCode
from dossiers.dossier import Dossier
from dossiers.errors import InputError, RecordError
from dossiers.identity import Identity, not_allowed
from dossiers.permissions import Permission
from dossiers.ports import RecordStore, UnitOfWork
from reception.auth.door import identity_of
from reception.frame.person import Connection, person_of
from reception.services import DeskServices


def require_person(connection: Connection, handler: BaseRouteHandler) -> None:
    """Refuses whoever is not signed in, or may not do this.

    Raises:
        NotAuthorizedException: nobody is signed in.
        AccessDenied: NOT_ALLOWED.
    """
    if handler.opt.get("public"):
        return
    person = person_of(connection)
    if person is None:
        raise NotAuthorizedException
    needed = handler.opt.get("permission", "")
    if not person.may(needed):
        raise not_allowed(Permission(needed))


async def require_branch(connection: Connection, handler: BaseRouteHandler) -> None:
    """Refuses objects of other branches as if they were not there.

    Raises:
        RecordError: ``NOT_FOUND``.
    """
    named = {name: str(value) for name, value in connection.path_params.items() if name in _OWNERS}
    if not named or handler.opt.get("public"):
        return
    desk: DeskServices = connection.app.state.desk
    await sync_to_thread(_look, desk.records, identity_of(connection), named)


def _look(records: RecordStore, identity: Identity, named: Mapping[str, Any]) -> None:
    with records.transaction() as work:
        for name, value in named.items():
            if not identity.sees(work, _OWNERS[name](work, value)):
                raise _not_found()


def _by_code(work: UnitOfWork, text: str) -> Dossier:
    try:
        found = work.dossiers.by_code(str(DossierCode.parse(text)))
    except InputError:
        found = None
    if found is None:
        raise _not_found()
    return found


def _of_page(work: UnitOfWork, page_id: str) -> Dossier:
    return work.dossiers.get(work.pages.get(page_id).dossier_id)


def _of_document(work: UnitOfWork, document_id: str) -> Dossier:
    return work.dossiers.get(work.documents.get(document_id).dossier_id)


#: Names of parameters in paths, and the dossier that each belongs to.
_OWNERS: Final[Mapping[str, Callable[[UnitOfWork, str], Dossier]]] = MappingProxyType(
    {
        "dossier_id": lambda work, value: work.dossiers.get(value),
        "code": _by_code,
        "page_id": _of_page,
        "document_id": _of_document,
    }
)


def _not_found() -> RecordError:
    return RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such record")
