"""Cases by programs: what the command line does to a dossier, with its forms and the register."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dossiers.codes.dossier_code import DossierCode
from dossiers.permissions import Permission
from sohoa.clock import utc_now

from .test_api import Program

if TYPE_CHECKING:
    from conftest import GuardedDesk

#: Invented: province code 003 is assigned to nobody.
OWNER, BEARER = "003195500207", "003195500215"
NAME = "Nguyễn Thị <b>Hoà"


@pytest.fixture
def hoa(office: GuardedDesk) -> Program:
    return Program(office, office.token("hoa"))


@pytest.fixture
def other(office: GuardedDesk) -> Program:
    return Program(office, office.token("other"))


def _opened(program: Program, key: str, **more: str) -> str:
    body = {"procedure": "1.001193", "owner_name": NAME, "owner_number": OWNER, **more}
    answer = program.ask("POST", "/dossiers", key, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def _taken_in(program: Program, key: str) -> str:
    code = _opened(program, key)
    program.ask("POST", f"/dossiers/{code}/receipt", params={"incomplete": "true"})
    return code


def _pdf(program: Program, code: str, form: dict[str, Any]) -> bytes:
    answer = program.ask("GET", f"/dossiers/{code}/forms/{form['key']}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.content


def test_papers_are_asked_for_once_come_and_the_case_goes_to_its_end(hoa: Program) -> None:
    code = _taken_in(hoa, "case-walk")
    place = f"/dossiers/{code}/moves"
    asked = {"action": "request_supplement", "items": ["Giấy chứng sinh"], "reason": "Thiếu"}
    first, again = (hoa.ask("POST", place, "case-walk-ask", json=asked) for _ in range(2))
    assert first.status_code == again.status_code == 201, first.text
    assert first.json() == again.json()
    told = first.json()
    assert (told["case"]["state"], told["form"]["form"]) == ("supplement_requested", "supplement_request")
    assert told["case"]["stopped_at"]
    assert _pdf(hoa, code, told["form"]).startswith(b"%PDF")
    for action, state in (
        ("receive_supplement", "received"),
        ("process", "processing"),
        ("finish", "done"),
        ("return", "returned"),
    ):
        moved = hoa.ask("POST", place, f"case-walk-{action}", json={"action": action}).json()
        assert (moved["case"]["state"], moved["form"]) == (state, None)
    case = hoa.ask("GET", f"/dossiers/{code}/case").json()
    assert [each["action"] for each in case["steps"]] == [
        "open",
        "accept",
        "request_supplement",
        "receive_supplement",
        "process",
        "finish",
        "return",
    ]
    assert {each["by"] for each in case["steps"]} == {"hoa"}
    assert case["supplements"][0]["received_at"]
    assert (case["moves"], case["undo"]) == ([], "")
    assert OWNER not in str(case)


def test_what_a_rule_forbids_changes_nothing_and_says_why(hoa: Program) -> None:
    code = _taken_in(hoa, "case-rules")
    place = f"/dossiers/{code}/moves"
    seen = hoa.ask("GET", f"/dossiers/{code}/case").json()["version"]
    for number, (body, status, why) in enumerate(
        (
            ({"action": "refuse"}, 409, "NO_REASON"),
            ({"action": "accept"}, 400, "BAD_VALUE"),
            ({"action": "return"}, 409, "ILLEGAL_MOVE"),
            ({"action": "burn"}, 400, "BAD_REQUEST"),
            ({"action": "reappoint", "reason": "x"}, 400, "BAD_VALUE"),
            ({"action": "reappoint", "reason": "x", "new_day": "2020-01-02"}, 409, "BAD_NEW_DAY"),
            ({"action": "request_supplement", "items": [" "]}, 409, "NOTHING_ASKED"),
            ({"action": "process", "seen": seen - 1}, 409, "STALE_VERSION"),
        )
    ):
        refused = hoa.ask("POST", place, f"case-rules-{number}", json=body)
        assert (refused.status_code, refused.json()["code"]) == (status, why), body
    assert hoa.ask("GET", f"/dossiers/{code}/case").json()["version"] == seen


def test_a_refusal_is_printed_and_taken_back_on_the_same_day(hoa: Program) -> None:
    code = _taken_in(hoa, "case-undo")
    before = hoa.ask("GET", f"/dossiers/{code}/case").json()
    body = {"action": "refuse", "reason": "Không thuộc thẩm quyền", "seen": before["version"]}
    refused = hoa.ask("POST", f"/dossiers/{code}/moves", "case-undo-refuse", json=body).json()
    assert (refused["case"]["state"], refused["case"]["undo"]) == ("not_received", "refuse")
    assert refused["form"]["form"] == "refusal"
    undo = {"reason": "Chọn nhầm hồ sơ"}
    back = hoa.ask("POST", f"/dossiers/{code}/moves/undo", "case-undo-back", json=undo)
    assert back.status_code == 201, back.text
    kept = ("state", "due_at", "received_at", "ended_at")
    assert {each: back.json()[each] for each in kept} == {each: before[each] for each in kept}
    assert back.json()["steps"][-1]["action"] == "take_back"
    refused = hoa.ask("POST", f"/dossiers/{code}/moves/undo", "case-undo-none", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_TAKEN_BACK")


def test_slip_label_declaration_and_register_are_printed(hoa: Program, other: Program) -> None:
    code = _opened(
        hoa,
        "case-forms",
        channel="post",
        owner_address="Số 2 đường Ví Dụ",
        bearer_name="Trần Văn Bê",
        bearer_number=BEARER,
        authorisation="Giấy ủy quyền số 5",
    )
    for form in ("control_slip", "postal_label"):
        printed = hoa.ask("POST", f"/dossiers/{code}/forms", f"case-forms-{form}", json={"form": form})
        assert (printed.status_code, printed.json()["form"]) == (201, form), printed.text
        assert _pdf(hoa, code, printed.json()).startswith(b"%PDF")
    declared = {"facts": {"relation": "Mẹ đẻ"}}
    filled = hoa.ask("POST", f"/dossiers/{code}/declaration", "case-forms-declared", json=declared)
    assert (filled.json()["form"], filled.json()["conflicts"]) == ("declaration", []), filled.text
    assert _pdf(hoa, code, filled.json()).startswith(b"%PDF")
    elsewhere = _opened(hoa, "case-forms-other")
    path = f"/dossiers/{elsewhere}/forms/{filled.json()['key']}"
    assert hoa.ask("GET", path).json()["code"] == "NOT_FOUND"
    day = str(DossierCode.parse(code).day)
    days = {"first": day, "last": day}
    assert hoa.ask("GET", "/register", params=days).content.startswith(b"%PDF")
    for wrong in ({"point": "H26.7"}, {"last": str(utc_now().date() - timedelta(days=400))}):
        assert hoa.ask("GET", "/register", params=days | wrong).status_code == 400
    assert other.ask("GET", "/register", params=days | {"point": "H29.119"}).status_code == 400


def test_a_dossier_is_opened_for_a_foreigner_and_with_a_bearer_as_on_the_command_line(hoa: Program) -> None:
    code = _opened(hoa, "case-foreign", owner_kind="passport", owner_number=" c1 234 567 ", owner_phone="090")
    wrong = {"procedure": "1.001193", "owner_name": "X", "owner_kind": "organisation", "owner_number": "1"}
    assert hoa.ask("POST", "/dossiers", "case-no-tax", json=wrong).json()["code"] == "BAD_TAX_CODE"
    brought = _opened(hoa, "case-brought", bearer_name="Trần Văn Bê", bearer_number=BEARER)
    with hoa.office.services.records.transaction() as work:
        found = [work.dossiers.by_code(each) for each in (code, brought)]
        foreign, other = (work.cases.find(each.dossier_id) for each in found if each is not None)
    assert foreign is not None
    assert foreign.parties.owner.identifier == "C1234567"
    assert other is not None
    assert other.parties.bearer is not None
    assert other.parties.bearer.identifier == BEARER


def test_other_branches_and_poor_tokens_reach_no_case(
    office: GuardedDesk, hoa: Program, other: Program
) -> None:
    code = _taken_in(hoa, "case-reach")
    acts = (
        ("GET", "case", {}),
        ("POST", "moves", {"action": "process"}),
        ("POST", "moves/undo", {}),
        ("POST", "forms", {"form": "control_slip"}),
        ("POST", "declaration", {}),
    )
    reader = Program(office, office.token("hoa", Permission.DOSSIER_READ))
    for number, (method, path, body) in enumerate(acts):
        more = {"json": body} if method == "POST" else {}
        place = f"/dossiers/{code}/{path}"
        assert other.ask(method, place, f"case-reach-{number}", **more).status_code == 404, path
        if method == "POST":
            poor = reader.ask(method, place, f"case-poor-{number}", **more)
            assert (poor.status_code, poor.json()["code"]) == (403, "NOT_ALLOWED"), path
    assert hoa.ask("GET", f"/dossiers/{code}/case").json()["state"] == "received"
