"""Days of the calendar changed by the form: the text follows, versions and marks hold as for texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dossiers.calendar_days import days_in
from dossiers.calendar_file import load_calendar
from dossiers.permissions import Role
from sohoa.office_files import FolderOfficeFiles

if TYPE_CHECKING:
    from conftest import GuardedDesk

DAYS = "/admin/calendar/days"


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


def _sent(visitor: Any, mark: str = "", **values: str) -> Any:
    found = re.search(r'name="mark" value="([0-9a-f]{64})"', visitor.client.get(DAYS).text)
    assert found is not None
    return visitor.post(DAYS, {"mark": mark or found[1], "do": "keep", "kind": "off", **values})


def test_a_day_is_added_changed_and_removed(at_desk: Callable[[str], Any], tmp_path: Path) -> None:
    visitor = at_desk("H29.119")
    assert "Giỗ Tổ Hùng Vương, nghỉ bù" in visitor.client.get(DAYS).text

    kept = _sent(visitor, day="2027-02-05", name="Tết <b>Đinh Mùi</b>")
    assert kept.status_code == 200
    assert "Tết &lt;b&gt;Đinh Mùi&lt;/b&gt;" in kept.text
    assert not load_calendar(tmp_path).is_working_day(date(2027, 2, 5))
    assert load_calendar(tmp_path).known_years == {2025, 2026}  # one day is not all of them
    assert 'value="2027-02-05"' in visitor.client.get(f"{DAYS}?day=2027-02-05").text

    _sent(visitor, was="2027-02-05", day="2027-02-06", name="đổi", kind="worked")
    calendar = load_calendar(tmp_path)
    assert calendar.is_working_day(date(2027, 2, 5))
    assert calendar.is_working_day(date(2027, 2, 6))

    declared = _sent(visitor, do="complete", year="2027")
    assert "Bỏ khai đủ năm 2027" in declared.text
    assert 2027 in load_calendar(tmp_path).known_years
    _sent(visitor, do="open", year="2027")
    assert 2027 not in load_calendar(tmp_path).known_years
    gone = _sent(visitor, was="2027-02-06", do="remove")
    assert "2027" not in re.findall(r'id="year-(\d+)"', gone.text)
    assert 2027 not in load_calendar(tmp_path).known_years
    history = FolderOfficeFiles(tmp_path, visitor.client.app.state.desk.clock).read("calendar")
    assert [each.number for each in history.versions] == [5, 4, 3, 2, 1]
    assert history.text.startswith("# When the office works.")


@pytest.mark.parametrize(
    "values",
    [
        {"day": "05/02/2027"},
        {"day": "1999-02-05"},
        {"day": ""},
        {"day": "2027-02-05", "kind": "other"},
        {"day": "2027-02-05", "name": "x" * 121},
        {"do": "complete", "year": "2031"},
    ],
)
def test_a_day_that_cannot_be_changes_nothing(
    at_desk: Callable[[str], Any], tmp_path: Path, values: dict[str, str]
) -> None:
    refused = _sent(at_desk("H29"), **values)

    assert refused.status_code == 400
    assert "BAD_VALUE" in refused.text
    assert list(tmp_path.iterdir()) == []


def test_two_who_change_the_days_do_not_lose_one(at_desk: Callable[[str], Any], tmp_path: Path) -> None:
    visitor = at_desk("H29.119")
    mark = FolderOfficeFiles(tmp_path, visitor.client.app.state.desk.clock).read("calendar").mark
    assert _sent(visitor, mark=mark, day="2027-02-05").status_code == 200

    late = _sent(visitor, mark=mark, day="2027-02-08", name="của người sau")

    assert late.status_code == 409
    assert 'value="của người sau"' in late.text
    days = {each.day for each in days_in((tmp_path / "calendar.toml").read_text("utf-8"))}
    assert date(2027, 2, 5) in days
    assert date(2027, 2, 8) not in days


def test_who_manages_a_part_of_the_office_sees_days_and_changes_none(
    at_desk: Callable[[str], Any], tmp_path: Path
) -> None:
    visitor = at_desk("H29.119.4")

    assert 'name="mark"' not in visitor.client.get(DAYS).text
    assert visitor.post(DAYS, {"day": "2027-02-05", "kind": "off", "mark": "x"}).status_code == 403
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        'year = [{ year = 2027, holidays = [2027-02-05], evidence = { kind = "memory" } }]\n',
        '[[year]]\nyear = 2027\n"holidays" = [2027-02-05]\nevidence = { kind = "memory" }\n',
    ],
)
def test_a_text_of_unusual_form_is_left_alone(
    at_desk: Callable[[str], Any], tmp_path: Path, text: str
) -> None:
    whole = "weekdays = [1]\nspans = [{ begin = 07:30:00, end = 11:30:00 }]\nyearly_holidays = []\n"
    whole += 'hours_evidence = { kind = "memory" }\nyearly_evidence = { kind = "memory" }\n' + text
    (tmp_path / "calendar.toml").write_text(whole, "utf-8")

    refused = _sent(at_desk("H29.119"), day="2027-02-08")

    assert refused.status_code == 400
    assert "NOT_BY_FORM" in refused.text
    assert (tmp_path / "calendar.toml").read_text("utf-8") == whole


def test_a_calendar_that_cannot_be_read_says_so(at_desk: Callable[[str], Any], tmp_path: Path) -> None:
    (tmp_path / "calendar.toml").write_text("= nonsense", "utf-8")

    page = at_desk("H29.119").client.get(DAYS)

    assert page.status_code == 200
    assert "Hãy sửa tệp calendar.toml" in page.text
