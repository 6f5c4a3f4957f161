"""Marks of paragraphs in sequence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.language.enumeration import plain_enumeration
from pipeline.text import PageText

Page = Callable[..., PageText]


def test_the_letter_between_its_neighbours_is_meant(page: Page) -> None:
    found = plain_enumeration(page("a) Một;", "b) Hai;", "e) Ba;", "d) Bốn;", "đ) Năm."))
    assert found.text == "a) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm."
    assert found.lines[2].words[0].raw == "e)"


@pytest.mark.parametrize(
    "lines",
    [
        ("a) Một;", "b) Hai;", "a) Ba;", "b) Bốn;"),  # the next paragraph begins anew
        ("a) Một;", "e) Hai;"),
        ("d) Một;", "đ) Hai;", "e) Ba;"),
        ("b) Một;", "e) Hai;", "g) Ba;"),
    ],
)
def test_lists_that_may_be_printed_so_stay(page: Page, lines: tuple[str, ...]) -> None:
    assert plain_enumeration(page(*lines)) == page(*lines)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (("7. Một.", "§. Hai.", "9. Ba."), "8. Hai."),
        (("h) Một;", "¡) Hai;", "k) Ba;"), "i) Hai;"),
        (("b) Một;", "€) Hai;", "d) Ba;"), "c) Hai;"),
        (("7. Một.", "§. Hai.", "10. Ba."), "§. Hai."),
        (("7. Một.", "3. Hai.", "9. Ba."), "3. Hai."),
    ],
)
def test_a_sign_read_for_a_mark_is_known_by_its_neighbours(
    page: Page, read: tuple[str, ...], meant: str
) -> None:
    assert plain_enumeration(page(*read)).lines[1].text == meant


def test_a_comma_that_begins_a_paragraph_is_the_point_of_its_number(page: Page) -> None:
    found = plain_enumeration(page("như sau:", "“3, Cơ sở là nơi sản xuất", "kinh doanh.”", "9, Tổ chức"))
    assert [line.text for line in found.lines][1::2] == ["“3. Cơ sở là nơi sản xuất", "9. Tổ chức"]


@pytest.mark.parametrize(
    "lines",
    [
        ("từ tháng 5 đến tháng", "6, Quốc hội quyết định"),  # a sentence goes on
        ("như sau:", "3, cơ sở"),
        ("như sau:", "2024, Bộ trưởng"),
    ],
)
def test_a_comma_within_a_sentence_stays(page: Page, lines: tuple[str, ...]) -> None:
    assert plain_enumeration(page(*lines)) == page(*lines)
