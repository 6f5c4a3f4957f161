"""Agencies, signers and counters changed by forms: the text follows, the rest of it stays."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from litestar.testing import TestClient

from dossiers.account_desk import AccountDesk, NewAccount
from dossiers.agencies import load_agencies
from dossiers.counters import load_counters
from dossiers.form_facts import LISTS, VALUES
from dossiers.form_samples import sample_facts
from dossiers.form_template import FormId, parse_template, shipped_template
from dossiers.permissions import Role
from dossiers.sign_in import SignIn
from dossiers.steward import Steward
from dossiers.testing import FixedClock, MemoryRecordStore, ScryptHasher
from reception.auth.protection import make_protected_app
from scanners.profiles import every_profile
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


PROFILE = {
    "name": "Ho-So-150",
    "vi": "Hồ sơ <b>",
    "source": "feeder",
    "mode": "grey",
    "dpi": "150",
    "width_mm": "148,5",
    "counters": "Quầy 7, Quầy 8, ",
    "locked": "on",
}


def _sent_profile(visitor: Any, old: str = "", mark: str = "", **values: str) -> Any:
    shown = visitor.get("/admin/profile" + (f"?name={old}" if old else "")).text
    found = re.search(r'name="mark" value="([0-9a-f]{64})"', shown)
    assert found is not None
    form = {"mark": mark or found[1], "old": old, "do": "keep", **values}
    return _post(visitor, "/admin/profile", form)


def test_a_scanning_profile_is_added_changed_and_removed(at_desk: Any, tmp_path: Path) -> None:
    kept = _sent_profile(at_desk, **PROFILE)
    assert (kept.status_code, kept.headers["location"]) == (303, "/admin/scanners?kept=1")
    made = every_profile(tmp_path)["ho-so-150"]
    assert (made.vi, made.en, made.settings.dpi, made.settings.width_mm) == ("Hồ sơ <b>",) * 2 + (150, 148.5)
    assert (made.counters, made.is_locked, made.is_archive) == ({"Quầy 7", "Quầy 8"}, True, False)
    assert "Hồ sơ &lt;b&gt;" in at_desk.get("/admin/scanners").text  # those of other counters too
    form = at_desk.get("/admin/profile?name=ho-so-150").text
    assert 'value="148.5"' in form
    assert '<option value="grey" selected>' in form

    shipped = every_profile(tmp_path)["duplex-300"]
    changed = PROFILE | {"vi": "Hai mặt", "mode": "colour", "dpi": "400", "archive": "on"}
    assert _sent_profile(at_desk, "duplex-300", **changed).status_code == 303
    assert every_profile(tmp_path)["duplex-300"].settings.dpi == 400
    assert set(every_profile(tmp_path)) > {"ho-so-150", "single-300"}
    assert _sent_profile(at_desk, "duplex-300", do="remove").status_code == 303
    assert every_profile(tmp_path)["duplex-300"] == shipped
    assert "ho-so-150" in (tmp_path / "profiles.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "values",
    [
        {"archive": "on"},  # the archive needs colour and 200 dpi
        {"name": "hồ sơ"},
        {"name": "own"},  # there is one
        {"dpi": "nhiều"},
        {"dpi": "-1"},
        {"vi": " "},
        {"source": "nowhere"},
    ],
)
def test_a_profile_that_cannot_be_is_shown_as_typed(
    at_desk: Any, tmp_path: Path, values: dict[str, str]
) -> None:
    own = '[own]\nvi = "A"\nen = "A"\nsource = "flatbed"\nmode = "colour"\ndpi = 300\n'
    (tmp_path / "profiles.toml").write_text(own, "utf-8")
    refused = _sent_profile(at_desk, **PROFILE | values)
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert (tmp_path / "profiles.toml").read_text("utf-8") == own


def test_a_profile_that_somebody_else_changed_is_not_overwritten(
    visitors: dict[str, Any], at_desk: Any, tmp_path: Path
) -> None:
    assert _sent_profile(at_desk, **PROFILE).status_code == 303
    assert _sent_profile(at_desk, mark="0" * 64, **PROFILE).status_code == 409
    forged = PROFILE | {"mark": "x", "do": "keep"}
    assert _post(visitors["H29.119.4"], "/admin/profile", forged).status_code == 403
    assert at_desk.get("/admin/profile?name=nothing").status_code == 404


def test_a_form_is_seen_before_it_counts_and_the_one_that_ships_comes_back(
    at_desk: Any, tmp_path: Path
) -> None:
    place = "/admin/files/form-receipt"
    shipped = shipped_template(FormId.RECEIPT)
    other = shipped.replace("Tiếp nhận hồ sơ của:", "Đã nhận hồ sơ của:")
    seen = _post(at_desk, f"{place}/preview", {"text": other})
    assert (seen.status_code, seen.headers["content-type"]) == (200, "application/pdf")
    assert "default-src 'none'" in seen.headers["content-security-policy"]
    text = pypdfium2.PdfDocument(seen.content)[0].get_textpage().get_text_range()
    assert "Đã nhận hồ sơ của: Nguyễn Văn Mẫu" in text
    assert list(tmp_path.iterdir()) == []

    bad = _post(at_desk, f"{place}/preview", {"text": shipped.replace("{owner_name}", "{nobody}")})
    assert (bad.status_code, 'role="alert"' in bad.text, "{nobody}" in bad.text) == (400, True, True)
    assert _post(at_desk, "/admin/files/calendar/preview", {"text": ""}).status_code == 404

    mark = re.search(r'name="mark" value="([0-9a-f]{64})"', at_desk.get(place).text)
    assert mark is not None
    assert _post(at_desk, place, {"text": other, "mark": mark[1]}).status_code == 200
    assert f"{place}?shipped=true" in at_desk.get(place).text
    assert "Tiếp nhận hồ sơ của:" in at_desk.get(f"{place}?shipped=true").text
    assert "Đã nhận hồ sơ của:" in at_desk.get(f"{place}?version=1").text


def test_there_is_a_sample_for_every_place_of_a_form() -> None:
    facts = sample_facts(parse_template(shipped_template(FormId.RECEIPT), FormId.RECEIPT))
    assert facts.values.keys() == VALUES
    assert all(facts.values.values())
    assert {name: set(rows[0]) for name, rows in facts.lists.items()} == {
        name: set(places) for name, places in LISTS.items()
    }
