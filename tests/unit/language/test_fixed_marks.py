"""The closing mark of an official text, the scheme of an address, square metres."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.language.fixed_marks import with_fixed_marks
from pipeline.text import PageText

Page = Callable[..., PageText]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("tổ chức, cá nhân./", "tổ chức, cá nhân./."),
        ("thi hành/.", "thi hành./."),
        ("cá nhân./ ~", "cá nhân./. ~"),
        ("(hftps://canhsat.gov.vn)", "(https://canhsat.gov.vn)"),
        ("diện tích 318,20 m? (tum 21,6 m?)", "diện tích 318,20 m² (tum 21,6 m²)"),
        ("đất: 98.7m?; nhà 20 mỉ?", "đất: 98.7m²; nhà 20 m²"),
        ("tại http:/dichvucong.gov.vn", "tại http://dichvucong.gov.vn"),
    ],
)
def test_what_looks_nearly_so_is_put_right(page: Page, read: str, meant: str) -> None:
    assert with_fixed_marks(page(read)).text == meant


@pytest.mark.parametrize(
    "read",
    [
        "cá nhân./.",
        "và./ hoặc không",
        "số 12/2025/",
        "https://gov.vn",
        "hộp: 12",
        "Số: 5/",
        "khối lượng 20 m?",
        "Có 5 em? Không",
    ],
)
def test_all_else_stays_as_read(page: Page, read: str) -> None:
    assert with_fixed_marks(page(read)).text == read


def test_the_reading_is_kept_and_doubted(page: Page) -> None:
    word = with_fixed_marks(page("nhân./", confidence=0.9)).words[0]
    assert word.raw == "nhân./"
    assert word.confidence == pytest.approx(0.72)
