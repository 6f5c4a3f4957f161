"""``sohoa separators``: sheets in the clerk's language, as many as asked for."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from dossiers.errors import InputError
from sohoa.cli.main import sohoa


def _run(folder: Path, *arguments: str) -> Result:
    output = ("-o", str(folder / "sheets.pdf"))
    return CliRunner().invoke(sohoa, ["--data-dir", str(folder / "data"), *arguments, *output])


def _pages(folder: Path) -> list[str]:
    document = pypdfium2.PdfDocument((folder / "sheets.pdf").read_bytes())
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_every_sheet_is_printed_as_often_as_asked_and_says_what_it_does(tmp_path: Path) -> None:
    result = _run(
        tmp_path, "separators", "--next", "2", "--procedure", "1.001193", "--type", "giay_khai_sinh",
        "--dossier", "H29.119-250701-0001", "--profile", "id-card", "--copies", "2",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    pages = _pages(tmp_path)
    assert len(pages) == 10
    wanted = (
        "Hồ sơ tiếp theo", "1.001193 – Đăng ký khai sinh", "Giấy khai sinh", "H29.119-250701-0001", "id-card"
    )  # fmt: skip
    assert [sum(text in page for page in pages) for text in wanted] == [2, 2, 2, 2, 2]
    assert all("TỜ PHÂN CÁCH HỒ SƠ" in page and "In một mặt" in page for page in pages)
    assert not list(tmp_path.glob("*.part"))


def test_the_sheets_can_be_in_english(tmp_path: Path) -> None:
    assert _run(tmp_path, "--lang", "en", "separators", "--next", "1").exit_code == 0
    assert "Next dossier" in _pages(tmp_path)[0]


@pytest.mark.parametrize(
    "arguments",
    [(), ("--type", "khong_co_loai_nay"), ("--profile", "a b"), ("--next", "300", "--next", "501")],
    ids=["nothing", "unknown type", "bad profile", "too many"],
)
def test_what_cannot_be_printed_is_a_misuse_and_writes_nothing(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert _run(tmp_path, "separators", *arguments).exit_code == 2
    assert not (tmp_path / "sheets.pdf").exists()


def test_a_wrong_code_is_told_by_name(tmp_path: Path) -> None:
    result = _run(tmp_path, "separators", "--dossier", "H29")
    assert isinstance(result.exception, InputError)
    assert not (tmp_path / "sheets.pdf").exists()
