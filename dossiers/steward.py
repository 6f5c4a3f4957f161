"""Who manages accounts and the data of the office, and how far that reaches.

Rules: an administrator changes what belongs to the own branch and those below it, whoever holds the right to
every branch changes all; an account beyond that is not there for them. Nobody gives away, or takes over, a
reach wider than their own. The limit is asked for here and not in screens, so that no request gets round it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from dossiers.accounts import Account
from dossiers.errors import AccessDenied
from dossiers.identity import Identity, is_below, not_allowed
from dossiers.permissions import Permission

#: Reach of the computer itself: ``sohoa account`` and whoever may read the data folder.
_EVERYWHERE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steward:
    """Who asks for a change.

    Attributes:
        name: of the account, or of the computer's account for the command line; it is noted.
        branch: changes what belongs to it and below; empty: everything.
    """

    name: str
    branch: str

    @classmethod
    def of(cls, identity: Identity, permission: Permission = Permission.ACCOUNT_WRITE) -> Self:
        """Who is signed in at the desk.

        Raises:
            AccessDenied: NOT_ALLOWED, the permission is missing.
        """
        identity.require(permission)
        is_everywhere = Permission.ALL_BRANCHES in identity.permissions
        return cls(
            name=identity.account.name, branch=_EVERYWHERE if is_everywhere else identity.account.branch
        )

    @classmethod
    def of_computer(cls, name: str) -> Self:
        """Whoever uses the command line on the computer that holds the data."""
        return cls(name=name, branch=_EVERYWHERE)

    def reaches(self, branch: str) -> bool:
        """Whether a branch is the own one or below it."""
        return self.branch == _EVERYWHERE or is_below(self.branch, (branch,))

    def manages(self, account: Account) -> bool:
        """Whether an account lies within the reach, with everything that it reaches itself."""
        return self.reaches(account.branch) and (
            self.branch == _EVERYWHERE or Permission.ALL_BRANCHES not in account.grants
        )

    def require_account(self, account: Account) -> None:
        """Refuses an account as it is to become.

        Raises:
            AccessDenied: OTHER_BRANCH; NOT_ALLOWED, it would see every branch and who asks does not.
        """
        self.require_branch(account.branch)
        if not self.manages(account):
            raise not_allowed(Permission.ALL_BRANCHES)

    def require_branch(self, branch: str) -> None:
        """Refuses what belongs to a branch beyond the own reach.

        Raises:
            AccessDenied: OTHER_BRANCH.
        """
        if not self.reaches(branch):
            raise AccessDenied(
                "OTHER_BRANCH",
                vi="Đơn vị này nằm ngoài phạm vi bạn quản trị; hãy liên hệ quản trị viên cấp trên.",
                en="this agency is beyond what you administer; ask the administrator above",
            )
