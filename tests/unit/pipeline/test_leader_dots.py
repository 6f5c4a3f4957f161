"""Dots of a dotted line go, dots below letters that stand among them stay."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.image import Pixels
from pipeline.stages.leaders import _Dots, _leader, leader_dots

DPI, LEVEL, PITCH, DOT = 200.0, 100, 9, 3


def _dot(ink: Pixels, x: int, y: int, size: int) -> None:
    ink[y - size // 2 : y - size // 2 + size, x - size // 2 : x - size // 2 + size] = 255


@pytest.fixture
def form() -> Pixels:
    """A line of dots with a word above its middle: upright strokes on a common base."""
    ink = np.zeros((140, 900), np.uint8)
    for x in range(20, 880, PITCH):
        _dot(ink, x, LEVEL, DOT)
    for x in range(300, 500, 12):
        ink[60:90, x : x + 5] = 255
    ink[86:90, 300:505] = 255
    return ink


def test_all_dots_of_a_line_go_and_letters_stay(form: Pixels) -> None:
    mask = leader_dots(form, DPI)
    assert mask[LEVEL, 20:880:PITCH].all()
    assert not mask[60:90].any()


@pytest.mark.parametrize(("above", "size"), [(0, 4), (2, 4)], ids=["level", "above"])
def test_the_dot_below_a_letter_stays(form: Pixels, above: int, size: int) -> None:
    x = 20 + 43 * PITCH
    form[LEVEL - 3 : LEVEL + 4, x - 3 : x + 4] = 0  # the letter's dot covers that of the line
    _dot(form, x, LEVEL - above, size)
    mask = leader_dots(form, DPI)
    assert not mask[LEVEL - above, x]
    assert mask[LEVEL, 20 : x - 5 : PITCH].all()


def test_a_larger_dot_of_the_line_itself_goes_where_no_letter_stands_above(form: Pixels) -> None:
    _dot(form, 160 + 4, LEVEL, 4)
    assert leader_dots(form, DPI)[LEVEL, 164]


def test_specks_at_uneven_steps_make_no_leader_when_one_of_them_is_left_out() -> None:
    """Seen on a grainy page: five of these six passed for a leader, and the head of the page was lost."""
    specks = _Dots(
        x=np.array([678.2, 683.0, 690.6, 699.3, 705.5, 713.8]),
        y=np.array([200.6, 201.0, 200.6, 200.4, 200.5, 200.5]),
        size=np.array([2.5, 3.0, 3.5, 3.0, 3.0, 4.0]),
        labels=np.arange(6),
    )
    assert _leader(specks, np.arange(6)) is None
