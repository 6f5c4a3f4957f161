"""Sides of a card on the glass, drawn plainly: where they lie, which is which, and what is left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.image import PageImage, Pixels
from scanners.id_card.facing import straightened
from scanners.id_card.finding import find_sides
from scanners.id_card.side import CARD_MM, CardSide, Facing

DPI = 200
SCALE = DPI / 25.4
WIDTH, HEIGHT = (round(side * SCALE) for side in CARD_MM)
#: Corners of a straight card whose top left corner is at (x, y), px.
STRAIGHT = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float64)


def _front() -> Pixels:
    card = np.full((HEIGHT, WIDTH, 3), (222, 236, 224), np.uint8)
    cv2.putText(card, "CAN CUOC", (round(30 * SCALE), round(16 * SCALE)), 0, 1.4, (200, 30, 40), 5)
    cv2.rectangle(card, (30, 170), (170, 380), (90, 80, 80), -1)
    return card


def _back(ground: tuple[int, int, int] = (222, 236, 224)) -> Pixels:
    card = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
    cv2.rectangle(card, (40, 110), (130, 190), (220, 190, 110), -1)
    for line in range(3):
        y = round((41 + 4.9 * line) * SCALE)
        for sign in range(30):
            x = round((4.3 + 2.54 * sign) * SCALE)
            cv2.putText(card, "<", (x, y), cv2.FONT_HERSHEY_PLAIN, 1.7, (20, 20, 20), 2)
    return card


def _glass(lid: tuple[int, int, int]) -> Pixels:
    glass = np.empty((round(297 * SCALE), round(210 * SCALE), 3), np.uint8)
    glass[:] = lid
    return glass


def _lay(glass: Pixels, card: Pixels, middle: tuple[float, float], degrees: float) -> np.ndarray:
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    turn[:, 2] += np.array(middle) * SCALE - (WIDTH / 2, HEIGHT / 2)
    size = (glass.shape[1], glass.shape[0])
    laid = cv2.warpAffine(card, turn, size, flags=cv2.INTER_AREA)
    shape = cv2.warpAffine(np.full(card.shape[:2], 255, np.uint8), turn, size)
    glass[shape > 127] = laid[shape > 127]
    return STRAIGHT @ turn[:, :2].T + turn[:, 2]


def _image(glass: Pixels) -> PageImage:
    noise = np.random.default_rng(1).integers(-4, 5, glass.shape)
    return PageImage(pixels=np.clip(glass + noise, 0, 255).astype(np.uint8), dpi=float(DPI))


def _off_mm(side: CardSide, truth: np.ndarray) -> float:
    return float(np.hypot(*(np.array(side.corners) - truth).T).max()) / SCALE


@pytest.mark.parametrize(
    "lid", [(247, 247, 246), (180, 182, 184), (30, 30, 32)], ids=["white", "grey", "black"]
)
@pytest.mark.parametrize("degrees", [0, 90, 180, 37, 211])
def test_both_sides_are_found_at_any_angle_on_any_lid(lid: tuple[int, int, int], degrees: float) -> None:
    glass = _glass(lid)
    back = _lay(glass, _back(), (80, 70), degrees)
    front = _lay(glass, _front(), (120, 210), degrees + 15)
    sides = find_sides(_image(glass))
    assert [side.facing for side in sides] == [Facing.FRONT, Facing.BACK]
    assert _off_mm(sides[0], front) < 1.0
    assert _off_mm(sides[1], back) < 1.0
    assert all(side.is_upright and side.confidence >= 0.8 for side in sides)


def test_a_grey_scan_knows_the_front_by_the_back_beside_it() -> None:
    glass = _glass((182, 182, 182))
    _lay(glass, _front(), (80, 70), 0)
    _lay(glass, _back(), (120, 210), 180)
    grey = np.asarray(cv2.cvtColor(glass, cv2.COLOR_RGB2GRAY), np.uint8)
    sides = find_sides(_image(grey))
    assert [(side.facing, side.is_upright) for side in sides] == [(Facing.FRONT, False), (Facing.BACK, True)]


def test_a_pale_edge_that_is_lost_on_the_lid_is_put_back() -> None:
    glass = _glass((247, 247, 247))
    card = _back()
    card[-round(3 * SCALE) :] = 247
    truth = _lay(glass, card, (100, 100), 0)
    [side] = find_sides(_image(glass))
    assert side.facing is Facing.BACK
    assert _off_mm(side, truth) < 1.0


def test_two_sides_that_touch_are_told_apart() -> None:
    glass = _glass((40, 40, 40))
    _lay(glass, _front(), (100, 60), 0)
    _lay(glass, _back(), (100, 60 + CARD_MM[1]), 0)
    assert [side.facing for side in find_sides(_image(glass))] == [Facing.FRONT, Facing.BACK]


def test_other_sizes_and_more_than_one_card_are_left_to_a_clerk() -> None:
    assert find_sides(_image(_glass((247, 247, 247)))) == ()
    sheet = _glass((40, 40, 40))
    cv2.rectangle(sheet, (200, 200), (1300, 1800), (240, 240, 240), -1)
    assert find_sides(_image(sheet)) == ()
    three = _glass((40, 40, 40))
    for y in (50, 130, 210):
        _lay(three, _front(), (100, y), 0)
    assert find_sides(_image(three)) == ()


def test_two_fronts_stay_as_they_lay_and_unsure() -> None:
    glass = _glass((40, 40, 40))
    _lay(glass, _front(), (100, 60), 0)
    _lay(glass, _front(), (100, 160), 0)
    sides = find_sides(_image(glass))
    assert [side.facing for side in sides] == [Facing.FRONT, Facing.FRONT]
    assert all(side.confidence < 0.5 for side in sides)


def test_a_side_is_cut_out_as_it_is_read() -> None:
    glass = _glass((40, 40, 40))
    _lay(glass, _front(), (100, 150), 203)
    [side] = find_sides(_image(glass))
    cut = straightened(glass, np.array(side.corners), (WIDTH, HEIGHT))
    difference = np.abs(cut.astype(int) - _front().astype(int)).mean()
    assert difference < 6
