"""Accounts, in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, insert, select, update

from dossiers.accounts import Account, AccountEvent, AccountEventKind
from dossiers.errors import StaleVersion
from dossiers.permissions import Permission, Role
from storage.records.account_schema import account_events, accounts
from storage.records.trouble import not_found
from storage.records.upsert import insert_new


class SqlAccountRecords:
    """Implements ``dossiers.account_ports.AccountRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account: Account, password_hash: str) -> None:
        """Adds an account; ``DUPLICATE`` where its id or name is taken."""
        insert_new(
            self._connection,
            accounts,
            {
                "account_id": account.account_id,
                "name": account.name,
                "created_at": account.created_at,
                "version": account.version,
                "password_hash": password_hash,
                **_changeable(account),
            },
        )

    def get(self, account_id: str) -> Account:
        """Returns the account or raises ``NOT_FOUND``."""
        statement = select(accounts).where(accounts.c.account_id == account_id)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            raise not_found(f"account {account_id}")
        return _account(row)

    def by_name(self, name: str) -> Account | None:
        """Returns the account with this name."""
        row = self._connection.execute(select(accounts).where(accounts.c.name == name)).mappings().first()
        return _account(row) if row is not None else None

    def all(self) -> Sequence[Account]:
        """Every account by name."""
        rows = self._connection.execute(select(accounts)).mappings()
        return tuple(sorted((_account(row) for row in rows), key=lambda each: each.name))

    def save(self, account: Account) -> None:
        """Saves over the version it carries."""
        statement = (
            update(accounts)
            .where(accounts.c.account_id == account.account_id, accounts.c.version == account.version)
            .values(version=account.version + 1, **_changeable(account))
        )
        if self._connection.execute(statement).rowcount != 1:
            raise StaleVersion(f"account {account.account_id}")

    def password_hash(self, account_id: str) -> str:
        """Returns the hash."""
        statement = select(accounts.c.password_hash).where(accounts.c.account_id == account_id)
        found: str | None = self._connection.execute(statement).scalar()
        if found is None:
            raise not_found(f"account {account_id}")
        return found

    def set_password_hash(self, account_id: str, password_hash: str) -> None:
        """Puts another hash in its place."""
        statement = (
            update(accounts).where(accounts.c.account_id == account_id).values(password_hash=password_hash)
        )
        if self._connection.execute(statement).rowcount != 1:
            raise not_found(f"account {account_id}")

    def append_event(self, event: AccountEvent) -> None:
        """Appends a fact."""
        self._connection.execute(
            insert(account_events).values(
                account_id=event.account_id,
                kind=event.kind.value,
                at=event.at,
                by=event.by,
                detail=event.detail,
            )
        )

    def events(self, account_id: str) -> Sequence[AccountEvent]:
        """Facts about an account in the order of appending."""
        own = account_events.c.account_id == account_id
        statement = select(account_events).where(own).order_by(account_events.c.seq)
        return tuple(
            AccountEvent(
                account_id=row["account_id"],
                kind=AccountEventKind(row["kind"]),
                at=row["at"],
                by=row["by"],
                detail=row["detail"],
            )
            for row in self._connection.execute(statement).mappings()
        )


def _changeable(account: Account) -> dict[str, object]:
    return {
        "shown_name": account.shown_name,
        "role": account.role.value,
        "branch": account.branch,
        "grants": " ".join(sorted(account.grants)),
        "is_disabled": account.is_disabled,
    }


def _account(row: RowMapping) -> Account:
    return Account(
        account_id=row["account_id"],
        name=row["name"],
        shown_name=row["shown_name"],
        role=Role(row["role"]),
        branch=row["branch"],
        created_at=row["created_at"],
        grants=frozenset(Permission(each) for each in row["grants"].split()),
        is_disabled=row["is_disabled"],
        version=row["version"],
    )
