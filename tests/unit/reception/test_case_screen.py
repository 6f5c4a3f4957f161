"""The screen of a case: done once, printed, undone, told in both languages, kept to its branch."""

from __future__ import annotations

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from dossiers.case_file import CaseFile, read_case_file
from dossiers.case_moves import Action
from reception.frame.words import load_words
from sohoa.bootstrap import Application

from .test_intake_routes import HOSTILE, _open

Client = TestClient[Litestar]
WORKING_DAY = "2027-06-01"


@pytest.fixture
def code(client: Client, application: Application) -> str:
    """A dossier that was taken in."""
    opened = _open(application, name=HOSTILE)
    assert client.post(f"/intake/{opened}/receipt", data={"incomplete": "yes"}).status_code == 200
    return opened


def _file(application: Application, code: str) -> CaseFile:
    with application.records.transaction() as work:
        dossier = work.dossiers.by_code(code)
        assert dossier is not None
        return read_case_file(work, dossier.dossier_id)


def _seen(client: Client, code: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(f"/cases/{code}").text)
    assert found is not None
    return found[1]


def _do(client: Client, code: str, action: str, **more: str) -> str:
    """Does it as the screen does; returns the address that it leads to."""
    sent = {"seen": _seen(client, code), "action": action, **more}
    answer = client.post(f"/cases/{code}/moves", data=sent, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_papers_are_asked_for_from_the_checklist_and_the_request_is_printed(
    client: Client, application: Application, code: str
) -> None:
    form = client.get(f"/cases/{code}?act=request_supplement").text
    assert "<script>alert" not in form
    missing = [each.rule.name for each in _file(application, code).missing]
    ticked = re.findall(r'name="(item\.\d+)" value="([^"]+)" checked', form)
    assert [name for _, name in ticked] == missing
    led = _do(client, code, "request_supplement", **dict(ticked), more="Ảnh 3x4\n\n", reason="Thiếu")
    file = _file(application, code)
    assert list(file.supplements[0].items) == [*missing, "Ảnh 3x4"]
    shown = client.get(led).text
    assert "Yêu cầu bổ sung" in shown
    assert "thời hạn đang dừng" in shown
    printed = re.search(r'href="(/cases/[^"]+/forms/[0-9a-f]{64})"', shown)
    assert printed is not None
    assert client.get(printed[1]).content.startswith(b"%PDF")
    other = _open(application, key="2")
    assert client.get(printed[1].replace(code, other)).status_code in (404, 409)


def test_a_case_is_refused_undone_put_off_and_returned_with_its_result(
    client: Client, application: Application, code: str
) -> None:
    before = _file(application, code).case
    _do(client, code, "refuse", reason="Không thuộc thẩm quyền")
    assert _file(application, code).case.state == "not_received"
    undo = {"seen": _seen(client, code)}
    assert client.post(f"/cases/{code}/undo", data=undo, follow_redirects=False).status_code == 303
    assert _file(application, code).case.clock == before.clock
    led = _do(client, code, "reappoint", new_day=WORKING_DAY, reason="Phải xác minh")
    assert "form=apology" in led
    assert client.post(f"/cases/{code}/undo", data=undo).status_code == 409  # an old screen undoes nothing
    result = {"name": "Giấy khai sinh", "issued_on": "2026-11-28", "number": "1"}
    for _ in range(2):
        client.post(f"/cases/{code}/results", data=result)
    _do(client, code, "finish")
    _do(client, code, "return")
    file = _file(application, code)
    assert [each.name for each in file.results] == ["Giấy khai sinh"]
    assert file.case.state == "returned"
    assert {each.by for each in file.steps[1:]} == {"Trần Thị Cán Bộ"}
    shown = client.get(f"/cases/{code}").text
    assert "Đã trả kết quả" in shown
    assert f"{code}-KQ(1)" in shown
    assert 'id="undo"' not in shown


def test_what_is_wrong_is_told_and_changes_nothing(
    client: Client, application: Application, code: str
) -> None:
    before, seen = _file(application, code), _seen(client, code)
    for sent, status in (
        ({"action": "refuse"}, 409),
        ({"action": "burn"}, 400),
        ({"action": "reappoint", "reason": "x", "new_day": "mai"}, 400),
        ({"action": "finish", "seen": "0"}, 409),
    ):
        answer = client.post(f"/cases/{code}/moves", data={"seen": seen, **sent})
        assert answer.status_code == status, sent
    assert client.post(f"/cases/{code}/print", data={"form": "refusal"}).status_code == 400
    assert client.post(f"/cases/{code}/results", data={"name": " ", "issued_on": ""}).status_code == 400
    assert _file(application, code).case == before.case


def test_slip_label_and_register_are_printed_for_the_own_point(
    client: Client, application: Application, code: str
) -> None:
    for form in ("control_slip", "postal_label", "receipt"):
        led = client.post(f"/cases/{code}/print", data={"form": form}, follow_redirects=False)
        assert f"form={form}" in led.headers["location"]
    assert client.get("/register").content.startswith(b"%PDF")
    assert client.get("/register?first=2026-01-01&last=2025-01-01").status_code == 400
    elsewhere = _open(application, point="H29.120")
    assert client.get(f"/cases/{elsewhere}").status_code == 404
    for path in ("moves", "undo", "print", "results"):
        assert client.post(f"/cases/{elsewhere}/{path}", data={"action": "refuse"}).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_act_has_its_word(language: str) -> None:
    texts = load_words(language).texts
    assert {f"cases_action_{each.value}" for each in Action} <= texts.keys()


def test_consent_is_noted_and_withdrawn(client: Client, application: Application) -> None:
    code = _open(application, key="3")
    offered, withdrawing = "Người dân đồng ý lưu và dùng lại", "Rút lại đồng ý"
    assert offered in client.get(f"/intake/{code}").text
    assert client.post(f"/intake/{code}/consent", data={"given": "yes"}).status_code == 200
    assert withdrawing in client.get(f"/intake/{code}").text
    assert client.post(f"/intake/{code}/consent", data={"given": "no"}).status_code == 200
    shown = client.get(f"/intake/{code}").text
    assert offered in shown
    assert withdrawing not in shown
