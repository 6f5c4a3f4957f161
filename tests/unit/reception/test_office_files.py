"""Data of the office changed at the desk: looked at first, every version kept, only by who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dossiers.calendar_file import load_calendar
from dossiers.permissions import Role
from reception.frame.words import load_words
from sohoa.office_files import FolderOfficeFiles

if TYPE_CHECKING:
    from conftest import GuardedDesk

AGENCIES = '[[agency]]\ncode = "H29.119"\nname = "Trung tâm <b>Một cửa</b>"\neffective_from = 2025-07-01\n'


@pytest.fixture
def at_desk(guarded: GuardedDesk, tmp_path: Path) -> Callable[[str], Any]:
    """Signs the administrator of a branch in at a desk whose data folder is empty."""
    guarded.put(replace(guarded.services, files=FolderOfficeFiles(tmp_path, guarded.clock)))

    def visitor(branch: str) -> Any:
        guarded.add("an", Role.ADMINISTRATOR, branch=branch)
        made = guarded.another_visitor()
        made.sign_in("an")
        return made

    return visitor


def _mark(page: str) -> str:
    found = re.search(r'name="mark" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def test_a_calendar_is_changed_and_every_version_is_kept(
    at_desk: Callable[[str], Any], tmp_path: Path
) -> None:
    visitor = at_desk("H29.119")
    page = visitor.client.get("/admin/files/calendar").text
    shipped = FolderOfficeFiles(tmp_path, visitor.client.app.state.desk.clock).read("calendar").text
    text = shipped.replace("worked_instead = [2026-01-10,", "worked_instead = [2026-12-05, 2026-01-10,")
    kept = visitor.post("/admin/files/calendar", {"text": text, "mark": _mark(page)})
    assert kept.status_code == 200
    assert any(day.isoformat() == "2026-12-05" for day in load_calendar(tmp_path).worked_instead)
    again = visitor.post("/admin/files/calendar", {"text": shipped, "mark": _mark(kept.text)})
    assert again.text.count("/admin/files/calendar?version=") == 2
    assert "2026-12-05" in visitor.client.get("/admin/files/calendar?version=1").text
    assert "2026-12-05" not in visitor.client.get("/admin/files/calendar").text


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("calendar", "weekdays = [9]", "BAD_CALENDAR"),
        ("agencies", "[[agency]]\ncode = 'x'\nname = 'y'", "BAD_AGENCIES"),
        ("profiles", "[x]\nnonsense = 1", "BAD_PROFILE"),
        ("form-receipt", "paper = 'A0'", "BAD_FORM"),
        ("calendar", "x" * 1_000_001, "LIMIT_EXCEEDED"),
    ],
)
def test_a_text_that_cannot_be_used_changes_nothing(
    at_desk: Callable[[str], Any], tmp_path: Path, name: str, text: str, told: str
) -> None:
    visitor = at_desk("H29")
    mark = _mark(visitor.client.get(f"/admin/files/{name}").text)
    refused = visitor.post(f"/admin/files/{name}", {"text": text, "mark": mark})
    assert refused.status_code == 400
    assert told in refused.text
    assert list(tmp_path.rglob("*.toml")) == []


def test_two_who_change_the_same_file_do_not_lose_a_word(
    at_desk: Callable[[str], Any], tmp_path: Path
) -> None:
    visitor = at_desk("H29.119")
    mark = _mark(visitor.client.get("/admin/files/agencies").text)
    assert visitor.post("/admin/files/agencies", {"text": AGENCIES, "mark": mark}).status_code == 200
    late = visitor.post("/admin/files/agencies", {"text": "# other", "mark": mark})
    assert late.status_code == 409
    assert "# other" in late.text
    assert (tmp_path / "agencies.toml").read_text("utf-8") == AGENCIES
    page = visitor.client.get("/admin/files/agencies").text
    assert "&lt;b&gt;" in page
    assert "<b>Một" not in page


def test_who_manages_a_part_of_the_office_looks_and_changes_nothing(
    at_desk: Callable[[str], Any], tmp_path: Path
) -> None:
    visitor = at_desk("H29.119.4")
    page = visitor.client.get("/admin/files/agencies")
    assert page.status_code == 200
    assert "readonly" in page.text
    refused = visitor.post("/admin/files/agencies", {"text": AGENCIES, "mark": _mark(page.text)})
    assert refused.status_code == 403
    headers = {"X-CSRF-Token": visitor.token()}
    body = {"text": AGENCIES, "mark": _mark(page.text)}
    forged = visitor.client.put("/api/v1/office/files/agencies", json=body, headers=headers)
    assert (forged.status_code, forged.json()["code"]) == (403, "OTHER_BRANCH")
    token = visitor.post("/admin/catalogue/keep", {"token": "x", "name": "y"})
    assert token.status_code == 403
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_none_of_the_office_is_not_there(at_desk: Callable[[str], Any]) -> None:
    visitor = at_desk("H29.119")
    for name in ("sohoa", "..%2fsohoa", "form-", "calendar.toml"):
        assert visitor.client.get(f"/admin/files/{name}").status_code == 404
    assert visitor.client.get("/admin/files/calendar?version=7").status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_file_has_its_name(language: str, tmp_path: Path, guarded: GuardedDesk) -> None:
    names = FolderOfficeFiles(tmp_path, guarded.clock).names()
    assert {f"admin_file_{each}" for each in names} <= load_words(language).texts.keys()
