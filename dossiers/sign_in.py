"""Signing in and out, and telling who a request comes from.

Rules: a failed try says neither by words nor by time whether there is such an account (S10): every try
hashes a password. A try is counted before the password is looked at, so that tries at the same time all
count. A disabled account, a changed role, a revoked token count with the next request (S4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from dossiers.account_desk import note_account
from dossiers.accounts import Account, AccountEventKind, account_name
from dossiers.errors import AccessDenied, InputError
from dossiers.identity import Identity, Inherited, not_signed_in, nothing_inherited
from dossiers.local_time import day_in_vietnam
from dossiers.passwords import MAX_LENGTH, PasswordHasher, normal_password
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.sessions import (
    ABSOLUTE,
    FORGOTTEN_AFTER,
    FREE_FAILURES,
    FREE_FAILURES_OF_ADDRESS,
    IDLE,
    TOUCH_EVERY,
    FailedTries,
    Session,
    new_secret,
    secret_hash,
    tries_key,
)

#: Dangerous acts ask for the password again when it was given longer ago (S9).
CONFIRMED_FOR: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A new session.

    Attributes:
        secret: for the person's browser; told once.
        identity: who signed in.
    """

    secret: str
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """What the records say about a try: the account if there is one, and the hash to compare with."""

    account: Account | None
    password_hash: str


class SignIn:
    """The use cases; safe to call from several threads and processes."""

    def __init__(
        self,
        *,
        records: RecordStore,
        passwords: PasswordHasher,
        clock: Clock,
        inherited: Inherited = nothing_inherited,
    ) -> None:
        self._records = records
        self._inherited = inherited
        self._passwords = passwords
        self._clock = clock
        self._nobodys_hash = ""

    def sign_in(self, name: str, password: str, address: str = "") -> SignedIn:
        """Starts a session.

        Args:
            name: as typed.
            password: as typed.
            address: where the request comes from, for counting failures; may be empty.

        Raises:
            AccessDenied: WRONG_SIGN_IN, name or password is wrong or the account is disabled;
                TOO_MANY_TRIES, too many failures under this name or from this address, wait.
        """
        keys = _keys(name, address)
        found = self._begin(name, keys)
        is_right = self._verify(found, password)
        if found.account is None or not is_right or found.account.is_disabled:
            self._failed(found.account)
            raise _wrong_sign_in()
        return self._start(found, password, keys)

    def sign_out(self, secret: str) -> None:
        """Ends a session; one that is over is no error."""
        hashed = secret_hash(secret)
        with self._records.transaction() as work:
            session = work.sign_ins.session(hashed)
            if session is not None:
                work.sign_ins.end_session(hashed)
                name = work.accounts.get(session.account_id).name
                note_account(work, session.account_id, AccountEventKind.SIGNED_OUT, self._clock, by=name)

    def by_session(self, secret: str) -> Identity:
        """Who a request with a session's secret comes from; counts as its use.

        Raises:
            AccessDenied: NOT_SIGNED_IN.
        """
        now, hashed = self._clock(), secret_hash(secret)
        with self._records.transaction() as work:
            session = work.sign_ins.session(hashed)
            account = work.accounts.get(session.account_id) if session is not None else None
            if session is not None and account is not None:
                if not session.is_over(now) and not account.is_disabled:
                    if now - session.used_at >= TOUCH_EVERY:
                        work.sign_ins.put_session(replace(session, used_at=now))
                    return self._identity(account, session)
                work.sign_ins.end_session(hashed)
        raise not_signed_in()

    def by_token(self, secret: str) -> Identity:
        """Who a request with a program's token comes from.

        Raises:
            AccessDenied: NOT_SIGNED_IN.
        """
        hashed = secret_hash(secret)
        with self._records.transaction() as work:
            token = work.sign_ins.token(hashed)
            account = work.accounts.get(token.account_id) if token is not None else None
        if token is None or account is None or token.is_over(self._clock()) or account.is_disabled:
            raise not_signed_in()
        return Identity(
            account=account,
            permissions=account.permissions & token.scopes,
            key=hashed,
            is_program=True,
            confirmed_at=token.made_at,
            inherited=self._taken_over(account),
        )

    def confirm_again(self, secret: str, password: str, address: str = "") -> Identity:
        """The person gives the password again before something dangerous (S9).

        Raises:
            AccessDenied: NOT_SIGNED_IN, WRONG_SIGN_IN, TOO_MANY_TRIES.
        """
        identity = self.by_session(secret)
        keys = _keys(identity.account.name, address)
        found = self._begin(identity.account.name, keys)
        if not self._verify(found, password):
            self._failed(found.account)
            raise _wrong_sign_in()
        now = self._clock()
        with self._records.transaction() as work:
            session = work.sign_ins.session(identity.key)
            if session is None:
                raise not_signed_in()
            confirmed = replace(session, used_at=now, confirmed_at=now)
            work.sign_ins.put_session(confirmed)
            _succeeded(work, keys)
            name = identity.account.name
            note_account(work, session.account_id, AccountEventKind.CONFIRMED_AGAIN, self._clock, by=name)
        return self._identity(identity.account, confirmed)

    def require_recent(self, identity: Identity) -> None:
        """Raises ``AccessDenied`` CONFIRM_AGAIN: the password was given long ago, or it is a program."""
        if identity.is_program or self._clock() - identity.confirmed_at > CONFIRMED_FOR:
            raise AccessDenied(
                "CONFIRM_AGAIN",
                vi="Việc này cần nhập lại mật khẩu để xác nhận.",
                en="this needs the password once more",
            )

    def _begin(self, name: str, keys: tuple[tuple[str, int], ...]) -> _Try:
        """Counts the try as failed beforehand and looks the account up."""
        now = self._clock()
        with self._records.transaction() as work:
            known = [(work.sign_ins.tries(key), key, free) for key, free in keys]
            wait = max((each.wait(now, free) for each, _, free in known if each), default=timedelta())
            if wait > timedelta():
                raise _too_many_tries(wait)
            for each, key, _ in known:
                tries = each.failed_again(now) if each else FailedTries(key=key, count=1, last_at=now)
                work.sign_ins.put_tries(tries)
            account = _account(work, name)
            hashed = work.accounts.password_hash(account.account_id) if account else ""
        return _Try(account=account, password_hash=hashed)

    def _verify(self, found: _Try, password: str) -> bool:
        """Hashes once whatever was found."""
        if not self._nobodys_hash:  # for known names too, or the first unknown one would take longer
            self._nobodys_hash = self._passwords.hash(new_secret())
        is_same = self._passwords.verify(
            found.password_hash or self._nobodys_hash, normal_password(password[: MAX_LENGTH + 1])
        )
        return is_same and found.account is not None

    def _failed(self, account: Account | None) -> None:
        with self._records.transaction() as work:
            if account is not None:
                kind = AccountEventKind.SIGN_IN_FAILED
                note_account(work, account.account_id, kind, self._clock, by=account.name)

    def _start(self, found: _Try, password: str, keys: tuple[tuple[str, int], ...]) -> SignedIn:
        assert found.account is not None
        now, secret = self._clock(), new_secret()
        outdated = self._passwords.is_outdated(found.password_hash)
        hashed = self._passwords.hash(normal_password(password)) if outdated else found.password_hash
        with self._records.transaction() as work:
            account = work.accounts.get(found.account.account_id)
            is_same = work.accounts.password_hash(account.account_id) == found.password_hash
            if account.is_disabled or not is_same:  # changed while the password was hashed
                raise _wrong_sign_in()
            if outdated:
                work.accounts.set_password_hash(account.account_id, hashed)
            _succeeded(work, keys)
            session = _session(account, secret, now)
            work.sign_ins.add_session(session)
            _sweep(work, now)
            note_account(work, account.account_id, AccountEventKind.SIGNED_IN, self._clock, by=account.name)
        return SignedIn(secret=secret, identity=self._identity(account, session))

    def _identity(self, account: Account, session: Session) -> Identity:
        return Identity(
            account=account,
            permissions=account.permissions,
            key=session.token_hash,
            is_program=False,
            confirmed_at=session.confirmed_at,
            inherited=self._taken_over(account),
        )

    def _taken_over(self, account: Account) -> tuple[str, ...]:
        return tuple(self._inherited(account.branch, day_in_vietnam(self._clock())))


def _keys(name: str, address: str) -> tuple[tuple[str, int], ...]:
    """Keys under which failures are counted, each with the number that is free."""
    try:
        typed = account_name(name)  # every spelling that leads to an account counts as one name
    except InputError:
        typed = name[:MAX_LENGTH]
    by_name = (tries_key("name", typed), FREE_FAILURES)
    if not address:
        return (by_name,)
    return by_name, (tries_key("address", address), FREE_FAILURES_OF_ADDRESS)


def _succeeded(work: UnitOfWork, keys: tuple[tuple[str, int], ...]) -> None:
    """Forgets the failures under the name; of those from the address only the try that was none after all."""
    (name_key, _), *address = keys
    work.sign_ins.forget_tries(name_key)
    for key, _ in address:
        tries = work.sign_ins.tries(key)
        if tries is not None:
            work.sign_ins.put_tries(replace(tries, count=max(0, tries.count - 1)))


def _account(work: UnitOfWork, name: str) -> Account | None:
    try:
        return work.accounts.by_name(account_name(name))
    except InputError:
        return None


def _session(account: Account, secret: str, now: datetime) -> Session:
    return Session(
        token_hash=secret_hash(secret),
        account_id=account.account_id,
        started_at=now,
        used_at=now,
        confirmed_at=now,
    )


def _sweep(work: UnitOfWork, now: datetime) -> None:
    work.sign_ins.sweep_sessions(now - ABSOLUTE, now - IDLE)
    work.sign_ins.sweep_tries(now - FORGOTTEN_AFTER)


def _wrong_sign_in() -> AccessDenied:
    return AccessDenied(
        "WRONG_SIGN_IN",
        vi="Tên tài khoản hoặc mật khẩu không đúng.",
        en="the account name or the password is wrong",
    )


def _too_many_tries(wait: timedelta) -> AccessDenied:
    seconds = max(1, round(wait.total_seconds()))
    return AccessDenied(
        "TOO_MANY_TRIES",
        vi=f"Đăng nhập sai quá nhiều lần; hãy thử lại sau {seconds} giây.",
        en=f"too many failed tries; try again in {seconds} seconds",
        hint=str(seconds),
    )
