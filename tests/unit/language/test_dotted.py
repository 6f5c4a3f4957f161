"""Words joined by leader dots."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.language.dotted import without_joining_dots
from pipeline.text import PageText

Page = Callable[..., PageText]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("tại Thành.phố.Hồ.Chí.Minh.", "tại Thành phố Hồ Chí Minh."),
        ("Thẻ căn cước..số, cấp", "Thẻ căn cước số, cấp"),
    ],
)
def test_syllables_are_parted(page: Page, read: str, meant: str) -> None:
    assert without_joining_dots(page(read)).text == meant


@pytest.mark.parametrize("read", ["dichvucong.gov.vn", "UBND.xã", "TP.HCM", "T.T", "1.001193", "a.b@thu.vn"])
def test_points_that_belong_to_a_word_stay(page: Page, read: str) -> None:
    assert without_joining_dots(page(read)) == page(read)


def test_the_parts_share_the_box(page: Page) -> None:
    whole = page("không.trăm").words[0].box
    left, right = (word.box for word in without_joining_dots(page("không.trăm")).words)
    assert (left.left, right.right) == (whole.left, whole.right)
    assert left.right <= right.left
    assert (left.top, left.bottom) == (whole.top, whole.bottom)
