"""Administration beside accounts: what the office has is shown, lists are compared before they are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from httpx import Response

from dossiers.form_template import FormId, shipped_template
from dossiers.permissions import Role
from dossiers.scanner_use import ScannerUse

if TYPE_CHECKING:
    from conftest import GuardedDesk

    from reception.services import DeskServices
    from sohoa.bootstrap import Application

PAGES = ("branches", "forms", "calendar", "scanners", "scanners/found", "catalogue")
HOSTILE = "=1+1 <img src=x onerror=alert(1)> {{ 7*7 }}"
LIST = f'code,name,effective_from\n1.999999,"{HOSTILE}",2026-12-01\n'.encode()


@pytest.fixture
def data_dir(application: Application) -> Path:
    folder = application.settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def admin(guarded: GuardedDesk, services: DeskServices) -> GuardedDesk:
    """An administrator at a desk whose files are this test's own."""
    guarded.add("an", Role.ADMINISTRATOR)
    desk = replace(guarded.services, administration=services.administration)
    guarded.put(desk)
    made = replace(guarded, services=desk)
    made.visitor.sign_in("an")
    return made


def page(admin: GuardedDesk, name: str) -> str:
    answer = admin.visitor.client.get(f"/admin/{name}")
    assert answer.status_code == 200, answer.text
    return answer.text


def offered(admin: GuardedDesk, name: str, content: bytes) -> Response:
    headers = {"X-CSRF-Token": admin.visitor.token(), "HX-Request": "true"}
    return admin.visitor.client.post(
        "/admin/catalogue/offer", files={"file": (name, content)}, headers=headers
    )


def token_in(text: str) -> str:
    return text.partition('name="token" value="')[2].partition('"')[0]


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_nobody_but_administrators_comes_in(guarded: GuardedDesk, role: Role) -> None:
    guarded.add("hoa", role)
    guarded.visitor.sign_in("hoa")
    assert {guarded.visitor.client.get(f"/admin/{name}").status_code for name in PAGES} == {403}
    assert guarded.visitor.post("/admin/catalogue/keep", {"token": "x"}).status_code == 403


def test_agencies_are_shown_and_an_identifier_without_a_name_is_told(
    admin: GuardedDesk, data_dir: Path
) -> None:
    assert "Chưa có danh bạ cơ quan" in page(admin, "branches")
    (data_dir / "agencies.toml").write_text('[[agency]]\ncode = "H26.7"\nname = "UBND <b>phường</b>"\n')
    text = page(admin, "branches")
    assert "UBND &lt;b&gt;phường&lt;/b&gt;" in text
    assert "Chưa có tên" in text
    assert "H29.119" in text


@pytest.mark.parametrize(
    ("file", "name", "code"),
    [
        ("agencies.toml", "branches", "BAD_AGENCIES"),
        ("calendar.toml", "calendar", "BAD_CALENDAR"),
        ("profiles.toml", "scanners", "BAD_PROFILE"),
        ("forms/receipt.toml", "forms", "BAD_FORM"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_on_its_page(
    admin: GuardedDesk, data_dir: Path, file: str, name: str, code: str
) -> None:
    assert code not in page(admin, name)
    path = data_dir / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("so = [", encoding="utf-8")
    assert code in page(admin, name)


def test_forms_that_the_office_changed_are_told(admin: GuardedDesk, data_dir: Path) -> None:
    assert "Của cơ quan" not in page(admin, "forms")
    (data_dir / "forms").mkdir()
    (data_dir / "forms" / "receipt.toml").write_text(shipped_template(FormId.RECEIPT), encoding="utf-8")
    assert page(admin, "forms").count("Của cơ quan") == 1


def test_a_scanner_tells_its_pages_and_its_last_error_without_its_folder(
    admin: GuardedDesk, application: Application
) -> None:
    use = ScannerUse(
        device="simulated:/secret/place/tray",
        profile="duplex-300",
        pages=3,
        trouble="JAM",
        ended_at=admin.clock(),
    )
    with application.records.transaction() as work:
        work.scanner_uses.add(use)
    text = page(admin, "scanners/found")
    assert "3 trang, 1 lượt" in text
    assert "JAM" in text
    assert "tray" in text
    assert "secret" not in text


def test_a_list_is_compared_kept_once_and_found_on_its_day(admin: GuardedDesk) -> None:
    compared = offered(admin, "moi.csv", LIST)
    assert compared.status_code == 200, compared.text
    assert "Thêm 1," in compared.text
    assert "onerror" in compared.text
    assert "<img" not in compared.text
    assert "1.999999</span>" not in page(admin, "catalogue?words=1.999999&on=2026-12-02")
    form = {"token": token_in(compared.text), "name": "moi.csv"}
    assert "Đã nhập moi.csv" in admin.visitor.post("/admin/catalogue/keep", form).text
    found = page(admin, "catalogue?words=1.999999&on=2026-12-02")
    assert "1.999999</span>" in found
    assert "<img" not in found
    assert "moi.csv" in found
    assert "1.999999</span>" not in page(admin, "catalogue?words=1.999999&on=2026-11-30")
    assert admin.visitor.post("/admin/catalogue/keep", form).status_code in (400, 404)
    assert len(admin.services.administration.layers()) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.exe", b"MZ", "UNSUPPORTED_TYPE"),
        ("x.xlsx", b"no zip", "DAMAGED"),
        ("x.json", b"[", "BAD_LIST"),
        ("x.csv", b"code,unheard\n1.2,3\n", "Dòng"),
    ],
)
def test_a_list_that_is_not_right_changes_nothing(
    admin: GuardedDesk, name: str, content: bytes, said: str
) -> None:
    answer = offered(admin, name, content)
    assert said in answer.text
    assert 'name="token"' not in answer.text
    assert admin.services.administration.layers() == ()


@pytest.mark.parametrize("token", ["", "../records.sqlite3", "0" * 64 + ".csv"])
def test_a_token_names_no_other_file(admin: GuardedDesk, token: str) -> None:
    answer = admin.visitor.post("/admin/catalogue/keep", {"token": token, "name": "x"})
    assert "NOT_FOUND" in answer.text
