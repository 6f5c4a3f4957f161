"""Audit facts, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, insert, select

from dossiers.events import Event, EventKind
from storage.records.schema import events
from storage.records.sql_webhooks import tell_webhooks

#: Made once: making a statement costs more than the database takes to answer it.
_APPENDING: Final = insert(events)


class SqlEventLog:
    """Implements ``dossiers.ports.EventLog``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, event: Event) -> None:
        """Appends a fact, and makes a call due for every address that is told of it."""
        added = self._connection.execute(
            _APPENDING,
            {
                "kind": event.kind.value,
                "dossier_id": event.dossier_id,
                "subject_id": event.subject_id,
                "at": event.at,
                "detail": event.detail,
            },
        )
        (seq,) = added.inserted_primary_key or (0,)
        tell_webhooks(self._connection, event, seq)

    def of_dossier(self, dossier_id: str) -> Sequence[Event]:
        """Facts of a dossier in the order of appending."""
        statement = select(events).where(events.c.dossier_id == dossier_id).order_by(events.c.seq)
        return tuple(
            Event(
                kind=EventKind(row["kind"]),
                dossier_id=row["dossier_id"],
                subject_id=row["subject_id"],
                at=row["at"],
                detail=row["detail"],
            )
            for row in self._connection.execute(statement).mappings()
        )
