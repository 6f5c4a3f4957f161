"""Addresses of programs and the calls that they are due, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.events import Event
from dossiers.testing.memory_state import MemoryState, duplicate, not_found
from dossiers.webhooks import TOLD, Delivery, DeliveryState, Webhook


class MemoryWebhookRecords:
    """Implements ``dossiers.webhooks.WebhookRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, webhook: Webhook) -> None:
        """Adds an address; ``NOT_FOUND`` without its account, ``DUPLICATE`` where its id is taken."""
        if webhook.account_id not in self._state.accounts:
            raise not_found(f"account {webhook.account_id}")
        if webhook.webhook_id in self._state.webhooks:
            raise duplicate("webhook")
        self._state.webhooks[webhook.webhook_id] = webhook

    def get(self, webhook_id: str) -> Webhook:
        """Returns the address or raises ``NOT_FOUND``."""
        if webhook_id not in self._state.webhooks:
            raise not_found(f"webhook {webhook_id}")
        return self._state.webhooks[webhook_id]

    def of_account(self, account_id: str) -> Sequence[Webhook]:
        """Addresses of an account in the order of adding."""
        return tuple(each for each in self._state.webhooks.values() if each.account_id == account_id)

    def remove(self, webhook_id: str) -> None:
        """Removes an address with its calls."""
        self._state.webhooks.pop(webhook_id, None)
        for key in [key for key in self._state.deliveries if key[0] == webhook_id]:
            del self._state.deliveries[key]

    def take(self, now: datetime, until: datetime, limit: int) -> Sequence[Delivery]:
        """Takes due calls, the first open one of each address."""
        first: dict[str, Delivery] = {}
        for each in self._state.deliveries.values():
            if each.state is DeliveryState.WAITING:
                first.setdefault(each.webhook_id, each)
        due = sorted((each for each in first.values() if each.due_at <= now), key=lambda each: each.due_at)
        taken = [replace(each, due_at=until, tries=each.tries + 1) for each in due[:limit]]
        self._state.deliveries.update({(each.webhook_id, each.event_seq): each for each in taken})
        return tuple(taken)

    def settle(self, delivery: Delivery) -> None:
        """Notes what a try came to; nothing where somebody tried again since."""
        key = (delivery.webhook_id, delivery.event_seq)
        old = self._state.deliveries.get(key)
        if old is not None and old.tries == delivery.tries:
            self._state.deliveries[key] = delivery

    def deliveries(self, webhook_id: str, limit: int) -> Sequence[Delivery]:
        """Calls of an address, the newest first."""
        own = [each for each in self._state.deliveries.values() if each.webhook_id == webhook_id]
        return tuple(own[::-1][:limit])

    def find(self, webhook_id: str, delivery_id: str) -> Delivery | None:
        """Returns a call by its id."""
        found = (each for each in self._state.deliveries.values() if each.delivery_id == delivery_id)
        return next((each for each in found if each.webhook_id == webhook_id), None)

    def sweep(self, before: datetime) -> int:
        """Forgets calls that ended and whose fact was before a moment."""
        known = self._state.deliveries
        ended = [
            key
            for key, each in known.items()
            if each.state is not DeliveryState.WAITING and each.event_at < before
        ]
        for key in ended:
            del known[key]
        return len(ended)


def tell_webhooks(state: MemoryState, event: Event, seq: int) -> None:
    """Makes a call due for every address that is told of a fact."""
    if event.kind not in TOLD:
        return
    for each in state.webhooks.values():
        if event.kind in each.kinds:
            state.deliveries[each.webhook_id, seq] = Delivery(
                webhook_id=each.webhook_id,
                event_seq=seq,
                kind=event.kind,
                dossier_id=event.dossier_id,
                subject_id=event.subject_id,
                event_at=event.at,
                due_at=event.at,
            )
