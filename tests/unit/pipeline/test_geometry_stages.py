"""Skew, orientation, sheets and canvases."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pipeline.geometry import Placement
from pipeline.image import PageImage, Pixels
from pipeline.stages.crop import find_sheet
from pipeline.stages.glyphs import find_glyphs
from pipeline.stages.orient import Stance, guess_stances
from pipeline.stages.quality import measure_ink, picture_issues
from pipeline.stages.upright import place
from pipeline.stages.warp import Frame, placement_of, upright

Draw = Callable[..., PageImage]


def _turned_clockwise(page: PageImage, degrees: float) -> PageImage:
    height, width = page.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    pixels = cv2.warpAffine(
        page.pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    return PageImage(pixels=np.asarray(pixels, np.uint8), dpi=page.dpi)


def _quarters(page: PageImage, clockwise: int) -> PageImage:
    return PageImage(pixels=np.ascontiguousarray(np.rot90(page.pixels, -clockwise)), dpi=page.dpi)


def _bilevel(page: PageImage) -> PageImage:
    return PageImage(
        pixels=np.where(page.pixels > 128, np.uint8(255), np.uint8(0)), dpi=page.dpi, is_bilevel=True
    )


@pytest.mark.parametrize("angle", [-15, -9.3, -4.9, -2, -0.6, -0.3, 0.4, 1.7, 6.2, 14.5])
def test_skew_is_found_within_a_tenth_of_a_degree_or_so(letter_page: Draw, angle: float) -> None:
    found = guess_stances(find_glyphs(_turned_clockwise(letter_page(), angle))).stances[0]
    assert found.skew_degrees == pytest.approx(angle, abs=0.15)


@pytest.mark.parametrize("rows", [3, 8, 24])
def test_a_straight_page_is_not_turned(letter_page: Draw, rows: int) -> None:
    page = letter_page(rows=rows)
    glyphs = find_glyphs(page)
    placement = place(page, Frame.of(page), guess_stances(glyphs).stances[0], glyphs)
    assert (placement.skew_degrees, placement.rotated_degrees) == (0.0, 0)
    assert np.array_equal(upright(page, placement).pixels, page.pixels)


@pytest.mark.parametrize("clockwise", [0, 1, 2, 3])
@pytest.mark.parametrize("is_bilevel", [False, True])
def test_the_likeliest_way_up_is_right_for_all_four(
    letter_page: Draw, clockwise: int, *, is_bilevel: bool
) -> None:
    page = _quarters(letter_page(), clockwise)
    guess = guess_stances(find_glyphs(_bilevel(page) if is_bilevel else page))
    assert guess.stances[0].turn_degrees == (360 - 90 * clockwise) % 360
    assert guess.is_clear


def test_all_four_ways_are_offered_once_each_even_for_an_empty_page() -> None:
    page = PageImage(pixels=np.full((500, 400), 255, np.uint8), dpi=100)
    assert sorted(each.turn_degrees for each in guess_stances(find_glyphs(page)).stances) == [0, 90, 180, 270]


@pytest.mark.parametrize("clockwise", [0, 1, 2, 3])
@pytest.mark.parametrize("skew", [0.0, 3.0, -7.0])
def test_the_upright_page_looks_like_the_page_that_was_turned_away(
    letter_page: Draw, clockwise: int, skew: float
) -> None:
    page = letter_page()
    turned = _quarters(_turned_clockwise(page, skew), clockwise)
    glyphs = find_glyphs(turned)
    placement = place(turned, Frame.of(turned), guess_stances(glyphs).stances[0], glyphs)
    result = upright(turned, placement).pixels
    difference = cv2.blur(result, (9, 9)).astype(int) - cv2.blur(page.pixels, (9, 9)).astype(int)
    assert result.shape == page.pixels.shape
    assert np.abs(difference).mean() < 4


def test_the_canvas_grows_rather_than_cutting_ink_in_the_corners(letter_page: Draw) -> None:
    page = letter_page()
    pixels = page.pixels.copy()
    cv2.putText(pixels, "GOC", (5, 60), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 6)
    cornered = PageImage(pixels=pixels, dpi=page.dpi)
    glyphs = find_glyphs(cornered)
    stance = Stance(turn_degrees=0, skew_degrees=9.0)
    grown = place(cornered, Frame.of(cornered), stance, glyphs)
    kept = place(page, Frame.of(page), stance, find_glyphs(page))
    assert (grown.width, grown.height) > (page.width, page.height)
    assert (kept.width, kept.height) == (page.width, page.height)
    before = (255.0 - pixels).sum()
    assert (255.0 - upright(cornered, grown).pixels).sum() == pytest.approx(before, rel=0.005)
    assert (255.0 - upright(cornered, kept).pixels).sum() < 0.995 * before


def _on_a_table(page: PageImage, corners: list[tuple[int, int]], size: tuple[int, int]) -> PageImage:
    """Lays a page onto a dark, slightly uneven background, seen at an angle."""
    background = np.full((size[1], size[0], 3), (60, 45, 35), np.uint8)
    background += np.random.default_rng(1).integers(0, 12, background.shape, dtype=np.uint8)
    flat = np.array([[0, 0], [page.width, 0], [page.width, page.height], [0, page.height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    colour = page.pixels if page.pixels.ndim == 3 else cv2.cvtColor(page.pixels, cv2.COLOR_GRAY2RGB)
    seen = cv2.warpPerspective(colour, matrix, size, dst=background.copy(), borderMode=cv2.BORDER_TRANSPARENT)
    return PageImage(pixels=np.asarray(seen, np.uint8), dpi=150)


_CORNERS = [(130, 90), (1180, 140), (1230, 1660), (80, 1600)]


def test_a_sheet_on_a_dark_table_is_found_to_a_few_pixels(letter_page: Draw) -> None:
    sheet = find_sheet(_on_a_table(letter_page(), _CORNERS, (1300, 1750)))
    assert sheet is not None
    assert np.abs(sheet.corners - np.array(_CORNERS)).max() < 5


@pytest.mark.parametrize("rim", ["left", "right", "top", "bottom"])
def test_a_rim_in_shadow_still_belongs_to_the_sheet(letter_page: Draw, rim: str) -> None:
    page = letter_page()
    across = np.linspace(0, 1, page.width)[None, :] * np.ones((page.height, 1))
    down = np.linspace(0, 1, page.height)[:, None] * np.ones((1, page.width))
    away = {"left": across, "right": 1 - across, "top": down, "bottom": 1 - down}[rim]
    shaded = page.pixels * (1 - 0.5 * np.exp(-away / 0.05))
    sheet = find_sheet(
        _on_a_table(PageImage(pixels=shaded.astype(np.uint8), dpi=page.dpi), _CORNERS, (1300, 1750))
    )
    assert sheet is not None
    assert np.abs(sheet.corners - np.array(_CORNERS)).max() < 10


@pytest.mark.parametrize("make", ["white", "framed", "dark stripe", "second sheet"])
def test_a_page_without_clear_surroundings_is_never_cropped(letter_page: Draw, make: str) -> None:
    pixels: Pixels = cv2.cvtColor(letter_page().pixels, cv2.COLOR_GRAY2RGB)
    if make == "framed":
        cv2.rectangle(pixels, (40, 40), (pixels.shape[1] - 40, pixels.shape[0] - 40), (30, 30, 30), 4)
    elif make == "dark stripe":
        pixels[:, :150] = 25
    elif make == "second sheet":
        table = _on_a_table(letter_page(), [(60, 60), (700, 60), (700, 950), (60, 950)], (1500, 1100)).pixels
        table[200:900, 820:1400] = 240
        pixels = table
    assert find_sheet(PageImage(pixels=pixels, dpi=150)) is None


def test_matrices_carry_points_back_to_the_original(letter_page: Draw) -> None:
    page = letter_page()
    for turn, expected in (
        (0, (10, 20)),
        (90, (20, page.height - 11)),
        (180, (page.width - 11, page.height - 21)),
    ):
        placement = placement_of(Frame.of(page).turned(turn), page, turn, 0.0)
        assert placement.original_point(10, 20) == pytest.approx(expected)


def test_a_blank_page_is_blank_with_holes_specks_and_bleeding_print(letter_page: Draw) -> None:
    pixels = np.full((1754, 1240), 246, np.uint8)
    print_behind = np.fliplr(letter_page().pixels)
    pixels = np.minimum(pixels, 205 + (print_behind.astype(int) // 6).astype(np.uint8))
    for y in (600, 1100):
        cv2.circle(pixels, (60, y), 18, 40, -1)
        cv2.circle(pixels, (1170, y), 18, 40, 2)
    rng = np.random.default_rng(5)
    pixels[rng.integers(0, 1754, 150), rng.integers(0, 1240, 150)] = 0
    assert measure_ink(find_glyphs(PageImage(pixels=pixels, dpi=150))).is_blank


@pytest.mark.parametrize("content", ["one line", "signature", "stamp"])
def test_a_page_with_little_on_it_is_not_blank(letter_page: Draw, content: str) -> None:
    page = (
        letter_page(rows=1).pixels.copy() if content == "one line" else np.full((1754, 1240), 255, np.uint8)
    )
    if content == "signature":
        points = np.array([(500 + 8 * i, 900 + int(40 * np.sin(i / 2.0))) for i in range(40)], np.int32)
        cv2.polylines(page, [points], isClosed=False, color=30, thickness=3)
    elif content == "stamp":
        cv2.circle(page, (700, 900), 100, 60, 5)
    assert not measure_ink(find_glyphs(PageImage(pixels=page, dpi=150))).is_blank


def test_low_resolution_and_missing_colour_are_reported_for_scans_only() -> None:
    coarse = PageImage(pixels=np.zeros((10, 10), np.uint8), dpi=150, is_bilevel=True)
    fine = PageImage(pixels=np.zeros((10, 10), np.uint8), dpi=199.99)
    assert picture_issues(coarse, is_scan=True) == ("LOW_RESOLUTION", "NOT_COLOUR")
    assert picture_issues(coarse, is_scan=False) == ()
    assert picture_issues(fine, is_scan=True) == ()


def test_a_plain_placement_is_known_from_its_numbers(plain_placement: Placement) -> None:
    assert plain_placement.original_point(3, 4) == (3, 4)
