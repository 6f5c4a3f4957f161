"""Letters read for digits: only where nothing but a number can stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.language.numerals import plain_numerals
from pipeline.text import PageText

Page = Callable[..., PageText]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("ngày l8 tháng 02 năm 2O25", "ngày 18 tháng 02 năm 2025"),
        ("ngày 1] tháng I1 năm 2024,", "ngày 11 tháng 11 năm 2024,"),
        ("tại khoản I Điều 4", "tại khoản 1 Điều 4"),
        ("theo Khoản l, và khoản 2", "theo Khoản 1, và khoản 2"),
    ],
)
def test_a_look_alike_becomes_the_digit(page: Page, read: str, meant: str) -> None:
    assert plain_numerals(page(read)).text == meant


@pytest.mark.parametrize(
    "read",
    [
        "Chương I Phần II Mục l",
        "Thông tư số 79/2O24/TT-BCA",
        "tháng Bảy năm Ất Tỵ",
        "Điều I của Hiệp định",  # an international treaty may count in Roman numbers
        "ngày sinh Il",
        "hộ chiếu số B12l4567",
    ],
)
def test_all_else_stays_as_read(page: Page, read: str) -> None:
    assert plain_numerals(page(read)).text == read


def test_a_lone_article_follows_the_other_articles_of_the_page(page: Page) -> None:
    assert plain_numerals(page("Điều I", "khoản 3 Điều 5 như sau")).lines[0].text == "Điều 1"


def test_a_number_that_runs_into_its_word_is_parted_from_it(page: Page) -> None:
    words = plain_numerals(page("ngày 23 tháng07 năm2025, khoản3a")).words
    assert [word.text for word in words] == ["ngày", "23", "tháng", "07", "năm", "2025,", "khoản3a"]
    month, number = words[2:4]
    assert month.box.left < month.box.right <= number.box.left < number.box.right


def test_the_reading_is_kept_and_doubted(page: Page) -> None:
    word = plain_numerals(page("ngày l8", confidence=0.9)).words[1]
    assert (word.text, word.raw) == ("18", "l8")
    assert word.confidence == pytest.approx(0.72)
