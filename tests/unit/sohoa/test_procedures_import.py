"""``sohoa procedures import`` and ``check``: spreadsheets as data, dry runs, exit codes."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from dossiers.catalogue import load_records
from dossiers.errors import InputError
from sohoa import catalogue_sheets
from sohoa.catalogue_plan import plan_file
from sohoa.catalogue_sheets import read_list
from sohoa.cli.main import sohoa

HEAD = ["Mã thủ tục", "Tên thủ tục", "Hiệu lực từ", "Số ngày làm việc", "Thành phần hồ sơ", "Hình thức"]


def sheet(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in ([*HEAD], *rows):
        book.active.append(row)
    book.save(path)
    return path


def run(data_dir: Path, *words: str) -> Result:
    result = CliRunner().invoke(sohoa, ["--data-dir", str(data_dir), "procedures", *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit | InputError):
        raise result.exception
    return result


def test_numbers_and_days_of_a_spreadsheet_are_what_they_mean(tmp_path: Path) -> None:
    rows = [
        [1.11003, "Thủ tục", date(2026, 12, 1), 7, "Tờ khai", "B"],
        [1.11003, None, date(2026, 12, 1), None, "Ảnh", "C"],
    ]
    plan = plan_file(load_records(), sheet(tmp_path / "a.xlsx", *rows))

    (added,) = plan.added
    assert (added.number, added.effective_from, added.time.working_days) == ("1.110030", date(2026, 12, 1), 7)
    assert [each.name for each in added.components] == ["Tờ khai", "Ảnh"]


def test_a_formula_is_never_evaluated_and_refuses_the_list(tmp_path: Path) -> None:
    plan = plan_file(load_records(), sheet(tmp_path / "a.xlsx", ["1.110030", "=1+1", None, None, None, None]))

    assert [(each.row, each.what) for each in plan.problems] == [
        (2, "column 2 holds a formula: put its value there")
    ]


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "a.xlsx", ["1.110030", "A", None, None, None, None])
    monkeypatch.setattr(catalogue_sheets, "_MAX_UNPACKED", 100)
    with pytest.raises(InputError, match="LIMIT_EXCEEDED"):
        read_list(path.read_bytes(), ".xlsx")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK nonsense", "DAMAGED"),
        ("a.pdf", b"%PDF", "UNSUPPORTED_TYPE"),
        ("a.csv", b"\xff\xfe\x00", "BAD_LIST"),
        ("a.csv", b"", "BAD_LIST"),
    ],
)
def test_what_is_no_list_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(InputError, match=code):
        read_list(content, Path(name).suffix)


def test_the_refusal_of_the_confined_child_is_told_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK nonsense")
    with pytest.raises(InputError, match="DAMAGED"):
        plan_file(load_records(), tmp_path / "a.xlsx")


def test_a_list_that_its_reader_does_not_survive_harms_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"[" * 2_000_000)
    with pytest.raises(InputError, match=r"BAD_LIST|DAMAGED"):
        plan_file(load_records(), tmp_path / "a.json")


def test_a_zip_that_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("word/document.xml", "<a/>")
    with pytest.raises(InputError, match="DAMAGED"):
        read_list((tmp_path / "a.xlsx").read_bytes(), ".xlsx")


def test_a_dry_run_shows_the_difference_and_keeps_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [1.11003, "Thủ tục", None, 7, "Tờ khai", "B"])
    told = run(tmp_path / "data", "import", str(path), "--dry-run")
    assert told.exit_code == 0
    assert "+ 1.110030 Thủ tục" in told.stdout
    assert not (tmp_path / "data" / "catalogue").exists()

    run(tmp_path / "data", "import", str(path))
    assert "Thủ tục" in run(tmp_path / "data", "1.11003").stdout
    again = run(tmp_path / "data", "import", str(path), "--json")
    assert json.loads(again.stdout)["same"] == 1


def test_a_list_with_a_wrong_row_changes_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [1.11003, "A", None, 7, "", ""], ["no code", "B", None, 7, "", ""])
    result = run(tmp_path / "data", "import", str(path))

    assert isinstance(result.exception, InputError)
    assert result.exception.exit_code == 4
    assert "3: code cannot be no code" in result.stdout
    assert not (tmp_path / "data" / "catalogue").exists()


def test_check_tells_gaps_and_ends_well_without_contradictions(tmp_path: Path) -> None:
    result = run(tmp_path / "data", "check", "--json")
    found = json.loads(result.stdout)

    assert result.exit_code == 0
    assert {"1.004884", "1.013225"} <= {each["number"] for each in found}
    assert not any(each["contradiction"] for each in found)


def test_check_ends_badly_with_a_contradiction(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    evidence = {"kind": "memory"}
    wrong = {"old": "1.001193", "new": ["1.001193"], "evidence": evidence}
    told = {"format": 1, "about": {}, "values": {"replacement": [wrong]}}
    (folder / "0001.json").write_text(json.dumps(told), encoding="utf-8")
    result = run(tmp_path, "check")

    assert result.exit_code == 3
    assert "1.001193 REPLACEMENT_CYCLE" in result.stdout


@pytest.mark.parametrize("words", [("1.001193",), ("list", "1.001193"), ("khai sinh", "--on", "2026-01-01")])
def test_the_first_word_may_be_what_is_looked_for(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert "1.001193" in run(tmp_path, *words).stdout
