"""Kept answers, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from dossiers.idempotency import KeptAnswer
from storage.records.account_schema import kept_answers


class SqlKeptAnswers:
    """Implements ``dossiers.idempotency.KeptAnswers``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key: str) -> KeptAnswer | None:
        """Returns what is kept under a key."""
        statement = select(kept_answers).where(kept_answers.c.key == key)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            return None
        return KeptAnswer(
            key=row["key"],
            request_hash=row["request_hash"],
            status=row["status"],
            body=row["body"],
            at=row["at"],
        )

    def put(self, answer: KeptAnswer) -> None:
        """Keeps an answer under its key."""
        self.forget(answer.key)
        self._connection.execute(
            insert(kept_answers).values(
                key=answer.key,
                request_hash=answer.request_hash,
                status=answer.status,
                body=answer.body,
                at=answer.at,
            )
        )

    def forget(self, key: str) -> None:
        """Frees a key."""
        self._connection.execute(delete(kept_answers).where(kept_answers.c.key == key))

    def sweep(self, before: datetime) -> int:
        """Forgets what was reserved before a moment."""
        return self._connection.execute(delete(kept_answers).where(kept_answers.c.at < before)).rowcount
