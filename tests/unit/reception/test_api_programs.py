"""The interface: calls, tokens, batches, figures, paging, as programs of two branches see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from httpx import Response

from dossiers.batches import Batch, BatchState
from dossiers.permissions import Role
from dossiers.search import Hit
from reception.api.search_routes import whole_dossiers

if TYPE_CHECKING:
    from conftest import GuardedDesk

V1 = "/api/v1"
URL = "https://nghe.example.vn/nghe"


class Program:
    def __init__(self, office: GuardedDesk, name: str) -> None:
        self.office, self.headers = office, office.token(name)

    def ask(self, method: str, path: str, key: str = "", **more: Any) -> Response:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.office.visitor.client.request(method, V1 + path, headers=headers, **more)


@pytest.fixture
def hoa(office: GuardedDesk) -> Program:
    return Program(office, "hoa")


def test_an_address_is_added_once_and_its_secret_is_told_again_to_nobody(
    office: GuardedDesk, hoa: Program
) -> None:
    body = {"url": URL, "kinds": ["dossier_filed"], "label": "Cổng"}
    first, again = (hoa.ask("POST", "/webhooks", "webhook-key-1", json=body) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert len(first.json()["secret"]) == 64
    assert again.json() == {**first.json(), "secret": None}
    place = f"/webhooks/{first.json()['webhook_id']}"
    assert [each["secret"] for each in hoa.ask("GET", "/webhooks").json()] == [None]
    assert hoa.ask("GET", f"{place}/deliveries").json() == []
    other = Program(office, "other")
    assert other.ask("GET", "/webhooks").json() == []
    for method, path in (("GET", f"{place}/deliveries"), ("DELETE", place)):
        assert other.ask(method, path).status_code == 404
    assert hoa.ask("DELETE", place).status_code == 204
    assert hoa.ask("GET", "/webhooks").json() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"url": "https://169.254.169.254/"}, "BAD_ADDRESS"),
        ({"url": "http://nghe.example.vn/"}, "BAD_ADDRESS"),
        ({"kinds": ["page_read"]}, "BAD_VALUE"),
        ({"kinds": []}, "BAD_REQUEST"),
        ({"label": "a\u202eb"}, "BAD_VALUE"),
    ],
)
def test_a_wrong_address_is_refused(hoa: Program, change: dict[str, object], code: str) -> None:
    body = {"url": URL, "kinds": ["dossier_filed"], "label": "Cổng"} | change
    assert hoa.ask("POST", "/webhooks", "wrong-webhook", json=body).json()["code"] == code


def test_a_token_is_made_by_a_person_and_told_once(guarded: GuardedDesk) -> None:
    guarded.add("an", Role.ADMINISTRATOR)
    guarded.add("hoa", Role.CLERK)
    guarded.visitor.sign_in("an")
    headers = {"X-CSRF-Token": guarded.visitor.token(), "Idempotency-Key": "token-key-1"}
    body = {"label": "Cổng", "scopes": ["search"], "days": 3}
    path = f"{V1}/accounts/hoa/tokens"
    first, again = (guarded.visitor.client.post(path, json=body, headers=headers) for _ in range(2))
    secret = first.json()["secret"]
    assert again.json() == {**first.json(), "secret": None}
    bearer = {"Authorization": f"Bearer {secret}"}
    client = guarded.another_visitor().client
    me = client.get(f"{V1}/me", headers=bearer)
    assert (me.status_code, me.json()["code"]) == (403, "NOT_ALLOWED")  # this scope alone
    assert client.post(f"{V1}/accounts/hoa/tokens", json=body, headers=headers | bearer).status_code == 403
    gone = guarded.visitor.client.delete(f"{path}/{first.json()['token_id']}", headers=headers)
    assert gone.status_code == 204
    assert client.post(f"{V1}/search", json={"person": "a"}, headers=bearer).status_code == 401


def test_batches_are_seen_paused_and_resumed_in_the_own_branches_only(office: GuardedDesk) -> None:
    office.add("lan", Role.BACK_OFFICE)
    lan, other = Program(office, "lan"), Program(office, "chief")
    batches = replace(office.services.batches, records=office.services.records)
    opened = lan.ask("POST", "/dossiers", "batch-dossier", json={"procedure": "1.001193", "owner_name": "A"})
    with office.services.records.transaction() as work:
        dossier = work.dossiers.by_code(opened.json()["code"])
    assert dossier is not None
    batches.join("b1", "H29.119", "Hộp 12", dossier.dossier_id)
    assert [each["name"] for each in lan.ask("GET", "/batches").json()] == ["Hộp 12"]
    assert Program(office, "other").ask("GET", "/batches").json() == []
    assert other.ask("GET", "/batches/b1").status_code == 200  # chief sees every branch
    assert Program(office, "other").ask("GET", "/batches/b1").status_code == 404
    assert Program(office, "hoa").ask("POST", "/batches/b1/pause").status_code == 403
    assert lan.ask("POST", "/batches/b1/pause").json()["state"] == BatchState.DONE  # no page waits
    assert batches.get("b1").paused_by
    assert lan.ask("POST", "/batches/b1/resume").status_code == 200
    assert batches.get("b1").paused_at is None


def test_the_screen_of_tasks_shows_and_pauses_batches_of_the_own_branches(guarded: GuardedDesk) -> None:
    guarded.add("lan", Role.BACK_OFFICE)
    guarded.visitor.sign_in("lan")
    with guarded.services.records.transaction() as work:
        for batch_id, branch, name in (("b1", "H29.119", "<b>Hộp 12</b>"), ("b2", "H29.120", "Hộp 13")):
            work.batches.add(Batch(batch_id=batch_id, branch=branch, name=name, made_at=guarded.clock()))
    shown = guarded.visitor.client.get("/tasks").text
    assert "&lt;b&gt;Hộp 12" in shown
    assert "Hộp 13" not in shown
    assert guarded.visitor.post("/tasks/batch/b1/pause").status_code == 303
    assert "/tasks/batch/b1/resume" in guarded.visitor.client.get("/tasks").text
    for path in ("b2/pause", "b9/pause", "b1/burn"):
        assert guarded.visitor.post(f"/tasks/batch/{path}").status_code == 404, path
    assert guarded.services.batches.get("b2").paused_at is None


def test_figures_are_of_the_own_branches(office: GuardedDesk) -> None:
    office.add("sep", Role.MANAGER)
    manager = Program(office, "sep")
    days = {"first": "2026-01-01", "last": "2026-01-02"}
    told = manager.ask("GET", "/reports/figures", params=days).json()
    assert told["unit"] == "H29.119"
    assert told["rates"]["reuse"] == {"numerator": 0, "denominator": 0, "percent": None}
    refused = manager.ask("GET", "/reports/figures", params=days | {"branch": "H26.7"})
    assert refused.json()["code"] == "BAD_AGENCY_CODE"
    assert manager.ask("GET", "/reports/figures", params={**days, "last": "2030-01-01"}).status_code == 400
    week = "/reports/weekly/2026-W02"
    drafted = manager.ask("POST", week, "weekly-key-1").json()
    written = {"version": drafted["version"], "difficulties": "Không", "proposals": "Không"}
    assert manager.ask("PUT", week, json=written).json()["difficulties"] == "Không"
    assert manager.ask("PUT", week, json=written).status_code == 409


def _hits(text: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(dossier_id=each, dossier_code=each, document_id=None, type_id=None, page_number=None, snippet="")
        for each in text
    )


@pytest.mark.parametrize(
    ("hits", "limit", "expected"),
    [("aabb", 4, "aabb"), ("aabbb", 4, "aa"), ("aabbc", 4, "aabb"), ("aaaaa", 4, "aaaa"), ("", 4, "")],
)
def test_a_page_of_answers_ends_between_dossiers(hits: str, limit: int, expected: Sequence[str]) -> None:
    assert "".join(each.dossier_id for each in whole_dossiers(_hits(hits), limit)) == expected


def test_a_search_goes_on_behind_the_last_answer(hoa: Program) -> None:
    for number in range(3):
        body = {"procedure": "1.001193", "owner_name": "A"}
        hoa.ask("POST", "/dossiers", f"paging-{number}-key", json=body)
    asked = {"procedure": "1.001193", "limit": 2}
    whole = [each["dossier"] for each in hoa.ask("POST", "/search", json=asked | {"limit": 200}).json()]
    seen: list[str] = []
    while page := hoa.ask("POST", "/search", json=asked | ({"after": seen[-1]} if seen else {})).json():
        seen += [each["dossier"] for each in page]
    assert seen == whole
    assert len(seen) >= 3
    foreign = Program(hoa.office, "other").ask("POST", "/search", json=asked | {"after": seen[0]})
    assert foreign.status_code == 404
