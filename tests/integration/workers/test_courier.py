"""Calls to programs, to a real HTTP server: signed, in order, again until they are answered."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dossiers.accounts import Account
from dossiers.dossier import Dossier
from dossiers.events import Event, EventKind
from dossiers.permissions import Role
from dossiers.ports import RecordStore
from dossiers.testing import FixedClock
from dossiers.webhooks import Delivery, Webhook
from storage.calls.allowed import AllowedHosts
from storage.calls.http_messenger import HttpMessenger
from storage.keys.webhook_keys import FileWebhookKeys
from storage.records.sqlite_store import open_sqlite
from workers.courier import Courier

OWNER = "Nguyễn Thị Hoà"


@dataclass
class Program:
    """Somebody's program; it answers what ``statuses`` says, then 204."""

    statuses: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def dossiers(self) -> list[str]:
        return [json.loads(body)["dossier"] for _, body in self.heard]


@pytest.fixture
def program() -> Iterator[Program]:
    told = Program()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.heard.append((dict(self.headers), body))
            self.send_response(told.statuses.pop(0) if told.statuses else 204)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass(frozen=True)
class Office:
    records: RecordStore
    clock: FixedClock
    courier: Courier
    keys: FileWebhookKeys

    def file(self, number: int, branch: str = "H29.119") -> None:
        dossier_id = f"d-{branch}-{number}"
        with self.records.transaction() as work:
            dossier = Dossier(
                dossier_id=dossier_id,
                code=f"{branch}-261128-{number:04}",
                intake_key=dossier_id,
                procedure_code=None,
                citizen_number="003195500150",
                title=OWNER,
                opened_at=self.clock(),
            )
            work.dossiers.add(dossier)
            filed = Event(
                kind=EventKind.DOSSIER_FILED, dossier_id=dossier_id, subject_id="s", at=self.clock()
            )
            work.events.append(replace(filed, kind=EventKind.PAGE_READ))
            work.events.append(filed)

    def calls(self) -> list[Delivery]:
        with self.records.transaction() as work:
            return list(work.webhooks.deliveries("w1", 9))[::-1]


@pytest.fixture
def office(program: Program, tmp_path: Path) -> Iterator[Office]:
    clock = FixedClock(datetime.now(UTC))
    records = open_sqlite(tmp_path / "records.sqlite3")
    keys = FileWebhookKeys(tmp_path / "webhooks.key")
    hosts = AllowedHosts.parse([f"localhost:{program.port}"], ["127.0.0.0/8", "::1/128"])
    courier = Courier(records=records, messenger=HttpMessenger(hosts), keys=keys, clock=clock)
    with records.transaction() as work:
        account = Account(
            account_id="a1",
            name="cong",
            shown_name="Cổng",
            role=Role.CLERK,
            branch="H29",
            created_at=clock(),
        )
        work.accounts.add(account, "hash")
        work.webhooks.add(
            Webhook(
                webhook_id="w1",
                account_id="a1",
                url=f"http://localhost:{program.port}/nghe",
                kinds=frozenset({EventKind.DOSSIER_FILED}),
                label="Cổng",
                made_at=clock(),
            )
        )
    yield Office(records, clock, courier, keys)
    records.close()


def test_a_call_is_signed_and_holds_nothing_of_a_person(office: Office, program: Program) -> None:
    office.file(1)
    assert office.courier.step() == 1
    ((headers, body),) = program.heard
    assert set(json.loads(body)) == {"id", "kind", "dossier", "subject", "at"}
    assert OWNER not in body.decode()
    assert "003195500150" not in body.decode()
    moment, mark = (each.partition("=")[2] for each in headers["Sohoa-Signature"].split(","))
    secret = office.keys.secret("w1").encode()
    assert mark == hmac.new(secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert office.calls()[0].outcome == "204"
    assert office.courier.step() == 0
    assert len(program.heard) == 1


def test_a_host_with_an_address_that_leads_nowhere_is_called_at_its_next_one(
    office: Office, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def both(host: str, port: int, *more: Any, **named: Any) -> list[Any]:
        if host != "localhost":
            return real(host, port, *more, **named)
        kind = (socket.SOCK_STREAM, 6, "")
        return [(socket.AF_INET6, *kind, ("::1", port, 0, 0)), (socket.AF_INET, *kind, ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    office.file(1)
    office.courier.step()
    assert program.dossiers == ["H29.119-261128-0001"]


def test_calls_wait_for_the_first_one_and_keep_their_order(office: Office, program: Program) -> None:
    program.statuses += [500, 302]
    for number in (1, 2, 3):
        office.file(number)
    office.courier.step()
    assert program.dossiers == ["H29.119-261128-0001"]
    for _ in range(2):
        office.clock.advance(120)
        office.courier.step()
    assert [each[-1] for each in program.dossiers] == ["1", "1", "1", "2", "3"]
    assert len({headers["Sohoa-Delivery"] for headers, _ in program.heard[:3]}) == 1
    assert [each.state for each in office.calls()] == ["done", "done", "done"]


def test_a_program_that_is_away_for_days_is_given_up_and_the_next_call_is_made(
    office: Office, program: Program
) -> None:
    office.file(1)
    program.statuses += [503]
    office.courier.step()
    office.clock.advance(timedelta(days=3).total_seconds())
    office.file(2)
    program.statuses += [503]
    office.courier.step()
    assert [(each.state, each.outcome) for each in office.calls()] == [("failed", "503"), ("done", "204")]


def test_what_the_account_may_not_see_is_not_told(office: Office, program: Program) -> None:
    office.file(1, branch="H30.101")
    office.file(2)
    with office.records.transaction() as work:
        account = work.accounts.get("a1")
    office.courier.step()
    assert program.dossiers == ["H29.119-261128-0002"]
    assert office.calls()[0].state == "dropped"
    with office.records.transaction() as work:
        work.accounts.save(replace(account, is_disabled=True))
    office.file(3)
    office.courier.step()
    assert len(program.heard) == 1


def test_nothing_is_told_of_what_was_undone(office: Office, program: Program) -> None:
    class UndoError(Exception):
        pass

    def undone() -> None:
        event = Event(kind=EventKind.DOSSIER_FILED, dossier_id="d", subject_id="s", at=office.clock())
        with office.records.transaction() as work:
            work.events.append(event)
            raise UndoError

    with pytest.raises(UndoError):
        undone()
    assert office.courier.step() == 0
