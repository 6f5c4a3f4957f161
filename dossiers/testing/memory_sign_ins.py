"""Sessions, tokens of programs and failed sign-ins, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.sessions import ApiToken, FailedTries, Session
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemorySignInRecords:
    """Implements ``dossiers.account_ports.SignInRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add_session(self, session: Session) -> None:
        """Adds a session."""
        self._need_account(session.account_id)
        if session.token_hash in self._state.sessions:
            raise duplicate("session")
        self._state.sessions[session.token_hash] = session

    def session(self, token_hash: str) -> Session | None:
        """Returns the session, over or not."""
        return self._state.sessions.get(token_hash)

    def put_session(self, session: Session) -> None:
        """Saves its moments; one that is gone stays gone."""
        old = self._state.sessions.get(session.token_hash)
        if old is not None:
            self._state.sessions[session.token_hash] = replace(
                old, used_at=session.used_at, confirmed_at=session.confirmed_at
            )

    def end_session(self, token_hash: str) -> None:
        """Removes a session."""
        self._state.sessions.pop(token_hash, None)

    def end_sessions_of(self, account_id: str) -> int:
        """Removes every session of an account."""
        own = [key for key, each in self._state.sessions.items() if each.account_id == account_id]
        for key in own:
            del self._state.sessions[key]
        return len(own)

    def sweep_sessions(self, started_before: datetime, used_before: datetime) -> int:
        """Removes sessions that started or were last used before these moments."""
        old = [
            key
            for key, each in self._state.sessions.items()
            if each.started_at < started_before or each.used_at < used_before
        ]
        for key in old:
            del self._state.sessions[key]
        return len(old)

    def add_token(self, token: ApiToken) -> None:
        """Adds a token."""
        self._need_account(token.account_id)
        if any(
            each.token_hash == token.token_hash or each.token_id == token.token_id
            for each in self._state.tokens.values()
        ):
            raise duplicate("token")
        self._state.tokens[token.token_id] = token

    def token(self, token_hash: str) -> ApiToken | None:
        """Returns the token with this hash."""
        return next((each for each in self._state.tokens.values() if each.token_hash == token_hash), None)

    def tokens_of(self, account_id: str) -> Sequence[ApiToken]:
        """Tokens of an account in the order of making."""
        return tuple(each for each in self._state.tokens.values() if each.account_id == account_id)

    def revoke_token(self, token_id: str, at: datetime) -> None:
        """Marks a token revoked."""
        token = self._state.tokens.get(token_id)
        if token is None:
            raise not_found(f"token {token_id}")
        if token.revoked_at is None:
            self._state.tokens[token_id] = replace(token, revoked_at=at)

    def tries(self, key: str) -> FailedTries | None:
        """Returns the failures under a key."""
        return self._state.tries.get(key)

    def put_tries(self, tries: FailedTries) -> None:
        """Keeps the failures under their key."""
        self._state.tries[tries.key] = tries

    def forget_tries(self, key: str) -> None:
        """Forgets the failures under a key."""
        self._state.tries.pop(key, None)

    def sweep_tries(self, last_before: datetime) -> int:
        """Forgets the failures whose last one was before this moment."""
        old = [key for key, each in self._state.tries.items() if each.last_at < last_before]
        for key in old:
            del self._state.tries[key]
        return len(old)

    def _need_account(self, account_id: str) -> None:
        if account_id not in self._state.accounts:
            raise not_found(f"account {account_id}")
