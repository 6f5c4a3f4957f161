"""Accounts of the people who work here: one person, one account.

Rules: an account is never erased, it is disabled, because the audit log names it. Every change counts its
version up and ends its sessions, so that it takes effect with the next request (S4).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import InputCode, InputError
from dossiers.permissions import RIGHTS, Permission, Role

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])")
#: The longest name of a person that is shown, characters.
MAX_SHOWN_NAME: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account.

    Attributes:
        account_id: stable id.
        name: what is typed to sign in: 2 to 40 small letters, digits, dots, hyphens, underscores; unique.
        shown_name: the person's name as colleagues write it.
        role: what the person is.
        branch: identifier of the agency or branch; the account sees it and those below.
        grants: rights beside those of the role, a part of ``GRANTABLE``.
        is_disabled: whether it may no longer sign in.
        created_at: UTC.
        version: counts saves.
    """

    account_id: str
    name: str
    shown_name: str
    role: Role
    branch: str
    created_at: datetime
    grants: frozenset[Permission] = frozenset()
    is_disabled: bool = False
    version: int = 0

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything it may do; nothing while it is disabled."""
        return frozenset() if self.is_disabled else RIGHTS[self.role] | self.grants


class AccountEventKind(StrEnum):
    """What can happen to an account."""

    CREATED = "account_created"
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of a fact
    CHANGED = "account_changed"
    DISABLED = "account_disabled"
    ENABLED = "account_enabled"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    CONFIRMED_AGAIN = "confirmed_again"
    TOKEN_MADE = "token_made"  # noqa: S105 - the name of a fact
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of a fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEvent:
    """An audit fact about an account: appended, never changed.

    Attributes:
        account_id: whose account.
        kind: what happened.
        at: UTC; order is the order of appending.
        by: name of the account that did it, or of the computer's account for the command line.
        detail: a short technical remark; never a secret.
    """

    account_id: str
    kind: AccountEventKind
    at: datetime
    by: str
    detail: str = ""


def account_name(text: str) -> str:
    """Takes an account name as typed: blanks around it dropped, letters made small.

    Raises:
        InputError: BAD_ACCOUNT_NAME.
    """
    name = unicodedata.normalize("NFKC", text).strip().lower()
    if not _NAME.fullmatch(name):
        raise InputError(InputCode.BAD_ACCOUNT_NAME, "2 to 40 of a-z 0-9 . - _")
    return name


def shown_name(text: str) -> str:
    """Takes a person's name as typed, in NFC with single blanks.

    Raises:
        InputError: BAD_VALUE, it is empty, too long or holds control characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(name) <= MAX_SHOWN_NAME or not name.isprintable():
        raise InputError(InputCode.BAD_VALUE, f"a name has 1 to {MAX_SHOWN_NAME} characters")
    return name


def branch_code(text: str) -> str:
    """Takes the identifier of a branch; BAD_AGENCY_CODE where it is malformed."""
    return str(AgencyCode.parse(text))
