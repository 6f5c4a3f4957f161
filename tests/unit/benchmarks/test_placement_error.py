from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.page_case import PageCase
from benchmarks.placement_error import is_upright, off_level, residual_degrees
from pipeline.geometry import Placement

STRAIGHT = Placement(
    original_width=1000, original_height=1000, width=1000, height=1000, dpi=300, rotated_degrees=0,
    skew_degrees=0.0, to_original=(1, 0, 0, 0, 1, 0, 0, 0, 1),
)  # fmt: skip


def _case(page_case: Callable[..., PageCase], angle: float) -> PageCase:
    """A page whose lines stand at an angle in the received image."""
    turn = np.array([[math.cos(math.radians(angle)), -math.sin(math.radians(angle))],
                     [math.sin(math.radians(angle)), math.cos(math.radians(angle))]])  # fmt: skip
    lines = []
    for y in (-300, 0, 300):
        corners = np.array([[-400, y], [400, y], [400, y + 30], [-400, y + 30]])
        lines.append({"text": "a", "quad": (corners @ turn.T + 500).tolist(), "handwritten": False})
    return page_case(lines=lines, width=1000, height=1000)


def _turned(angle: float) -> Placement:
    """What a system says that found the page turned by that angle."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = 500 - 500 * cos + 500 * sin, 500 - 500 * sin - 500 * cos
    return replace(STRAIGHT, to_original=(cos, -sin, x, sin, cos, y, 0.0, 0.0, 1.0))


@pytest.mark.parametrize("angle", [-4.0, 0.0, 1.5, 90.0, 180.0, -90.0])
def test_a_page_put_straight_has_no_angle_left(page_case: Callable[..., PageCase], angle: float) -> None:
    assert residual_degrees(_case(page_case, angle), _turned(angle)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("angle", "found"), [(2.0, 1.5), (-3.0, 0.0), (90.0, 0.0), (180.0, 0.5)])
def test_what_was_not_taken_out_is_left(
    page_case: Callable[..., PageCase], angle: float, found: float
) -> None:
    residual = residual_degrees(_case(page_case, angle), _turned(found))

    assert residual is not None
    assert abs(residual) == pytest.approx(abs(angle - found), abs=1e-6)


def test_lines_on_both_sides_of_half_a_turn_have_their_middle_there(
    page_case: Callable[..., PageCase],
) -> None:
    lines = [
        {"text": "a", "quad": [[900, y], [100, y + rise], [100, y + rise - 20], [900, y - 20]]}
        for y, rise in ((200, 8), (500, 0), (800, -8))
    ]

    residual = residual_degrees(page_case(lines=lines, width=1000, height=1000), STRAIGHT)

    assert residual is not None
    assert abs(residual) == pytest.approx(180)


def test_a_page_decoded_at_another_size_is_measured_alike(page_case: Callable[..., PageCase]) -> None:
    doubled = replace(STRAIGHT, original_width=2000, original_height=2000, width=2000, height=2000)

    assert residual_degrees(_case(page_case, 2.0), doubled) == pytest.approx(2.0, abs=1e-6)


def test_a_page_without_long_lines_has_no_angle(page_case: Callable[..., PageCase]) -> None:
    quad = [[0, 0], [50, 0], [50, 9], [0, 9]]

    assert (
        residual_degrees(page_case(lines=[{"text": "a", "quad": quad}], width=1000, height=1000), STRAIGHT)
        is None
    )
    assert residual_degrees(page_case(width=1000, height=1000), STRAIGHT) is None


@pytest.mark.parametrize(
    ("angle", "level", "upright"), [(0.2, 0.2, True), (-91.0, 1.0, False), (179.5, 0.5, False)]
)
def test_turns_and_skew_are_told_apart(angle: float, level: float, upright: bool) -> None:
    assert off_level(angle) == pytest.approx(level)
    assert is_upright(angle) is upright
