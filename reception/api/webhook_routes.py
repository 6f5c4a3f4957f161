"""Addresses that are called when something happens to a dossier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from dossiers.events import EventKind
from dossiers.permissions import Permission
from dossiers.webhooks import Delivery, Webhook
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_READ: Final = {"permission": Permission.DOSSIER_READ}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebhook:
    """An address, whose host is on the list of the office, and the kinds of facts that it is told of."""

    url: Annotated[str, msgspec.Meta(max_length=500)]
    kinds: Annotated[list[EventKind], msgspec.Meta(min_length=1)]
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookView:
    """An address; calls are signed with ``secret``, which is told once, with the first answer."""

    webhook_id: str
    url: str
    kinds: list[str]
    label: str
    made_at: datetime
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """A call: ``state`` is waiting, done, failed or dropped; ``outcome`` is an HTTP status or a code."""

    delivery_id: str
    kind: str
    happened_at: datetime
    state: str
    tries: int
    due_at: datetime
    outcome: str


@get("/webhooks", opt=_READ, sync_to_thread=True)
def webhooks(request: DeskRequest, desk: NamedDependency[DeskServices]) -> list[WebhookView]:
    """Lists the addresses of the own account."""
    return [_view(each) for each in desk.webhooks.all(identity_of(request))]


@post("/webhooks", opt=_READ, sync_to_thread=True, status_code=201)
def add_webhook(
    request: DeskRequest,
    data: JSONBody[NewWebhook],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[WebhookView]:
    """Adds an address to the own account; it is told of what happens from now on."""
    identity = identity_of(request)
    return answer_once(
        desk,
        identity,
        idempotency_key,
        ["webhook", data],
        lambda: _view(desk.webhooks.add(identity, data.url, data.kinds, data.label)),
        told_once=lambda view: replace(view, secret=desk.webhooks.secret(view.webhook_id)),
    )


@delete("/webhooks/{webhook_id:str}", opt=_READ, sync_to_thread=True)
def remove_webhook(
    request: DeskRequest, webhook_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> None:
    """Removes an address; calls that were not made are not made any more."""
    desk.webhooks.remove(identity_of(request), webhook_id)


@get("/webhooks/{webhook_id:str}/deliveries", opt=_READ, sync_to_thread=True)
def deliveries(
    request: DeskRequest,
    webhook_id: FromPath[str],
    desk: NamedDependency[DeskServices],
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 100,
) -> list[DeliveryView]:
    """Tells what became of the calls of an address, the newest first."""
    found = desk.webhooks.deliveries(identity_of(request), webhook_id, limit)
    return [_delivery_view(each) for each in found]


@post(
    "/webhooks/{webhook_id:str}/deliveries/{delivery_id:str}/retry",
    opt=_READ,
    sync_to_thread=True,
    status_code=200,
)
def retry_delivery(
    request: DeskRequest,
    webhook_id: FromPath[str],
    delivery_id: FromPath[str],
    desk: NamedDependency[DeskServices],
) -> DeliveryView:
    """Makes a call due once more that was given up, or now one that waits."""
    return _delivery_view(desk.webhooks.retry(identity_of(request), webhook_id, delivery_id))


def _view(webhook: Webhook) -> WebhookView:
    return WebhookView(
        webhook_id=webhook.webhook_id,
        url=webhook.url,
        kinds=sorted(webhook.kinds),
        label=webhook.label,
        made_at=webhook.made_at,
    )


def _delivery_view(delivery: Delivery) -> DeliveryView:
    return DeliveryView(
        delivery_id=delivery.delivery_id,
        kind=delivery.kind.value,
        happened_at=delivery.event_at,
        state=delivery.state.value,
        tries=delivery.tries,
        due_at=delivery.due_at,
        outcome=delivery.outcome,
    )
