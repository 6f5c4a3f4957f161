"""The default classifier: one probability out of rules and statistics, a line that decided, or silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from classifiers.layout import sheet_of
from classifiers.rules.book import load_book
from classifiers.statistical.classifier import CombinedClassifier, make
from classifiers.statistical.model import decode_model
from classifiers.statistical.ngrams import counts_of
from classifiers.statistical.shelf import delivered_model
from dossiers.errors import ConfigurationError

if TYPE_CHECKING:
    from conftest import PageMaker

HEAD = [
    (900, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (1000, 170, "Độc lập - Tự do - Hạnh phúc"),
]
BODY = [
    (200, 620, "Kính gửi: Ủy ban nhân dân xã"),
    (200, 700, "Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Hoa"),
    (200, 780, "Quan hệ với người được khai sinh: mẹ"),
    (200, 860, "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:"),
    (200, 940, "Tôi cam đoan nội dung khai trên đây là đúng sự thật"),
]
FORM = [*HEAD, (-1, 400, "TỜ KHAI ĐĂNG KÝ KHAI SINH", 40), *BODY]


@pytest.fixture(scope="module")
def classifier() -> CombinedClassifier:
    return make()


def test_a_page_is_named_with_the_line_that_decided_and_the_model_that_said_so(
    classifier: CombinedClassifier, page_of: PageMaker
) -> None:
    found = classifier.classify(page_of(FORM), ())
    assert (found.type_id, found.is_first_page) == ("to_khai_khai_sinh", True)
    assert found.evidence == "TỜ KHAI ĐĂNG KÝ KHAI SINH"
    assert found.confidence > 0.9
    assert found.method == f"combined/{delivered_model().version}"


def test_a_form_without_its_title_is_told_by_its_words_and_shows_one_of_its_lines(
    classifier: CombinedClassifier, page_of: PageMaker
) -> None:
    page = page_of([*HEAD, *BODY])
    found = classifier.classify(page, ())
    assert found.type_id == "to_khai_khai_sinh"
    assert found.evidence in page.text.text.splitlines()


def test_a_page_about_something_else_is_not_named(classifier: CombinedClassifier, page_of: PageMaker) -> None:
    dishes = ("Thực đơn tuần này", "Phở bò tái chín", "Bún chả rau sống", "Cơm tấm sườn", "Chè đậu xanh")
    menu = [(200, 200 + 80 * row, text) for row, text in enumerate(dishes)]
    found = classifier.classify(page_of(menu), ())
    assert (found.type_id, found.evidence) == ("unknown", "")
    assert found.confidence > 0.5


def test_neither_tones_nor_numbers_are_counted(page_of: PageMaker) -> None:
    written = counts_of(sheet_of(page_of([(200, 300, "Số định danh: 003090123456")]).text))
    folded = counts_of(sheet_of(page_of([(200, 300, "So dinh danh: 003190654321")]).text))
    assert np.array_equal(written.buckets, folded.buckets)


def test_a_model_survives_being_written_and_read() -> None:
    model = delivered_model()
    again = decode_model(model.encode())
    assert again.encode() == model.encode()
    assert (again.version, again.classes, again.threshold) == (model.version, model.classes, model.threshold)
    assert len(model.encode()) < 3_000_000


@pytest.mark.parametrize("content", [b"", b"no model", delivered_model().encode()[:5000]])
def test_a_damaged_model_is_refused(content: bytes) -> None:
    with pytest.raises(ConfigurationError, match="BAD_MODEL"):
        decode_model(content)


def test_the_bar_of_the_model_decides_when_it_is_silent(page_of: PageMaker) -> None:
    strict = replace(delivered_model(), threshold=1.0)
    assert CombinedClassifier(load_book(), strict).classify(page_of(FORM), ()).type_id == "unknown"
