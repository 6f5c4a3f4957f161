"""An office adds a type of paper as data: one file, no code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classifiers.statistical.classifier import make
from dossiers.document_names import type_name
from dossiers.errors import ConfigurationError
from dossiers.office_types import FOLDER, learn_office_types

if TYPE_CHECKING:
    from conftest import PageMaker

TYPE_FILE = """
[types.phieu_dat_nha_van_hoa]
vi = "Phiếu đăng ký sử dụng nhà văn hóa"
en = "Village hall booking form"
nature = "form"
headings = ["PHIẾU ĐĂNG KÝ SỬ DỤNG NHÀ VĂN HÓA"]
labels = ["Thời gian sử dụng", "Mục đích sử dụng", "Số người dự", "Người đăng ký"]
"""
PAGE = [
    (900, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (1000, 170, "Độc lập - Tự do - Hạnh phúc"),
    (-1, 400, "PHIẾU ĐĂNG KÝ SỬ DỤNG NHÀ VĂN HÓA", 40),
    (200, 600, "Thời gian sử dụng: ngày 12 tháng 5 năm 2026"),
    (200, 700, "Mục đích sử dụng: họp tổ dân phố"),
    (200, 800, "Số người dự: 60"),
    (1000, 1000, "Người đăng ký"),
]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "nha-van-hoa.toml").write_text(TYPE_FILE, "utf-8")
    return tmp_path


def test_a_page_is_named_as_the_new_type(data_dir: Path, page_of: PageMaker) -> None:
    learn_office_types(data_dir)
    assert make().classify(page_of(PAGE), ()).type_id != "phieu_dat_nha_van_hoa"
    found = make(None, data_dir).classify(page_of(PAGE), ())
    assert found.type_id == "phieu_dat_nha_van_hoa"
    assert found.evidence == "PHIẾU ĐĂNG KÝ SỬ DỤNG NHÀ VĂN HÓA"
    assert type_name(found.type_id, "vi") == "Phiếu đăng ký sử dụng nhà văn hóa"


@pytest.mark.parametrize(
    "text",
    [
        "no table",
        "[types.Bad]\nvi='x'\nen='y'",
        "[types.no_names]\nheadings=['X']",
        "[types]\nx=1",
        "types=1",
    ],
)
def test_a_file_that_is_not_right_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "wrong.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        learn_office_types(tmp_path)
    assert "wrong.toml" in refused.value.en


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    learn_office_types(tmp_path)
    learn_office_types(None)
