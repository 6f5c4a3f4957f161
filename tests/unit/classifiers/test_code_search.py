"""Codes drawn and damaged by hand; whole cards through the scanner model are in ``benchmarks/codes``."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
import segno
import zxingcpp

from classifiers.codes.mending import mended_codes
from classifiers.codes.places import MOST_PLACES, dense_squares
from classifiers.codes.search import read_codes
from pipeline.image import PageImage, Pixels

CARD = "003090123456||Nguyễn Văn Mẫu|12031990|Nam|Thôn Một, Xã Mẫu, Tỉnh Mẫu|01072021"
DPI = 200.0
LEFT, TOP = 900, 300


def _code(text: str = CARD, *, side_mm: float = 15.0) -> Pixels:
    matrix = np.array([list(row) for row in segno.make(text, error="m", micro=False).matrix], dtype=np.uint8)
    large = np.kron(1 - matrix, np.ones((12, 12), np.uint8)) * 255
    side = round(side_mm / 25.4 * DPI)
    return np.asarray(cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _page(code: Pixels, damage: Callable[[Pixels], Pixels] = lambda page: page) -> PageImage:
    page = np.full((1100, 1500), 244, np.uint8)
    for row in range(12):
        cv2.putText(page, "Ho so thu tuc hanh chinh", (60, 120 + 70 * row), 0, 1.2, 20, 2, cv2.LINE_AA)
    page[TOP : TOP + code.shape[0], LEFT : LEFT + code.shape[1]] = code
    soft = cv2.GaussianBlur(damage(page), (0, 0), 0.5)
    return PageImage(pixels=np.asarray(soft, dtype=np.uint8), dpi=DPI)


def _spoilt(*corners: tuple[int, int]) -> Callable[[Pixels], Pixels]:
    """Dirt over whole corner marks; corners are (right, bottom) as 0 or 1."""

    def spoil(page: Pixels) -> Pixels:
        side = round(15.0 / 25.4 * DPI)
        for right, bottom in corners:
            cv2.circle(page, (LEFT + right * side, TOP + bottom * side), side // 7, 90, -1)
        return page

    return spoil


def _texts(image: PageImage) -> list[str]:
    return [code.text for code in read_codes(image)]


@pytest.mark.parametrize("quarter", range(4))
def test_a_code_is_read_in_all_four_ways(quarter: int) -> None:
    page = _page(_code())
    turned = PageImage(pixels=np.ascontiguousarray(np.rot90(page.pixels, quarter)), dpi=DPI)
    assert _texts(turned) == [CARD]


@pytest.mark.parametrize(
    "corners", [[(0, 0)], [(1, 0)], [(0, 1)], [(0, 0), (1, 0)]], ids=["one", "two", "three", "two of them"]
)
def test_dirt_over_corner_marks_does_not_hide_a_code(corners: list[tuple[int, int]]) -> None:
    image = _page(_code(), _spoilt(*corners))
    assert zxingcpp.read_barcodes(image.pixels) == [], "the general reader finds it: this proves nothing"
    (code,) = read_codes(image)
    assert code.text == CARD
    assert code.box.left < LEFT
    assert code.box.top < TOP


def test_an_inverted_code_and_one_of_a_colour_page_are_read() -> None:
    page = _page(_code())
    assert _texts(PageImage(pixels=255 - page.pixels, dpi=DPI)) == [CARD]
    assert _texts(PageImage(pixels=np.repeat(page.pixels[..., None], 3, axis=2), dpi=DPI)) == [CARD]


def test_a_large_code_is_read_though_its_texture_is_coarse() -> None:
    assert _texts(_page(_code("H29.119-250701-0001", side_mm=40.0))) == ["H29.119-250701-0001"]


def test_two_codes_are_both_read_from_the_top_down() -> None:
    page = _page(_code())
    second = _code("H29.119-250701-0001", side_mm=20.0)
    page.pixels[700 : 700 + second.shape[0], 500 : 500 + second.shape[1]] = second
    assert _texts(page) == [CARD, "H29.119-250701-0001"]


def test_a_code_with_too_much_lost_gives_nothing_rather_than_something() -> None:
    def half(page: Pixels) -> Pixels:
        page[TOP : TOP + 60, LEFT : LEFT + 118] = 120
        return page

    assert _texts(_page(_code(), half)) == []


@pytest.mark.parametrize("is_upright", [True, False])
@pytest.mark.parametrize("kind", ["Code128", "Code39"])
def test_a_barcode_is_read_lying_and_standing(kind: str, is_upright: bool) -> None:
    made = zxingcpp.create_barcode("H29.119-250701-0001", zxingcpp.barcode_format_from_str(kind))
    bars = np.asarray(zxingcpp.write_barcode_to_image(made, scale=2, add_quiet_zones=True))[:1]
    strip = np.repeat(bars, 70, axis=0)
    strip = np.rot90(strip) if is_upright else strip
    page = np.full((1500, 1500), 250, np.uint8)
    page[100 : 100 + strip.shape[0], 200 : 200 + strip.shape[1]] = strip
    (code,) = read_codes(PageImage(pixels=page, dpi=DPI))
    assert (code.text, code.is_qr) == ("H29.119-250701-0001", False)
    assert abs((code.box.left + code.box.right) / 2 - (200 + strip.shape[1] / 2)) < 30
    assert abs((code.box.top + code.box.bottom) / 2 - (100 + strip.shape[0] / 2)) < 30


def test_what_would_move_a_cursor_is_taken_out_of_a_text() -> None:
    assert _texts(_page(_code("abc\x1b[2Jdef\u202eghi"))) == ["abc<ESC>[2Jdef ghi"]


def test_text_without_a_code_has_no_place_where_one_could_be() -> None:
    blank = np.full_like(_code(), 244)
    assert dense_squares(_page(blank).pixels, DPI) == []
    assert list(mended_codes(blank)) == []


def test_a_page_full_of_texture_costs_no_more_than_a_few_looks() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1200, 1200), dtype=np.uint8)
    squares = np.full_like(noise, 255)
    for row in range(4):
        for column in range(4):
            at = np.s_[60 + 280 * row : 200 + 280 * row, 60 + 280 * column : 200 + 280 * column]
            squares[at] = np.where(noise[at] > 128, 255, 0)
    assert len(dense_squares(squares, DPI)) == MOST_PLACES
    assert _texts(PageImage(pixels=squares, dpi=DPI)) == []
