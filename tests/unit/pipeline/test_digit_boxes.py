"""Numbers in boxes: lines go, digits stay and become one word."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.ocr.spaced_digits import joined_digits
from pipeline.stages.combs import comb_lines
from pipeline.stages.window import card_window
from pipeline.text import Word


def _boxes(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Ink of a row of boxes with digits in them, and the digits alone, at 300 dpi."""
    digits = np.zeros((200, 1400), np.uint8)
    for place in range(count):
        cv2.putText(digits, str(place % 10), (118 + 70 * place, 120), cv2.FONT_HERSHEY_DUPLEX, 1.4, 255, 3)
    lined = digits.copy()
    for place in range(count + 1):
        cv2.line(lined, (100 + 70 * place, 60), (100 + 70 * place, 140), 255, 2)
    for y in (60, 140):
        cv2.line(lined, (100, y), (100 + 70 * count, y), 255, 2)
    return lined, digits


def test_the_lines_of_digit_boxes_go_and_the_digits_stay() -> None:
    lined, digits = _boxes(12)
    left = lined.copy()
    left[cv2.dilate(comb_lines(lined, 300), np.ones((3, 3), np.uint8)) > 0] = 0
    assert (left[digits > 0] > 0).all()
    assert (left[digits == 0] > 0).sum() < 0.02 * (lined[digits == 0] > 0).sum()


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_few_cells_of_a_table_are_no_digit_boxes(count: int) -> None:
    assert comb_lines(_boxes(count)[0], 300).max() == 0


def _digits(text: str, step: int = 40) -> list[Word]:
    return [
        Word(text=each, box=Box(left=step * place, top=0, right=step * place + 15, bottom=20), confidence=0.8)
        for place, each in enumerate(text)
    ]


def test_twelve_single_digits_at_even_steps_are_one_number() -> None:
    label = Word(text="Số:", box=Box(left=-100, top=0, right=-40, bottom=20), confidence=0.9)
    words = joined_digits([label, *_digits("003191332908")])
    assert [word.text for word in words] == ["Số:", "003191332908"]
    assert (words[1].box.left, words[1].box.right) == (0, 11 * 40 + 15)
    assert words[1].confidence == pytest.approx(0.8)


def test_few_digits_and_uneven_ones_stay_apart() -> None:
    assert len(joined_digits(_digits("12345"))) == 5
    far = [
        Word(text="4", box=Box(left=900 + step, top=0, right=950 + step, bottom=9), confidence=1)
        for step in (0, 60, 500)
    ]
    uneven = [*_digits("123"), *far]
    assert len(joined_digits(uneven)) == 6


def test_a_card_on_a_white_bed_is_read_by_itself_and_a_page_as_a_whole() -> None:
    pixels = np.full((2339, 1654), 244, np.uint8)
    cv2.putText(pixels, "CAN CUOC", (500, 600), cv2.FONT_HERSHEY_DUPLEX, 2, 20, 4)
    window = card_window(PageImage(pixels=pixels, dpi=200))
    assert 440 < window.left < 500 < 780 < window.right < 900
    assert 500 < window.top < 560 < 600 < window.bottom < 660
    cv2.putText(pixels, "trang 2", (700, 2200), cv2.FONT_HERSHEY_DUPLEX, 2, 20, 4)
    assert card_window(PageImage(pixels=pixels, dpi=200)) == Box(left=0, top=0, right=1654, bottom=2339)
