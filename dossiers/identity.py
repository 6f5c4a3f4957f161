"""Who is asking: an account by its session or by a program's token, and which branches it sees.

Rule: a dossier is seen by who belongs to its receiving point, its competent agency or its support point, to
an agency above one of them, or to one that took over from those; everybody else is told that there is no such
dossier (S2). What is found and what is opened follow the same agencies: ``Identity.within``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dossiers.accounts import Account
from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.dossier_code import DossierCode
from dossiers.dossier import Dossier
from dossiers.errors import AccessDenied, InputError, RecordError
from dossiers.permissions import Permission
from dossiers.ports import UnitOfWork

#: Tells the agencies whose dossiers came to an agency by a day.
Inherited = Callable[[str, date], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who is asking.

    Attributes:
        account: the account, as it is now.
        permissions: what this request may do: of the account, for a token only those in its scopes too.
        key: hash of the session or token: tells requests of one sign-in from others.
        is_program: whether it came by a token; a program never confirms a password again.
        confirmed_at: when the person last gave the password, UTC.
        inherited: agencies whose dossiers came to the own one, or to one below it.
    """

    account: Account
    permissions: frozenset[Permission]
    key: str
    is_program: bool
    confirmed_at: datetime
    inherited: tuple[str, ...] = ()

    @property
    def within(self) -> tuple[str, ...]:
        """The agencies whose dossiers are seen, with all below them; none for every agency."""
        if Permission.ALL_BRANCHES in self.permissions:
            return ()
        return (self.account.branch, *self.inherited)

    def require(self, permission: Permission) -> None:
        """Raises ``AccessDenied`` NOT_ALLOWED where the permission is missing."""
        if permission not in self.permissions:
            raise not_allowed(permission)

    def sees_branch(self, codes: Collection[str]) -> bool:
        """Whether one of these agencies is the own one, came to it, or is below."""
        return is_within(self.within, codes)

    def works_for(self, code: str) -> bool:
        """Whether something new may begin at this agency: the own one or below it, none that gave way."""
        return Permission.ALL_BRANCHES in self.permissions or is_below(self.account.branch, (code,))

    def sees(self, work: UnitOfWork, dossier: Dossier) -> bool:
        """Whether the dossier is in the branches of who asks."""
        return self.sees_branch(branches_of(work, dossier))

    def dossier(self, work: UnitOfWork, dossier_id: str) -> Dossier:
        """Returns the dossier.

        Raises:
            RecordError: ``NOT_FOUND``, there is none, or it is another branch's: the answers are the same.
        """
        dossier = work.dossiers.get(dossier_id)
        if not self.sees(work, dossier):
            raise RecordError(
                "NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en=f"there is no dossier {dossier_id}"
            )
        return dossier


def branches_of(work: UnitOfWork, dossier: Dossier) -> tuple[str, ...]:
    """The agencies that a dossier belongs to: who received, who decides, who supported."""
    received = str(DossierCode.parse(dossier.code).agency)
    case = work.cases.find(dossier.dossier_id)
    if case is None:
        return (received,)
    places = case.places
    return tuple({received, places.receiving_point, places.competent_agency, places.support_point} - {""})


def not_allowed(permission: Permission) -> AccessDenied:
    """Who asks may not do this."""
    return AccessDenied(
        "NOT_ALLOWED",
        vi="Tài khoản của bạn không có quyền làm việc này; hãy liên hệ quản trị viên.",
        en=f"this account may not do this: {permission.value} is needed",
    )


def not_signed_in() -> AccessDenied:
    """Nobody is signed in, or no longer."""
    return AccessDenied(
        "NOT_SIGNED_IN",
        vi="Bạn chưa đăng nhập hoặc phiên làm việc đã hết hạn; hãy đăng nhập lại.",
        en="nobody is signed in, or the session is over",
    )


def is_below(branch: str, codes: Iterable[str]) -> bool:
    """Whether one of these agencies is the branch or below it."""
    own = AgencyCode.parse(branch)
    return any(_covers(own, code) for code in codes)


def is_within(within: Sequence[str], codes: Collection[str]) -> bool:
    """Whether one of these codes is one of the agencies or below it; always for no agencies."""
    return not within or any(is_below(own, codes) for own in within)


def nothing_inherited(_code: str, _day: date) -> tuple[str, ...]:
    """No agency ever gave way to another."""
    return ()


def _covers(own: AgencyCode, code: str) -> bool:
    try:
        return AgencyCode.parse(code).is_within(own)
    except InputError:
        return False
