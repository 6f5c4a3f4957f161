"""Sessions, tokens of programs and failed sign-ins, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, or_, select, update

from dossiers.permissions import Permission
from dossiers.sessions import ApiToken, FailedTries, Session
from storage.records.account_schema import api_tokens, failed_tries, sessions
from storage.records.trouble import not_found
from storage.records.turns import take_turn
from storage.records.upsert import insert_new


class SqlSignInRecords:
    """Implements ``dossiers.account_ports.SignInRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_session(self, session: Session) -> None:
        """Adds a session."""
        insert_new(
            self._connection,
            sessions,
            {
                "token_hash": session.token_hash,
                "account_id": session.account_id,
                "started_at": session.started_at,
                "used_at": session.used_at,
                "confirmed_at": session.confirmed_at,
            },
        )

    def session(self, token_hash: str) -> Session | None:
        """Returns the session, over or not."""
        statement = select(sessions).where(sessions.c.token_hash == token_hash)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            return None
        return Session(
            token_hash=row["token_hash"],
            account_id=row["account_id"],
            started_at=row["started_at"],
            used_at=row["used_at"],
            confirmed_at=row["confirmed_at"],
        )

    def put_session(self, session: Session) -> None:
        """Saves its moments; one that is gone stays gone."""
        self._connection.execute(
            update(sessions)
            .where(sessions.c.token_hash == session.token_hash)
            .values(used_at=session.used_at, confirmed_at=session.confirmed_at)
        )

    def end_session(self, token_hash: str) -> None:
        """Removes a session."""
        self._connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

    def end_sessions_of(self, account_id: str) -> int:
        """Removes every session of an account."""
        statement = delete(sessions).where(sessions.c.account_id == account_id)
        return self._connection.execute(statement).rowcount

    def sweep_sessions(self, started_before: datetime, used_before: datetime) -> int:
        """Removes sessions that started or were last used before these moments."""
        is_old = or_(sessions.c.started_at < started_before, sessions.c.used_at < used_before)
        return self._connection.execute(delete(sessions).where(is_old)).rowcount

    def add_token(self, token: ApiToken) -> None:
        """Adds a token."""
        insert_new(
            self._connection,
            api_tokens,
            {
                "token_id": token.token_id,
                "token_hash": token.token_hash,
                "account_id": token.account_id,
                "label": token.label,
                "scopes": " ".join(sorted(token.scopes)),
                "made_at": token.made_at,
                "expires_at": token.expires_at,
                "revoked_at": token.revoked_at,
            },
        )

    def token(self, token_hash: str) -> ApiToken | None:
        """Returns the token with this hash."""
        statement = select(api_tokens).where(api_tokens.c.token_hash == token_hash)
        row = self._connection.execute(statement).mappings().first()
        return _token(row) if row is not None else None

    def tokens_of(self, account_id: str) -> Sequence[ApiToken]:
        """Tokens of an account in the order of making."""
        statement = select(api_tokens).where(api_tokens.c.account_id == account_id).order_by(api_tokens.c.seq)
        return tuple(_token(row) for row in self._connection.execute(statement).mappings())

    def revoke_token(self, token_id: str, at: datetime) -> None:
        """Marks a token revoked; the first moment counts."""
        own = api_tokens.c.token_id == token_id
        if self._connection.execute(select(api_tokens.c.seq).where(own)).first() is None:
            raise not_found(f"token {token_id}")
        standing = update(api_tokens).where(own, api_tokens.c.revoked_at.is_(None))
        self._connection.execute(standing.values(revoked_at=at))

    def tries(self, key: str) -> FailedTries | None:
        """Returns the failures under a key."""
        take_turn(self._connection, "tries", key)
        statement = select(failed_tries).where(failed_tries.c.key == key)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            return None
        return FailedTries(key=row["key"], count=row["count"], last_at=row["last_at"])

    def put_tries(self, tries: FailedTries) -> None:
        """Keeps the failures under their key."""
        take_turn(self._connection, "tries", tries.key)
        values = {"count": tries.count, "last_at": tries.last_at}
        changed = self._connection.execute(
            update(failed_tries).where(failed_tries.c.key == tries.key).values(**values)
        )
        if not changed.rowcount:
            self._connection.execute(insert(failed_tries).values(key=tries.key, **values))

    def forget_tries(self, key: str) -> None:
        """Forgets the failures under a key."""
        self._connection.execute(delete(failed_tries).where(failed_tries.c.key == key))

    def sweep_tries(self, last_before: datetime) -> int:
        """Forgets the failures whose last one was before this moment."""
        statement = delete(failed_tries).where(failed_tries.c.last_at < last_before)
        return self._connection.execute(statement).rowcount


def _token(row: RowMapping) -> ApiToken:
    return ApiToken(
        token_id=row["token_id"],
        token_hash=row["token_hash"],
        account_id=row["account_id"],
        label=row["label"],
        scopes=frozenset(Permission(each) for each in row["scopes"].split()),
        made_at=row["made_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
    )
