"""Tickets of the own waiting room: taken, called, ended; no ticket carries personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from dossiers.errors import InputCode, InputError, RecordError
from dossiers.permissions import Permission
from dossiers.reports.ticket import Ticket, WaitState, wait_state
from reception.api.dossier_routes import find_dossier
from reception.api.once import IdempotencyKey, answer_once
from reception.auth.door import identity_of
from reception.frame.pages import DeskRequest
from reception.services import DeskServices

_COUNTER: Final = {"permission": Permission.DOSSIER_WRITE}
Text = Annotated[str, msgspec.Meta(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """A ticket; ``waited_seconds`` until the call, or until now; ``pressing`` from calm to over (20 min)."""

    ticket_id: str
    number: int
    taken_at: datetime
    called_at: datetime | None
    counter: str
    served_at: datetime | None
    left_at: datetime | None
    waited_seconds: int
    pressing: WaitState


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRoom:
    """The waiting room of the own branch: everybody of today, oldest first."""

    now: datetime
    waiting: int
    at_risk: int
    tickets: list[TicketView]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Which counter calls; empty: the one of this desk."""

    counter: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Who was called; null where nobody waits."""

    ticket: TicketView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """The dossier that is being taken in for a ticket."""

    dossier: Text


@get("/tickets", opt=_COUNTER, sync_to_thread=True)
def waiting_room(request: DeskRequest, desk: NamedDependency[DeskServices]) -> WaitingRoom:
    """Tells who waits in the own branch, and for how long."""
    queue = desk.tickets.queue(identity_of(request).account.branch)
    return WaitingRoom(
        now=queue.now,
        waiting=len(queue.waiting),
        at_risk=len(queue.at_risk),
        tickets=[_view(each, queue.now) for each in queue.today],
    )


@post("/tickets", opt=_COUNTER, sync_to_thread=True, status_code=201)
def take_ticket(
    request: DeskRequest, idempotency_key: IdempotencyKey, desk: NamedDependency[DeskServices]
) -> Response[TicketView]:
    """Makes the next ticket of the day in the own branch."""
    identity = identity_of(request)

    def act() -> TicketView:
        return _view(desk.tickets.take(identity.account.branch), desk.clock())

    return answer_once(desk, identity, idempotency_key, ["ticket"], act)


@post("/tickets/call", opt=_COUNTER, sync_to_thread=True, status_code=201)
def call_ticket(
    request: DeskRequest,
    data: JSONBody[Call],
    idempotency_key: IdempotencyKey,
    desk: NamedDependency[DeskServices],
) -> Response[Called]:
    """Calls who has waited longest to a counter; once for a key, so that nobody is skipped."""
    identity = identity_of(request)
    counter = data.counter or desk.counter
    if not counter.isprintable():
        raise InputError(InputCode.BAD_VALUE, "a counter is named in one line")

    def act() -> Called:
        ticket = desk.tickets.call_next(identity.account.branch, counter)
        return Called(ticket=_view(ticket, desk.clock()) if ticket else None)

    return answer_once(desk, identity, idempotency_key, ["call", counter], act)


@post("/tickets/{ticket_id:str}/served", opt=_COUNTER, sync_to_thread=True, status_code=200)
def serve_ticket(
    request: DeskRequest, ticket_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> TicketView:
    """Ends the submission of a called ticket; 409 where it was not called, or has ended."""
    return _view(desk.tickets.serve(_own(request, desk, ticket_id)), desk.clock())


@post("/tickets/{ticket_id:str}/left", opt=_COUNTER, sync_to_thread=True, status_code=200)
def leave_ticket(
    request: DeskRequest, ticket_id: FromPath[str], desk: NamedDependency[DeskServices]
) -> TicketView:
    """Notes that a waiting person has gone; 409 where nobody waits with it."""
    return _view(desk.tickets.leave(_own(request, desk, ticket_id)), desk.clock())


@post("/tickets/{ticket_id:str}/dossier", opt=_COUNTER, sync_to_thread=True, status_code=200)
def hand_in_for_ticket(
    request: DeskRequest,
    ticket_id: FromPath[str],
    data: JSONBody[HandedIn],
    desk: NamedDependency[DeskServices],
) -> TicketView:
    """Notes which dossier is being taken in for a called ticket; its receipt ends the ticket."""
    with desk.records.transaction() as work:
        found = identity_of(request).dossier(work, find_dossier(work, data.dossier).dossier_id)
    return _view(desk.tickets.hand_in(_own(request, desk, ticket_id), found.dossier_id), desk.clock())


def _own(request: DeskRequest, desk: DeskServices, ticket_id: str) -> str:
    """A ticket of today in the own branch; another one is not there."""
    today = desk.tickets.queue(identity_of(request).account.branch).today
    if ticket_id not in {each.ticket_id for each in today}:
        raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such ticket today")
    return ticket_id


def _view(ticket: Ticket, now: datetime) -> TicketView:
    waited = ticket.waited(now)
    return TicketView(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        taken_at=ticket.taken_at,
        called_at=ticket.called_at,
        counter=ticket.counter,
        served_at=ticket.served_at,
        left_at=ticket.left_at,
        waited_seconds=int(waited.total_seconds()),
        pressing=wait_state(waited),
    )
