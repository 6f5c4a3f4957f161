"""The description of the interface, walked: every route says its scope, its refusals, its key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from dossiers.permissions import Permission

if TYPE_CHECKING:
    from conftest import GuardedDesk

V1 = "/api/v1"
#: Values of the right shape for what is asked beside the path.
PARAMETERS = {"offset": "0", "name": "a", "words": "x", "first": "2026-11-02", "last": "2026-11-02"}


@pytest.fixture
def spec(office: GuardedDesk) -> dict[str, Any]:
    told: dict[str, Any] = office.visitor.client.get(f"{V1}/openapi.json").json()
    return told


def operations(spec: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, each) for path, item in spec["paths"].items() for method, each in item.items()]


def test_every_post_that_creates_demands_a_key(spec: dict[str, Any]) -> None:
    creating = [each for each in operations(spec) if each[1] == "post" and "201" in each[2]["responses"]]
    assert len(creating) >= 8
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
