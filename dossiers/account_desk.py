"""What an administrator does with accounts.

Rules: every use case is one transaction that changes the account, ends its sessions and notes the fact; the
slow hashing of a password happens outside of it. Accounts beyond the reach of who asks are not there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from dossiers.accounts import (
    Account,
    AccountEvent,
    AccountEventKind,
    account_name,
    branch_code,
    shown_name,
)
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.passwords import PasswordHasher, check_password
from dossiers.permissions import GRANTABLE, Permission, Role
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.sessions import ApiToken, new_secret, secret_hash
from dossiers.steward import Steward

#: A token lasts so long unless its maker says less.
LONGEST_TOKEN: Final = timedelta(days=366)
_ID_BYTES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an account is made with; see ``Account`` for the meaning of each."""

    name: str
    shown_name: str
    role: Role
    branch: str
    grants: frozenset[Permission] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What is to be changed; ``None`` leaves it as it is."""

    shown_name: str | None = None
    role: Role | None = None
    branch: str | None = None
    grants: frozenset[Permission] | None = None
    is_disabled: bool | None = None


class AccountDesk:
    """The use cases; safe to call from several threads and processes."""

    def __init__(self, *, records: RecordStore, passwords: PasswordHasher, clock: Clock) -> None:
        self._records = records
        self._passwords = passwords
        self._clock = clock

    def create(self, new: NewAccount, password: str, by: Steward) -> Account:
        """Makes an account.

        Raises:
            AccessDenied: OTHER_BRANCH, NOT_ALLOWED: it would reach beyond who asks.
            InputError: BAD_ACCOUNT_NAME, BAD_VALUE, BAD_AGENCY_CODE, PASSWORD_…
            RecordError: ACCOUNT_EXISTS.
        """
        account = Account(
            account_id=secrets.token_hex(_ID_BYTES),
            name=account_name(new.name),
            shown_name=shown_name(new.shown_name),
            role=new.role,
            branch=branch_code(new.branch),
            grants=_grants(new.grants),
            created_at=self._clock(),
        )
        by.require_account(account)
        hashed = self._passwords.hash(check_password(account.name, password))
        with self._records.transaction() as work:
            if work.accounts.by_name(account.name) is not None:
                raise _account_exists(account.name)
            work.accounts.add(account, hashed)
            self._note(work, account.account_id, AccountEventKind.CREATED, by.name, _told(account))
        return account

    def change(self, name: str, change: AccountChange, by: Steward) -> Account:
        """Changes an account; its sessions end, so that the change counts from the next request on.

        Raises:
            AccessDenied: OTHER_BRANCH, NOT_ALLOWED: it would reach beyond who asks.
            RecordError: NO_ACCOUNT; LAST_ADMINISTRATOR, nobody would be left to manage accounts.
            InputError: BAD_VALUE, BAD_AGENCY_CODE.
        """
        with self._records.transaction() as work:
            old = _managed(work, name, by)
            new = _changed(old, change)
            by.require_account(new)
            if new == old:
                return old
            if _manages(old) and not _manages(new) and not any(_manages(e) for e in _others(work, old)):
                raise _last_administrator()
            work.accounts.save(new)
            work.sign_ins.end_sessions_of(old.account_id)
            self._note(work, old.account_id, _kind(old, new), by.name, _told(new))
            return replace(new, version=old.version + 1)

    def set_password(self, name: str, password: str, by: Steward) -> None:
        """Gives an account another password; its sessions end.

        Raises:
            RecordError: NO_ACCOUNT.
            InputError: PASSWORD_…
        """
        with self._records.transaction() as work:
            account = _managed(work, name, by)
        hashed = self._passwords.hash(check_password(account.name, password))
        with self._records.transaction() as work:
            _managed(work, name, by)  # it may have been moved meanwhile
            work.accounts.set_password_hash(account.account_id, hashed)
            work.sign_ins.end_sessions_of(account.account_id)
            self._note(work, account.account_id, AccountEventKind.PASSWORD_SET, by.name)

    def all(self, by: Steward) -> tuple[Account, ...]:
        """The accounts that who asks manages, by name."""
        with self._records.transaction() as work:
            return tuple(each for each in work.accounts.all() if by.manages(each))

    def get(self, name: str, by: Steward) -> Account:
        """The account with this name; NO_ACCOUNT where there is none."""
        with self._records.transaction() as work:
            return _managed(work, name, by)

    def events(self, name: str, by: Steward) -> tuple[AccountEvent, ...]:
        """What happened to an account, oldest first; NO_ACCOUNT where there is none."""
        with self._records.transaction() as work:
            return tuple(work.accounts.events(_managed(work, name, by).account_id))

    def make_token(
        self,
        name: str,
        label: str,
        scopes: Collection[Permission],
        by: Steward,
        lasts: timedelta = LONGEST_TOKEN,
    ) -> tuple[ApiToken, str]:
        """Makes a token for a program; the secret is told once and never again.

        Args:
            name: the account in whose name the program acts.
            label: what it is for.
            scopes: what it may do, as far as the account may; at least one.
            by: who makes it.
            lasts: from a minute to 366 days.

        Raises:
            RecordError: NO_ACCOUNT.
            InputError: BAD_VALUE.
        """
        if not scopes or not timedelta(minutes=1) <= lasts <= LONGEST_TOKEN:
            raise InputError(InputCode.BAD_VALUE, "a token has a scope and lasts up to 366 days")
        now, secret = self._clock(), new_secret()
        with self._records.transaction() as work:
            account = _managed(work, name, by)
            token = ApiToken(
                token_id=secrets.token_hex(_ID_BYTES),
                token_hash=secret_hash(secret),
                account_id=account.account_id,
                label=shown_name(label),
                scopes=frozenset(scopes),
                made_at=now,
                expires_at=now + lasts,
            )
            work.sign_ins.add_token(token)
            self._note(work, account.account_id, AccountEventKind.TOKEN_MADE, by.name, token.token_id)
        return token, secret

    def tokens(self, name: str, by: Steward) -> tuple[ApiToken, ...]:
        """Tokens of an account; NO_ACCOUNT where there is none."""
        with self._records.transaction() as work:
            return tuple(work.sign_ins.tokens_of(_managed(work, name, by).account_id))

    def revoke_token(self, name: str, token_id: str, by: Steward) -> None:
        """Revokes a token of an account from now on; NO_ACCOUNT, or NOT_FOUND where it has no such token."""
        with self._records.transaction() as work:
            account = _managed(work, name, by)
            known = {each.token_id for each in work.sign_ins.tokens_of(account.account_id)}
            if token_id not in known:
                raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such token")
            work.sign_ins.revoke_token(token_id, self._clock())
            self._note(work, account.account_id, AccountEventKind.TOKEN_REVOKED, by.name, token_id)

    def _note(
        self, work: UnitOfWork, account_id: str, kind: AccountEventKind, by: str, detail: str = ""
    ) -> None:
        note_account(work, account_id, kind, self._clock, by=by, detail=detail)


def note_account(
    work: UnitOfWork,
    account_id: str,
    kind: AccountEventKind,
    clock: Callable[[], datetime],
    *,
    by: str,
    detail: str = "",
) -> None:
    """Appends a fact about an account."""
    event = AccountEvent(account_id=account_id, kind=kind, at=clock(), by=by, detail=detail)
    work.accounts.append_event(event)


def find_account(work: UnitOfWork, name: str) -> Account:
    """The account with a name as typed; NO_ACCOUNT where there is none."""
    found = work.accounts.by_name(account_name(name))
    if found is None:
        raise _no_account()
    return found


def _managed(work: UnitOfWork, name: str, by: Steward) -> Account:
    """An account within the reach of who asks; one beyond it is not there, by the same words."""
    found = find_account(work, name)
    if not by.manages(found):
        raise _no_account()
    return found


def _changed(old: Account, change: AccountChange) -> Account:
    return replace(
        old,
        shown_name=old.shown_name if change.shown_name is None else shown_name(change.shown_name),
        role=old.role if change.role is None else change.role,
        branch=old.branch if change.branch is None else branch_code(change.branch),
        grants=old.grants if change.grants is None else _grants(change.grants),
        is_disabled=old.is_disabled if change.is_disabled is None else change.is_disabled,
    )


def _grants(grants: frozenset[Permission]) -> frozenset[Permission]:
    if foreign := grants - GRANTABLE:
        raise InputError(InputCode.BAD_VALUE, f"no right to be granted: {min(foreign)}")
    return grants


def _kind(old: Account, new: Account) -> AccountEventKind:
    if old.is_disabled == new.is_disabled:
        return AccountEventKind.CHANGED
    return AccountEventKind.DISABLED if new.is_disabled else AccountEventKind.ENABLED


def _told(account: Account) -> str:
    grants = "".join(f" +{each.value}" for each in sorted(account.grants))
    return f"{account.role.value} {account.branch}{grants}"


def _manages(account: Account) -> bool:
    return Permission.ACCOUNT_WRITE in account.permissions


def _others(work: UnitOfWork, account: Account) -> list[Account]:
    return [each for each in work.accounts.all() if each.account_id != account.account_id]


def _no_account() -> RecordError:
    return RecordError("NO_ACCOUNT", vi="Không có tài khoản này.", en="there is no such account")


def _account_exists(name: str) -> RecordError:
    return RecordError(
        "ACCOUNT_EXISTS",
        vi="Tên tài khoản này đã có; hãy chọn tên khác.",
        en=f"there is an account {name} already",
    )


def _last_administrator() -> RecordError:
    return RecordError(
        "LAST_ADMINISTRATOR",
        vi="Đây là quản trị viên cuối cùng; hãy tạo quản trị viên khác trước.",
        en="this is the last administrator; make another one first",
    )
