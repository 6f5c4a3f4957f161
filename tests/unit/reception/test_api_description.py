"""The description of the interface, walked: every route says its scope, its refusals, its key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from dossiers.permissions import Permission
from tests.e2e.desk.visits import PROGRAMS, routes

if TYPE_CHECKING:
    from conftest import GuardedDesk

V1 = "/api/v1"
#: Values of the right shape for what is asked beside the path.
PARAMETERS = {"offset": "0", "name": "a", "words": "x", "first": "2026-11-02", "last": "2026-11-02"}
#: What people change at the desk, and where programs do the same.
ACTS = {
    "/intake/open": "POST /dossiers",
    "/intake/call": "POST /tickets/call",
    "/intake/checklist": "POST /checklist",
    "/intake/{code:str}/scan": "POST /dossiers/{code}/scans",
    "/intake/{code:str}/scan/end": "POST /dossiers/{code}/scan/end",
    "/intake/{code:str}/pages/{page_id:str}/{act:str}": "POST /dossiers/{code}/pages/{page_id}/arrangements",
    "/intake/{code:str}/slots/{key:str}": "PUT /dossiers/{code}/slots/{slot}",
    "/intake/{code:str}/reuse/{key:str}": "POST /dossiers/{code}/reuse-decisions",
    "/intake/{code:str}/consent": "POST /dossiers/{code}/consents",
    "/intake/{code:str}/undo": "POST /dossiers/{code}/arrangements/undo",
    "/intake/{code:str}/receipt": "POST /dossiers/{code}/receipt",
    "/cases/{code:str}/moves": "POST /dossiers/{code}/moves",
    "/cases/{code:str}/undo": "POST /dossiers/{code}/moves/undo",
    "/cases/{code:str}/print": "POST /dossiers/{code}/forms",
    "/cases/{code:str}/results": "POST /dossiers/{code}/results",
    "/review/document/{document_id:str}/field": "POST /documents/{document_id}/confirmations",
    "/review/document/{document_id:str}/kind": "POST /documents/{document_id}/confirmations",
    "/review/document/{document_id:str}/confirm": "POST /documents/{document_id}/confirmations",
    "/search/answers": "POST /search",
    "/search/kept": "POST /kept-searches",
    "/search/kept/forget": "POST /kept-searches/forget",
    "/tasks/page/{page_id:str}/retry": "POST /pages/{page_id}/retry",
    "/tasks/dossier/{dossier_id:str}/retry": "POST /dossiers/{code}/stuck-steps/retry",
    "/tasks/branch/{branch:str}/{act:str}": "POST /queue/{branch}/pause",
    "/tasks/batch/{batch_id:str}/{act:str}": "POST /batches/{batch_id}/pause",
    "/waiting/take": "POST /tickets",
    "/waiting/call": "POST /tickets/call",
    "/waiting/{ticket_id:str}/{act:str}": "POST /tickets/{ticket_id}/served",
    "/reports/weekly/{week:str}/count": "POST /reports/weekly/{week}",
    "/reports/weekly/{week:str}/write": "POST /reports/weekly/{week}/signature",
    "/reports/weekly/{week:str}/revise": "POST /reports/weekly/{week}/revisions",
    "/admin/accounts": "POST /accounts",
    "/admin/accounts/{name:str}": "PATCH /accounts/{name}",
    "/admin/accounts/{name:str}/password": "PUT /accounts/{name}/password",
    "/admin/catalogue/offer": "POST /catalogue/offers",
    "/admin/catalogue/keep": "POST /catalogue/lists",
    "/admin/files/{name:str}": "PUT /office/files/{name}",
    "/admin/calendar/days": "PUT /office/files/{name}",
    "/admin/tables/{table:str}": "PUT /office/files/{name}",
    "/admin/profile": "PUT /office/files/{name}",
}
#: What belongs to a browser alone: the session, the language, what a card reader typed, a held document,
#: a look at a printed form before it counts.
OF_BROWSERS = {
    "/sign-in",
    "/sign-out",
    "/confirm-again",
    "/language/{language:str}",
    "/intake/citizen",
    "/intake/card",
    "/review/document/{document_id:str}/release",
    "/admin/files/{name:str}/preview",
}


@pytest.fixture
def spec(office: GuardedDesk) -> dict[str, Any]:
    told: dict[str, Any] = office.visitor.client.get(f"{V1}/openapi.json").json()
    return told


def operations(spec: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, each) for path, item in spec["paths"].items() for method, each in item.items()]


def test_programs_do_whatever_people_change_at_the_desk(spec: dict[str, Any]) -> None:
    acts = {each.path for each in routes() if "POST" in each.methods and not each.path.startswith(PROGRAMS)}
    told = {f"{method.upper()} {path.removeprefix(V1)}" for path, method, _ in operations(spec)}
    assert acts - OF_BROWSERS == ACTS.keys()
    assert set(ACTS.values()) <= told


def test_no_address_takes_a_number_or_a_name_of_a_person(spec: dict[str, Any]) -> None:
    for path, method, operation in operations(spec):
        named = {each["name"] for each in operation.get("parameters", []) if each["in"] != "header"}
        assert not named & {"citizen", "person", "number", "owner", "owner_name", "owner_number"}, (
            method,
            path,
        )


def test_every_post_that_creates_demands_a_key(spec: dict[str, Any]) -> None:
    creating = [each for each in operations(spec) if each[1] == "post" and "201" in each[2]["responses"]]
    assert len(creating) >= 20
    for path, _, operation in creating:
        keys = [each for each in operation.get("parameters", []) if each["name"] == "Idempotency-Key"]
        assert [each["required"] for each in keys] == [True], path


def test_a_post_that_creates_is_refused_without_its_key(office: GuardedDesk, spec: dict[str, Any]) -> None:
    headers = {**office.token("hoa"), "Content-Type": "application/json"}
    for path, method, operation in operations(spec):
        if method != "post" or "201" not in operation["responses"] or "{" in path:
            continue
        office.clock.advance(5)
        answer = office.visitor.client.post(path, headers=headers, content=b"{}", params=PARAMETERS)
        assert answer.status_code in (400, 403), path
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_every_route_has_one_scope_that_exists(spec: dict[str, Any]) -> None:
    for path, method, operation in operations(spec):
        ((scope,),) = (each["token"] for each in operation["security"])
        assert scope in {each.value for each in Permission}, (method, path)


def test_every_refusal_is_a_problem_as_described(office: GuardedDesk, spec: dict[str, Any]) -> None:
    """Nobody signed in, a token without the scope, a malformed request: each on every route."""
    poor = office.token("hoa", Permission.ALL_BRANCHES)
    needed = set(spec["components"]["schemas"]["Problem"]["required"])
    for path, method, operation in operations(spec):
        assert "application/problem+json" in operation["responses"]["default"]["content"]
        assert not [status for status in operation["responses"] if status.startswith("4")], path
        place = re.sub(r"{\w+}", "x", path)
        for headers, status in (({"Authorization": "Bearer x"}, 401), (poor, 403)):
            office.clock.advance(5)
            answer = office.visitor.client.request(method, place, headers=headers, params=PARAMETERS)
            assert answer.status_code == status, (method, path, answer.text[:200])
            assert answer.headers["content-type"].startswith("application/problem+json")
            assert set(answer.json()) == needed
            assert answer.json()["status"] == status


def test_files_are_described_as_files_and_operations_by_one_name_each(spec: dict[str, Any]) -> None:
    by_name = {operation["operationId"]: operation for _, _, operation in operations(spec)}
    assert len(by_name) == len(operations(spec))
    for name in ("add_file", "put_piece", "offer_list"):
        assert list(by_name[name]["requestBody"]["content"]) == ["application/octet-stream"]
    for name, kind in (("take_in", "pdf"), ("document_pdf", "pdf"), ("dossier_zip", "zip")):
        assert list(by_name[name]["responses"]["200"]["content"]) == [f"application/{kind}"]
