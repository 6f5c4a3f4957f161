"""Words that an engine ran together are parted only where there is one way that people write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.language.model import LanguageModel, load_model
from pipeline.language.run_together import with_words_apart
from pipeline.text import PageText

Page = Callable[..., PageText]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return load_model()


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Nămsinh: 1993", "Năm sinh: 1993"),
        ("Kết hôn lần thứmấy", "Kết hôn lần thứ mấy"),
        ("Số định danhcánhân:", "Số định danh cá nhân:"),
        ("CỘNG HÒA XÃHỘI", "CỘNG HÒA XÃ HỘI"),
    ],
)
def test_words_are_parted(page: Page, model: LanguageModel, read: str, meant: str) -> None:
    assert with_words_apart(page(read), model).text == meant


@pytest.mark.parametrize(
    "read", ["Internet", "rơmoóc", "UBND", "iPhone", "logo", "QLHC", "Đắk", "thongtin", "Krông", "HĐND"]
)
def test_all_else_stays_as_read(page: Page, model: LanguageModel, read: str) -> None:
    assert with_words_apart(page(read), model).text == read


def test_parts_share_the_box_and_keep_the_reading(page: Page, model: LanguageModel) -> None:
    whole = page("Nămsinh:").words[0]
    one, other = with_words_apart(page("Nămsinh:"), model).words
    assert (one.raw, other.raw) == ("Nămsinh:", None)
    assert (
        whole.box.left == one.box.left < one.box.right <= other.box.left < other.box.right == whole.box.right
    )
