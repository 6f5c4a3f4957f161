"""``sohoa report``: drafted, written, signed, exported."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from sohoa.cli import main


@pytest.fixture
def sohoa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str) -> tuple[int, str, str]:
        words = ["sohoa", "--data-dir", str(tmp_path / "data"), *arguments]
        monkeypatch.setattr("sys.argv", words)
        monkeypatch.setenv("SOHOA_AGENCY", "H29.119")
        with pytest.raises(SystemExit) as ending:
            main.main()
        shown = capsys.readouterr()
        return ending.value.code, shown.out, shown.err

    return run


def test_a_report_is_drafted_exported_and_signed_once(sohoa, tmp_path: Path) -> None:
    code, out, err = sohoa("report", "weekly", "--week", "2026-W40", "--by", "Trần Thị Lan")
    assert code == 0
    assert "BẢN DỰ THẢO" in out
    assert "quá hạn" in err
    assert sohoa("report", "sign", "--week", "2026-W40", "--by", "Lê Văn Chủ")[0] == 5
    sheet = tmp_path / "tuan.xlsx"
    said = ("--difficulties", "=HYPERLINK(1)", "--proposals", "Không", "--xlsx", str(sheet))
    assert sohoa("report", "weekly", "--week", "2026-W40", *said)[0] == 0
    cells = {
        cell.value: cell.data_type for row in openpyxl.load_workbook(sheet).worksheets[0] for cell in row
    }
    assert cells["=HYPERLINK(1)"] == "s"
    code, out, err = sohoa("report", "sign", "--week", "2026-W40", "--by", "Lê Văn Chủ", "--json")
    told = json.loads(out)
    assert (told["state"], told["signed_by"], told["is_late"]) == ("signed", "Lê Văn Chủ", True)
    code, _, err = sohoa("report", "sign", "--week", "2026-W40", "--by", "Người Khác")
    assert (code, "REPORT_SIGNED" in err) == (5, True)


def test_a_week_is_refused_by_name(sohoa) -> None:
    code, _, err = sohoa("report", "weekly", "--week", "hôm nay")
    assert (code, "BAD_VALUE" in err) == (4, True)
