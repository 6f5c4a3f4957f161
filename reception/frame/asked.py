"""Who asks for which dossier: what every route of the intake screen looks up first."""

from __future__ import annotations

from typing import Final

from litestar import Request
from litestar.datastructures import State

from dossiers.codes.dossier_code import DossierCode
from dossiers.dossier import Dossier
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.identity import branches_of, is_within, not_allowed, not_signed_in
from dossiers.page import Page
from dossiers.permissions import Permission
from dossiers.ports import UnitOfWork
from reception.frame.person import Person, person_of
from reception.services import DeskServices

#: A request as handlers see it.
DeskRequest = Request[object, object, State]
#: What the routes of the screen need, those that change something and those that do not.
WRITE: Final = Permission.DOSSIER_WRITE


def clerk_of(request: DeskRequest, permission: Permission = WRITE) -> Person:
    """Who is at the counter.

    Raises:
        AccessDenied: NOT_SIGNED_IN; NOT_ALLOWED.
    """
    person = person_of(request)
    if person is None:
        raise not_signed_in()
    if not person.may(permission.value):
        raise not_allowed(permission)
    return person


def dossier_by_code(request: DeskRequest, desk: DeskServices, code: str) -> Dossier:
    """The dossier with a code as typed, if it is of a branch of who asks.

    Raises:
        InputError: BAD_DOSSIER_CODE; NOT_FOUND, there is none, or it is another branch's.
        AccessDenied: as ``clerk_of``.
    """
    person = clerk_of(request)
    normal = str(DossierCode.parse(code))
    with desk.records.transaction() as work:
        dossier = work.dossiers.by_code(normal)
        if dossier is None or not sees(person, branches_of(work, dossier)):
            raise InputError(InputCode.NOT_FOUND, normal)
    return dossier


def sees(person: Person, codes: tuple[str, ...]) -> bool:
    """Whether one of these agencies is the own one, came to it, or is below."""
    return is_within(person.within, codes)


def visible_page(request: DeskRequest, work: UnitOfWork, page_id: str) -> Page:
    """A page, if its dossier is of a branch of who asks.

    Raises:
        RecordError: NOT_FOUND, there is none, or it is another branch's: the answers are the same.
        AccessDenied: as ``clerk_of``.
    """
    person = clerk_of(request, Permission.DOSSIER_READ)
    page = work.pages.get(page_id)
    if not sees(person, branches_of(work, work.dossiers.get(page.dossier_id))):
        raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en=f"there is no page {page_id}")
    return page
