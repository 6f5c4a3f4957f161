"""A request that creates something is done once, however often a program sends it.

The program chooses a key and sends it in ``Idempotency-Key``. The same key with the same request gets the
same answer; with another request it is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import msgspec
from litestar import Response
from litestar.params import HeaderParameter

from dossiers.errors import InputCode, InputError, RecordError
from dossiers.idempotency import KEPT_FOR, RESERVED_FOR, KeptAnswer
from dossiers.identity import Identity
from reception.services import DeskServices

#: The header, in the signature of a handler.
IdempotencyKey = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=8,
        max_length=200,
        description="Chosen by the program, new for every new act; kept for 24 hours.",
    ),
]


def answer_once(
    desk: DeskServices,
    identity: Identity,
    key: str,
    request: object,
    act: Callable[[], Any],
    *,
    told_once: Callable[[Any], Any] = lambda answer: answer,
) -> Response[Any]:
    """Does an act, or repeats the answer that it had.

    Args:
        desk: where answers are kept.
        identity: who asks.
        key: as chosen by the program.
        request: what makes the request the same: a value that JSON can hold.
        act: makes the answer; a value that JSON can hold, with no secret in it.
        told_once: what the first answer says beside it: a secret, which is never kept.

    Raises:
        InputError: KEY_USED, the key came with another request.
        RecordError: IN_PROGRESS, the same request is being answered.
    """
    kept_key = kept_key_of(identity, key)
    asked = hashlib.sha256(msgspec.json.encode(request, order="deterministic")).hexdigest()
    kept = _reserve(desk, kept_key, asked)
    if kept is not None:
        return Response(
            msgspec.Raw(kept.body.encode()), status_code=kept.status, headers={"Idempotent-Replay": "true"}
        )
    try:
        acted = act()
        body = msgspec.json.encode(acted).decode()
    except BaseException:
        with desk.records.transaction() as work:
            work.kept_answers.forget(kept_key)
        raise
    answer = KeptAnswer(key=kept_key, request_hash=asked, status=201, body=body, at=desk.clock())
    with desk.records.transaction() as work:
        work.kept_answers.put(answer)
    return Response(msgspec.Raw(msgspec.json.encode(told_once(acted))), status_code=201)


def kept_key_of(identity: Identity, key: str) -> str:
    """The key of an account: keys of different accounts never meet."""
    return hashlib.sha256(f"{identity.account.account_id}\x1f{key}".encode()).hexdigest()


def _reserve(desk: DeskServices, key: str, asked: str) -> KeptAnswer | None:
    now = desk.clock()
    with desk.records.transaction() as work:
        work.kept_answers.sweep(now - KEPT_FOR)
        kept = work.kept_answers.find(key)
        if kept is not None and kept.request_hash != asked:
            raise InputError(InputCode.KEY_USED)
        if kept is not None and not kept.is_pending:
            return kept
        if kept is not None and now - kept.at < RESERVED_FOR:
            raise RecordError(
                "IN_PROGRESS",
                vi="Yêu cầu này đang được xử lý; hãy đợi rồi hỏi lại.",
                en="this request is being answered; wait, then ask again",
            )
        fresh = KeptAnswer(key=key, request_hash=asked, status=0, body="", at=now)
        work.kept_answers.put(replace(kept, at=now) if kept else fresh)
    return None
