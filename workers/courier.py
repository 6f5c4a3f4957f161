"""Calls programs of what happened: signed, in order, until they answer.

Rule: a try is counted before it is made and settled after it, so a call that is cut off is made once more;
programs know it again by its id.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from dossiers.errors import InputError, RecordError, SohoaError
from dossiers.identity import Identity, Inherited, nothing_inherited
from dossiers.local_time import day_in_vietnam
from dossiers.permissions import Permission
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.webhooks import TAKEN_FOR, Delivery, DeliveryState, Messenger, Webhook, WebhookKeys

#: Calls that are taken at a time, and made in one step: a step ends so that a stop is heard.
_TAKEN: Final = 4
_MOST_A_STEP: Final = 40
#: Calls that ended are shown so long.
_KEPT: Final = timedelta(days=7)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    webhook: Webhook
    delivery: Delivery
    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Makes due calls; several couriers may work at the same time.

    Attributes:
        records: where calls are.
        messenger: sends them.
        keys: what they are signed with.
        clock: tells the time.
        inherited: tells whose dossiers came to the agency of an account.
    """

    records: RecordStore
    messenger: Messenger
    keys: WebhookKeys
    clock: Clock
    inherited: Inherited = nothing_inherited

    def step(self) -> int:
        """Makes what is due; returns how many calls it began.

        Raises:
            ResourceError: the records are away.
        """
        begun = 0
        while begun < _MOST_A_STEP and (calls := self._take()):
            for call in calls:
                self._settle(self._made(call))
            begun += len(calls)
        return begun

    def _take(self) -> list[_Call]:
        now = self.clock()
        with self.records.transaction() as work:
            taken = work.webhooks.take(now, now + TAKEN_FOR, _TAKEN)
            if taken:
                work.webhooks.sweep(now - _KEPT)
            calls = []
            for each in taken:
                webhook = work.webhooks.get(each.webhook_id)
                account = work.accounts.get(webhook.account_id)
                who = Identity(
                    account=account,
                    permissions=account.permissions,
                    key="",
                    is_program=True,
                    confirmed_at=now,
                    inherited=tuple(self.inherited(account.branch, day_in_vietnam(now))),
                )
                calls.append(_Call(webhook=webhook, delivery=each, code=_seen_code(work, who, each)))
        return calls

    def _made(self, call: _Call) -> Delivery:
        delivery, now = call.delivery, self.clock()
        if call.code is None:
            return replace(delivery, state=DeliveryState.DROPPED, outcome="NOT_SEEN")
        try:
            body = delivery.body(call.code)
            headers = signed(self.keys.secret(delivery.webhook_id), body, now, delivery.delivery_id)
            status = self.messenger.post(call.webhook.url, body, headers)
        except SohoaError as error:
            _log.info("call %s: %s", delivery.delivery_id, error.code)
            is_for_good = isinstance(error, InputError)
            return _failed(delivery, error.code, now, is_for_good=is_for_good)
        if 200 <= status < 300:
            return replace(delivery, state=DeliveryState.DONE, outcome=str(status))
        return _failed(delivery, str(status), now, is_for_good=False)

    def _settle(self, delivery: Delivery) -> None:
        with self.records.transaction() as work:
            work.webhooks.settle(delivery)


def _seen_code(work: UnitOfWork, who: Identity, delivery: Delivery) -> str | None:
    """The code of the dossier, where the account may read it."""
    if Permission.DOSSIER_READ not in who.permissions:
        return None
    try:
        return who.dossier(work, delivery.dossier_id).code
    except (RecordError, InputError):  # another branch's, gone, or of a code that nobody can read
        return None


def signed(secret: str, body: bytes, now: datetime, delivery_id: str) -> dict[str, str]:
    """The headers of a call: ``Sohoa-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hex>``."""
    moment = str(int(now.timestamp()))
    mark = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Sohoa",
        "Sohoa-Delivery": delivery_id,
        "Sohoa-Signature": f"t={moment},v1={mark}",
    }


def _failed(delivery: Delivery, outcome: str, now: datetime, *, is_for_good: bool) -> Delivery:
    again = None if is_for_good else delivery.next_try(now)
    if again is None:
        return replace(delivery, state=DeliveryState.FAILED, outcome=outcome)
    return replace(delivery, due_at=again, outcome=outcome)
