"""Accounts, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossiers.accounts import Account, AccountEvent
from dossiers.errors import StaleVersion
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryAccountRecords:
    """Implements ``dossiers.account_ports.AccountRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, account: Account, password_hash: str) -> None:
        """Adds an account; ``DUPLICATE`` where its id or name is taken."""
        if account.account_id in self._state.accounts or self.by_name(account.name) is not None:
            raise duplicate("account")
        self._state.accounts[account.account_id] = account
        self._state.password_hashes[account.account_id] = password_hash

    def get(self, account_id: str) -> Account:
        """Returns the account or raises ``NOT_FOUND``."""
        try:
            return self._state.accounts[account_id]
        except KeyError:
            raise not_found(f"account {account_id}") from None

    def by_name(self, name: str) -> Account | None:
        """Returns the account with this name."""
        return next((each for each in self._state.accounts.values() if each.name == name), None)

    def all(self) -> Sequence[Account]:
        """Every account by name."""
        return tuple(sorted(self._state.accounts.values(), key=lambda each: each.name))

    def save(self, account: Account) -> None:
        """Saves over the version it carries."""
        old = self._state.accounts.get(account.account_id)
        if old is None or old.version != account.version:
            raise StaleVersion(f"account {account.account_id}")
        self._state.accounts[account.account_id] = replace(
            account, name=old.name, created_at=old.created_at, version=old.version + 1
        )

    def password_hash(self, account_id: str) -> str:
        """Returns the hash."""
        self.get(account_id)
        return self._state.password_hashes[account_id]

    def set_password_hash(self, account_id: str, password_hash: str) -> None:
        """Puts another hash in its place."""
        self.get(account_id)
        self._state.password_hashes[account_id] = password_hash

    def append_event(self, event: AccountEvent) -> None:
        """Appends a fact."""
        self.get(event.account_id)
        self._state.account_events[len(self._state.account_events)] = event

    def events(self, account_id: str) -> Sequence[AccountEvent]:
        """Facts about an account in the order of appending."""
        return tuple(each for each in self._state.account_events.values() if each.account_id == account_id)
