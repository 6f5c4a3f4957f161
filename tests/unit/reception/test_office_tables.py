"""Agencies, signers and counters changed by forms: the text follows, the rest of it stays."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from litestar.testing import TestClient

from dossiers.account_desk import AccountDesk, NewAccount
from dossiers.agencies import load_agencies
from dossiers.counters import load_counters
from dossiers.permissions import Role
from dossiers.sign_in import SignIn
from dossiers.steward import Steward
from dossiers.testing import FixedClock, MemoryRecordStore, ScryptHasher
from reception.auth.protection import make_protected_app
from sohoa.counter_settings import at_counter
from sohoa.desk_administration import DeskAdministration
from sohoa.office_files import FolderOfficeFiles
from sohoa.settings import Settings

if TYPE_CHECKING:
    from reception.services import DeskServices

PASSWORD = "con mèo ngủ trên mái nhà"
OLD = '# kept\n[[agency]]\ncode = "H26.7"\nname = "Cũ"  # said so\neffective_to = 2026-06-30\n'
NEW = {"code": "H26.7", "name": "Mới <b>", "effective_from": "2026-07-01", "effective_to": ""}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def visitors(idle_services: DeskServices, folder: Path) -> dict[str, Any]:
    """Administrators of the office and of a part of it, by their branch, at one desk."""
    clock = FixedClock(datetime.now(UTC))
    parts: Any = {"records": MemoryRecordStore(), "passwords": ScryptHasher(), "clock": clock}
    told: Any = SimpleNamespace(settings=Settings(data_dir=folder, agency="H29.119", workers=1))
    desk = replace(
        idle_services,
        records=parts["records"],
        clock=clock,
        sign_in=SignIn(**parts),
        accounts=AccountDesk(**parts),
        files=FolderOfficeFiles(folder, clock),
        administration=DeskAdministration(told),
        counter="Quầy 2",
    )
    app = make_protected_app(desk)
    found = {}
    for name, branch in (("an", "H29.119"), ("part", "H29.119.4")):
        new = NewAccount(
            name=name, shown_name=name, role=Role.ADMINISTRATOR, branch=branch, grants=frozenset()
        )
        desk.accounts.create(new, PASSWORD, by=Steward.of_computer("test"))
        found[branch] = TestClient(app, raise_server_exceptions=False)
        _sign_in(found[branch], name)
    return found


@pytest.fixture
def tmp_path(folder: Path) -> Path:
    """The data folder of the desk, empty."""
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    return folder


@pytest.fixture
def at_desk(visitors: dict[str, Any], tmp_path: Path) -> Any:
    return visitors["H29.119"]


def _token(client: Any, path: str) -> str:
    found = re.search(r'name="csrf-token" content="([^"]*)"', client.get(path).text)
    assert found is not None
    return found[1]


def _sign_in(client: Any, name: str) -> None:
    form = {"_csrf_token": _token(client, "/sign-in"), "name": name, "password": PASSWORD, "back": ""}
    assert client.post("/sign-in", data=form, follow_redirects=False).status_code == 303


def _post(client: Any, path: str, form: dict[str, str]) -> Any:
    headers = {"X-CSRF-Token": _token(client, "/confirm-again")}
    return client.post(path, data=form, headers=headers, follow_redirects=False)


def _sent(visitor: Any, table: str, row: str = "", mark: str = "", **values: str) -> Any:
    place = f"/admin/tables/{table}"
    shown = visitor.get(place + (f"?row={row}" if row else "")).text
    found = re.search(r'name="mark" value="([0-9a-f]{64})"', shown)
    assert found is not None
    return _post(visitor, place, {"mark": mark or found[1], "row": row, "do": "keep", **values})


def test_an_agency_is_added_changed_and_removed(at_desk: Any, tmp_path: Path) -> None:
    (tmp_path / "agencies.toml").write_text(OLD, "utf-8")
    visitor = at_desk

    kept = _sent(visitor, "agency", **NEW)
    assert (kept.status_code, kept.headers["location"]) == (303, "/admin/branches?kept=1")
    listed = visitor.get("/admin/branches?kept=1").text
    assert "Mới &lt;b&gt;" in listed
    assert "Đã lưu" in listed
    assert load_agencies(tmp_path).on("H26.7", date(2026, 6, 30)).name == "Cũ"
    assert load_agencies(tmp_path).on("H26.7", date(2026, 7, 1)).name == "Mới <b>"

    form = visitor.get("/admin/tables/agency?row=1").text
    assert 'value="Mới &lt;b&gt;"' in form
    assert '<a href="/admin/branches" aria-current="page">' in form
    assert _sent(visitor, "agency", "1", **NEW | {"address": "Số 1"}).status_code == 303
    assert load_agencies(tmp_path).on("H26.7", date(2026, 7, 1)).address == "Số 1"
    assert _sent(visitor, "agency", "1", do="remove").status_code == 303
    assert (tmp_path / "agencies.toml").read_text("utf-8") == OLD


def test_successions_and_signers_have_forms(at_desk: Any, tmp_path: Path) -> None:
    visitor = at_desk
    _sent(visitor, "succession", old="H26.7", new="H29.119", since="2026-07-01")
    _sent(visitor, "signer", agency="H29.119", name="Trần Văn Ký", post="Giám đốc")

    directory = load_agencies(tmp_path)

    assert directory.related("H29.119") == ("H29.119", "H26.7")
    assert [each.name for each in directory.signers_on("H29.119", date(2026, 1, 1))] == ["Trần Văn Ký"]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("agency", NEW | {"effective_from": "2026-06-30"}),  # two meanings on one day
        ("agency", NEW | {"effective_to": "2026-06-30"}),  # it ends before it begins
        ("agency", NEW | {"code": "nowhere"}),
        ("agency", NEW | {"name": " "}),
        ("agency", NEW | {"effective_from": "hôm qua"}),
        ("agency", NEW | {"name": "x" * 301}),
        ("signer", {"agency": "H26.7", "name": "A"}),
    ],
)
def test_what_cannot_be_is_shown_as_typed_and_changes_nothing(
    at_desk: Any, tmp_path: Path, table: str, values: dict[str, str]
) -> None:
    (tmp_path / "agencies.toml").write_text(OLD, "utf-8")

    refused = _sent(at_desk, table, **values)

    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert (tmp_path / "agencies.toml").read_text("utf-8") == OLD


def test_who_comes_second_changes_no_other_entry(at_desk: Any, tmp_path: Path) -> None:
    visitor = at_desk
    mark = FolderOfficeFiles(tmp_path, visitor.app.state.desk.clock).read("counters").mark
    assert _sent(visitor, "counter", agency="H29.119", name="Quầy 1").status_code == 303

    late = _sent(visitor, "counter", mark=mark, agency="H29.119", name="Quầy 9")

    assert late.status_code == 409
    assert 'value="Quầy 9"' in late.text
    assert 'value="keep"' not in late.text
    assert [each.name for each in load_counters(tmp_path).counters] == ["Quầy 1"]


def test_a_part_of_the_office_sees_and_changes_none(visitors: dict[str, Any], tmp_path: Path) -> None:
    visitor = visitors["H29.119.4"]

    assert 'name="mark"' not in visitor.get("/admin/tables/counter").text
    forged = {"agency": "H29.119", "name": "Quầy 1", "mark": "x", "do": "keep"}
    assert _post(visitor, "/admin/tables/counter", forged).status_code == 403
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/admin/tables/nothing", "/admin/tables/agency?row=0"])
def test_a_table_that_is_not_there_is_not_found(at_desk: Any, place: str) -> None:
    assert at_desk.get(place).status_code == 404


def test_a_counter_gives_its_computer_scanner_and_profile(at_desk: Any, tmp_path: Path) -> None:
    visitor = at_desk
    assert "Quầy của máy này chưa được khai" in visitor.get("/admin/counters").text
    said = {"agency": "H29.119", "name": "Quầy 2", "scanner": "escl:a", "profile": "archive-200"}
    assert _sent(visitor, "counter", **said).headers["location"] == "/admin/counters?kept=1"
    assert "Quầy này" in visitor.get("/admin/counters").text
    assert _sent(visitor, "counter", **said).status_code == 400  # the same counter twice

    made = at_counter(Settings(data_dir=tmp_path, agency="H29.119", counter="Quầy 2", workers=1))
    assert (made.scanner, made.scan_profile) == ("escl:a", "archive-200")
    own = Settings(data_dir=tmp_path, agency="H29.119", counter="Quầy 2", workers=1, scanner="sane:b")
    assert at_counter(own).scanner == "sane:b"  # the computer's own settings go first
    other = Settings(data_dir=tmp_path, agency="H29.119", counter="Quầy 3", workers=1)
    assert at_counter(other) == other
