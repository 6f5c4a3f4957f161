"""Units of addresses are spelt officially where only that can be meant, never towards what is frequent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classifiers.extractors.unit_spelling import SPELT, UnitSpeller
from dossiers.reading import Box, FieldValue, Source
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage
from pipeline.letters import ReadLetters
from pipeline.ports import ReadPage
from pipeline.text import PageText


class Doubts:
    """An engine that reads one word and tells what one of its letters costs."""

    signature = "test"

    def __init__(self, word: str, letter: int, costs: dict[str, float]) -> None:
        letters = tuple(costs if at == letter else {sign: 1.0} for at, sign in enumerate(word))
        self._word = ReadLetters(text=word, letters=letters)

    def recognise(self, image: PageImage) -> PageText:
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=())

    def recognise_letters(self, image: PageImage) -> tuple[ReadLetters, ...]:
        return (self._word,)

    def close(self) -> None:
        pass


@pytest.fixture
def page(page_of) -> ReadPage:
    made = page_of([(100, 100, "Thôn Mẫu, Phường Hồ Nai, Tỉnh Đồng Nai")])
    window = Box(left=0, top=0, right=made.image.width, bottom=made.image.height)
    grey = PageImage(pixels=np.full((made.image.height, made.image.width), 255, np.uint8), dpi=200.0)
    return replace(made, cleaned=CleanedCopy(image=grey, window=window))


def _mended(text: str, page: ReadPage, engine: Doubts | None = None) -> FieldValue:
    box = Box(left=0, top=90, right=1650, bottom=140)
    value = FieldValue(name="residence", raw=text, value=text, box=box, confidence=0.9, source=Source.OCR)
    return UnitSpeller(engine).mend(value, page)


@pytest.mark.parametrize(
    ("read", "official"),
    [
        ("Thôn Mẫu, Tỉnh Quang Trị", "Thôn Mẫu, Tỉnh Quảng Trị"),
        ("Xã la Tôr, Tỉnh Gia Lai", "Xã Ia Tôr, Tỉnh Gia Lai"),
    ],
)
def test_a_unit_that_exists_in_one_spelling_only_is_spelt_so(page, read: str, official: str) -> None:
    found = _mended(read, page)
    assert (found.value, found.alternatives) == (official, (read,))
    assert (SPELT, True) in found.checks
    assert found.confidence < 0.9


def test_a_commune_is_spelt_officially_only_if_the_paper_may_say_so(page) -> None:
    read, official = "Thôn Mẫu, Phường Hồ Nai, Tỉnh Đồng Nai", "Thôn Mẫu, Phường Hố Nai, Tỉnh Đồng Nai"
    nearly, surely = {"ồ": 1.0, "ố": 7.0}, {"ồ": 1.0, "ố": 28.0}
    assert _mended(read, page, Doubts("Hồ", 1, nearly)).value == official
    assert _mended(read, page, Doubts("Hồ", 1, surely)).value == read
    assert _mended(read, page).value == read


@pytest.mark.parametrize(
    "text",
    [
        "Thôn Thanh, Xã Mẫu Không Có, Tỉnh Gia Lai",
        "Xã Ia Tôr, Tỉnh Gia Lai",
        "Tỉnh Thanh Hoá",
        "Số 5 đường Lê",
    ],
)
def test_everything_else_stays_as_it_was_read(page, text: str) -> None:
    assert _mended(text, page).value == text
