"""Roman numbers: strokes read as other letters, only where nothing but a number can stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.language.roman import with_roman_numbers
from pipeline.text import PageText

Page = Callable[..., PageText]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("quý HI năm 2025", "quý III năm 2025"),
        ("cấp IỊI", "cấp III"),
        ("Chương Il.", "Chương II."),
        ("Mục TI", "Mục II"),
    ],
)
def test_strokes_become_the_number(page: Page, read: str, meant: str) -> None:
    assert with_roman_numbers(page(read)).text == meant


@pytest.mark.parametrize("read", ["quý IV", "cấp XIV", "Mục 11", "ông HI", "cấp HT", "quý HII", "loại THTH"])
def test_all_else_stays_as_read(page: Page, read: str) -> None:
    assert with_roman_numbers(page(read)).text == read
