"""What a program does with the addresses that are called."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace

from dossiers.accounts import shown_name
from dossiers.errors import InputCode, InputError, RecordError
from dossiers.events import EventKind
from dossiers.identity import Identity
from dossiers.permissions import Permission
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.webhooks import (
    MOST_WEBHOOKS,
    TOLD,
    Delivery,
    DeliveryState,
    Messenger,
    Webhook,
    WebhookKeys,
)

_ID_BYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDesk:
    """The use cases; an address of another account is not there."""

    records: RecordStore
    messenger: Messenger
    keys: WebhookKeys
    clock: Clock

    def add(self, identity: Identity, url: str, kinds: Collection[EventKind], label: str) -> Webhook:
        """Adds an address of the own account.

        Raises:
            AccessDenied: NOT_ALLOWED, it may not read dossiers.
            InputError: BAD_ADDRESS; BAD_VALUE, no kind or one that is not told; LIMIT_EXCEEDED.
        """
        identity.require(Permission.DOSSIER_READ)
        self.messenger.check(url)
        if not kinds or not set(kinds) <= set(TOLD):
            raise InputError(InputCode.BAD_VALUE, f"kinds: some of {' '.join(TOLD)}")
        webhook = Webhook(
            webhook_id=secrets.token_hex(_ID_BYTES),
            account_id=identity.account.account_id,
            url=url,
            kinds=frozenset(kinds),
            label=shown_name(label),
            made_at=self.clock(),
        )
        with self.records.transaction() as work:
            if len(work.webhooks.of_account(webhook.account_id)) >= MOST_WEBHOOKS:
                raise InputError(InputCode.LIMIT_EXCEEDED, f"at most {MOST_WEBHOOKS} addresses")
            work.webhooks.add(webhook)
        return webhook

    def secret(self, webhook_id: str) -> str:
        """What calls to an address are signed with."""
        return self.keys.secret(webhook_id)

    def all(self, identity: Identity) -> tuple[Webhook, ...]:
        """Addresses of the own account."""
        with self.records.transaction() as work:
            return tuple(work.webhooks.of_account(identity.account.account_id))

    def remove(self, identity: Identity, webhook_id: str) -> None:
        """Removes an address; ``NOT_FOUND`` without it."""
        with self.records.transaction() as work:
            work.webhooks.remove(_own(work, identity, webhook_id).webhook_id)

    def deliveries(self, identity: Identity, webhook_id: str, limit: int) -> tuple[Delivery, ...]:
        """Calls of an address, the newest first; ``NOT_FOUND`` without it."""
        with self.records.transaction() as work:
            return tuple(work.webhooks.deliveries(_own(work, identity, webhook_id).webhook_id, limit))

    def retry(self, identity: Identity, webhook_id: str, delivery_id: str) -> Delivery:
        """Makes a call due once more that was given up or waits; ``NOT_FOUND`` without it."""
        with self.records.transaction() as work:
            webhook = _own(work, identity, webhook_id)
            found = work.webhooks.find(webhook.webhook_id, delivery_id)
            if found is None:
                raise not_found()
            again = replace(found, state=DeliveryState.WAITING, due_at=self.clock())
            work.webhooks.settle(again)
        return again


def _own(work: UnitOfWork, identity: Identity, webhook_id: str) -> Webhook:
    webhook = work.webhooks.get(webhook_id)
    if webhook.account_id != identity.account.account_id:
        raise not_found()
    return webhook


def not_found() -> RecordError:
    """There is no such address or call."""
    return RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such record")
