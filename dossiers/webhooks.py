"""Calls to programs when something happens to a dossier: who is called, of what, and what became of it.

Rules: a call says which dossier and what happened, never whose dossier it is; the program asks the interface
for more, within its rights. Calls of one address go out in the order of what happened, each until it was
answered or is too old. What is to be told is noted in the transaction of the fact itself, so nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from dossiers.events import EventKind

#: Facts that programs may be told of.
TOLD: Final = (
    EventKind.DOSSIER_OPENED,
    EventKind.FILE_REFUSED,
    EventKind.PAGE_QUARANTINED,
    EventKind.DOSSIER_FILED,
    EventKind.DOCUMENT_CONFIRMED,
    EventKind.CASE_MOVED,
    EventKind.RESULT_RECORDED,
    EventKind.RESULT_REVOKED,
)
#: Most addresses of one account.
MOST_WEBHOOKS: Final = 20
#: A call that was not answered for so long after the fact is given up.
GIVEN_UP_AFTER: Final = timedelta(days=3)
#: Whoever takes a call has so long to make it before another takes it.
TAKEN_FOR: Final = timedelta(minutes=1)
_PAUSES: Final = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 3600))


class DeliveryState(StrEnum):
    """What became of a call."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"  # given up
    DROPPED = "dropped"  # its account may not see the dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that is called.

    Attributes:
        webhook_id: stable id.
        account_id: whose it is: it is told of what this account may see.
        url: where; its host is on the list of the settings.
        kinds: facts that it is told of, a part of ``TOLD``.
        label: what it is for.
        made_at: UTC; earlier facts are not told.
    """

    webhook_id: str
    account_id: str
    url: str
    kinds: frozenset[EventKind]
    label: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One call.

    Attributes:
        webhook_id: who is called.
        event_seq: number of the fact; later facts have higher ones.
        kind: the fact.
        dossier_id: the dossier.
        subject_id: page, document or result.
        event_at: when it happened, UTC.
        due_at: UTC; not before.
        tries: how often it was begun.
        state: what became of it.
        outcome: of the last try: an HTTP status or a stable code; empty before the first.
    """

    webhook_id: str
    event_seq: int
    kind: EventKind
    dossier_id: str
    subject_id: str
    event_at: datetime
    due_at: datetime
    tries: int = 0
    state: DeliveryState = DeliveryState.WAITING
    outcome: str = ""

    @property
    def delivery_id(self) -> str:
        """The same for every try: by it the program knows what it has been told already."""
        return f"{self.event_seq}-{self.webhook_id}"

    def body(self, code: str) -> bytes:
        """What is sent: ids, a kind and a moment; nothing of a person.

        Args:
            code: the dossier's.
        """
        told = {
            "id": self.delivery_id,
            "kind": self.kind.value,
            "dossier": code,
            "subject": self.subject_id,
            "at": self.event_at.isoformat(),
        }
        return json.dumps(told, separators=(",", ":")).encode()

    def next_try(self, now: datetime) -> datetime | None:
        """When to try again after a failure; ``None`` where it is given up."""
        if now - self.event_at >= GIVEN_UP_AFTER:
            return None
        return now + _PAUSES[min(self.tries, len(_PAUSES)) - 1]


class WebhookRecords(Protocol):
    """Addresses and calls; part of ``dossiers.ports.UnitOfWork``.

    ``EventLog.append`` makes a call due for every address that is told of the fact.
    """

    def add(self, webhook: Webhook) -> None:
        """Adds an address; ``NOT_FOUND`` without its account, ``DUPLICATE`` where its id is taken."""
        ...

    def get(self, webhook_id: str) -> Webhook:
        """Returns the address or raises ``RecordError`` ``NOT_FOUND``."""
        ...

    def of_account(self, account_id: str) -> Sequence[Webhook]:
        """Addresses of an account in the order of adding."""
        ...

    def remove(self, webhook_id: str) -> None:
        """Removes an address with its calls; one that is gone is no error."""
        ...

    def take(self, now: datetime, until: datetime, limit: int) -> Sequence[Delivery]:
        """Takes due calls, the first open one of each address; they are not due before ``until`` again.

        Each counts one try more.
        """
        ...

    def settle(self, delivery: Delivery) -> None:
        """Notes state, moment and outcome of a try; nothing where somebody tried again since."""
        ...

    def deliveries(self, webhook_id: str, limit: int) -> Sequence[Delivery]:
        """Calls of an address, the newest first."""
        ...

    def find(self, webhook_id: str, delivery_id: str) -> Delivery | None:
        """Returns a call by its id."""
        ...

    def sweep(self, before: datetime) -> int:
        """Forgets calls that ended and whose fact was before a moment; returns how many."""
        ...


class Messenger(Protocol):
    """Sends a call."""

    def check(self, url: str) -> None:
        """Refuses an address that may never be called.

        Raises:
            InputError: BAD_ADDRESS.
        """
        ...

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """Sends a body and returns the HTTP status; redirects are not followed.

        Raises:
            InputError: BAD_ADDRESS, also where the name now leads to an address of an inner network.
            ResourceError: CALL_FAILED, no answer.
        """
        ...


class WebhookKeys(Protocol):
    """Secrets of addresses, made of a key that is not in the records."""

    def secret(self, webhook_id: str) -> str:
        """The secret of an address: 64 hex digits, the same every time."""
        ...
