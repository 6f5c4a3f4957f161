"""What accounts and sign-ins need from the records; part of ``dossiers.ports.UnitOfWork``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dossiers.accounts import Account, AccountEvent
from dossiers.sessions import ApiToken, FailedTries, Session


class AccountRecords(Protocol):
    """Accounts, their password hashes and what happened to them."""

    def add(self, account: Account, password_hash: str) -> None:
        """Adds an account; ``RecordError`` ``DUPLICATE`` where its id or name is taken."""
        ...

    def get(self, account_id: str) -> Account:
        """Returns the account or raises ``RecordError`` ``NOT_FOUND``."""
        ...

    def by_name(self, name: str) -> Account | None:
        """Returns the account with this name, disabled or not."""
        ...

    def all(self) -> Sequence[Account]:
        """Every account by name."""
        ...

    def save(self, account: Account) -> None:
        """Saves over the version it carries; ``StaleVersion`` if somebody saved it since.

        Id, name and moment of creation stay as they are.
        """
        ...

    def password_hash(self, account_id: str) -> str:
        """Returns the hash; ``NOT_FOUND`` without such an account."""
        ...

    def set_password_hash(self, account_id: str, password_hash: str) -> None:
        """Puts another hash in its place; ``NOT_FOUND`` without such an account."""
        ...

    def append_event(self, event: AccountEvent) -> None:
        """Appends a fact; ``NOT_FOUND`` without such an account."""
        ...

    def events(self, account_id: str) -> Sequence[AccountEvent]:
        """Facts about an account in the order of appending."""
        ...


class SignInRecords(Protocol):
    """Sessions, tokens of programs and failed sign-ins."""

    def add_session(self, session: Session) -> None:
        """Adds a session; ``NOT_FOUND`` without its account."""
        ...

    def session(self, token_hash: str) -> Session | None:
        """Returns the session, over or not."""
        ...

    def put_session(self, session: Session) -> None:
        """Saves its moments of use and of the password; one that is gone stays gone."""
        ...

    def end_session(self, token_hash: str) -> None:
        """Removes a session; one that is gone is no error."""
        ...

    def end_sessions_of(self, account_id: str) -> int:
        """Removes every session of an account; returns how many there were."""
        ...

    def sweep_sessions(self, started_before: datetime, used_before: datetime) -> int:
        """Removes sessions that started or were last used before these moments; returns how many."""
        ...

    def add_token(self, token: ApiToken) -> None:
        """Adds a token; ``NOT_FOUND`` without its account, ``DUPLICATE`` where id or hash is taken."""
        ...

    def token(self, token_hash: str) -> ApiToken | None:
        """Returns the token with this hash, revoked or not."""
        ...

    def tokens_of(self, account_id: str) -> Sequence[ApiToken]:
        """Tokens of an account in the order of making."""
        ...

    def revoke_token(self, token_id: str, at: datetime) -> None:
        """Marks a token revoked; the first moment counts. ``NOT_FOUND`` without such a token."""
        ...

    def tries(self, key: str) -> FailedTries | None:
        """Returns the failures under a key."""
        ...

    def put_tries(self, tries: FailedTries) -> None:
        """Keeps the failures under their key in place of those before."""
        ...

    def forget_tries(self, key: str) -> None:
        """Forgets the failures under a key; none there is no error."""
        ...

    def sweep_tries(self, last_before: datetime) -> int:
        """Forgets the failures whose last one was before this moment; returns under how many keys."""
        ...
