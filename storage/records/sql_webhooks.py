"""Addresses of programs and the calls that they are due, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, literal, select, update

from dossiers.events import Event, EventKind
from dossiers.webhooks import TOLD, Delivery, DeliveryState, Webhook
from storage.records.program_schema import webhook_deliveries as calls
from storage.records.program_schema import webhooks
from storage.records.trouble import not_found

_WAITING = DeliveryState.WAITING.value


class SqlWebhookRecords:
    """Implements ``dossiers.webhooks.WebhookRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, webhook: Webhook) -> None:
        """Adds an address; ``NOT_FOUND`` without its account, ``DUPLICATE`` where its id is taken."""
        self._connection.execute(
            insert(webhooks).values(
                webhook_id=webhook.webhook_id,
                account_id=webhook.account_id,
                url=webhook.url,
                kinds=f",{','.join(sorted(webhook.kinds))},",
                label=webhook.label,
                made_at=webhook.made_at,
            )
        )

    def get(self, webhook_id: str) -> Webhook:
        """Returns the address or raises ``NOT_FOUND``."""
        statement = select(webhooks).where(webhooks.c.webhook_id == webhook_id)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            raise not_found(f"webhook {webhook_id}")
        return _webhook(row)

    def of_account(self, account_id: str) -> Sequence[Webhook]:
        """Addresses of an account in the order of adding."""
        statement = select(webhooks).where(webhooks.c.account_id == account_id).order_by(webhooks.c.seq)
        return tuple(_webhook(row) for row in self._connection.execute(statement).mappings())

    def remove(self, webhook_id: str) -> None:
        """Removes an address with its calls."""
        self._connection.execute(delete(calls).where(calls.c.webhook_id == webhook_id))
        self._connection.execute(delete(webhooks).where(webhooks.c.webhook_id == webhook_id))

    def take(self, now: datetime, until: datetime, limit: int) -> Sequence[Delivery]:
        """Takes due calls, the first open one of each address."""
        first = (
            select(calls.c.webhook_id, func.min(calls.c.event_seq).label("event_seq"))
            .where(calls.c.state == _WAITING)
            .group_by(calls.c.webhook_id)
            .subquery()
        )
        same = (calls.c.webhook_id == first.c.webhook_id) & (calls.c.event_seq == first.c.event_seq)
        due = select(calls).join(first, same).where(calls.c.due_at <= now).order_by(calls.c.due_at)
        rows = self._connection.execute(due.limit(limit)).mappings().all()
        taken = (self._take(_delivery(row), until) for row in rows)
        return tuple(each for each in taken if each is not None)

    def settle(self, delivery: Delivery) -> None:
        """Notes what a try came to; nothing where somebody tried again since."""
        same = (
            calls.c.webhook_id == delivery.webhook_id,
            calls.c.event_seq == delivery.event_seq,
            calls.c.tries == delivery.tries,
        )
        values = {"due_at": delivery.due_at, "state": delivery.state.value, "outcome": delivery.outcome}
        self._connection.execute(update(calls).where(*same).values(**values))

    def deliveries(self, webhook_id: str, limit: int) -> Sequence[Delivery]:
        """Calls of an address, the newest first."""
        own = select(calls).where(calls.c.webhook_id == webhook_id)
        statement = own.order_by(calls.c.event_seq.desc()).limit(limit)
        return tuple(_delivery(row) for row in self._connection.execute(statement).mappings())

    def find(self, webhook_id: str, delivery_id: str) -> Delivery | None:
        """Returns a call by its id."""
        number = delivery_id.partition("-")[0]
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            return None
        same = (calls.c.webhook_id == webhook_id, calls.c.event_seq == int(number))
        row = self._connection.execute(select(calls).where(*same)).mappings().first()
        return _delivery(row) if row is not None else None

    def sweep(self, before: datetime) -> int:
        """Forgets calls that ended and whose fact was before a moment."""
        ended = (calls.c.state != _WAITING, calls.c.event_at < before)
        return self._connection.execute(delete(calls).where(*ended)).rowcount

    def _take(self, found: Delivery, until: datetime) -> Delivery | None:
        statement = (
            update(calls)
            .where(
                calls.c.webhook_id == found.webhook_id,
                calls.c.event_seq == found.event_seq,
                calls.c.tries == found.tries,
                calls.c.state == _WAITING,
            )
            .values(due_at=until, tries=found.tries + 1)
            .returning(*calls.c)
        )
        row = self._connection.execute(statement).mappings().first()
        return _delivery(row) if row is not None else None


def tell_webhooks(connection: Connection, event: Event, seq: int) -> None:
    """Makes a call due for every address that is told of a fact, within the fact's own transaction."""
    if event.kind not in TOLD:
        return
    values = {
        "event_seq": seq,
        "kind": event.kind.value,
        "dossier_id": event.dossier_id,
        "subject_id": event.subject_id,
        "event_at": event.at,
        "due_at": event.at,
        "tries": 0,
        "state": _WAITING,
        "outcome": "",
    }
    told = select(
        webhooks.c.webhook_id, *(literal(value, calls.c[name].type) for name, value in values.items())
    ).where(webhooks.c.kinds.contains(f",{event.kind.value},", autoescape=True))
    connection.execute(insert(calls).from_select(["webhook_id", *values], told))


def _webhook(row: RowMapping) -> Webhook:
    return Webhook(
        webhook_id=row["webhook_id"],
        account_id=row["account_id"],
        url=row["url"],
        kinds=frozenset(EventKind(each) for each in row["kinds"].split(",") if each),
        label=row["label"],
        made_at=row["made_at"],
    )


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        webhook_id=row["webhook_id"],
        event_seq=row["event_seq"],
        kind=EventKind(row["kind"]),
        dossier_id=row["dossier_id"],
        subject_id=row["subject_id"],
        event_at=row["event_at"],
        due_at=row["due_at"],
        tries=row["tries"],
        state=DeliveryState(row["state"]),
        outcome=row["outcome"],
    )
