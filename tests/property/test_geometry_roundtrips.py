"""Geometry: what was carried away comes back."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.image import PageImage
from pipeline.stages.warp import Frame, is_plain_turn, placement_of, upright

_turns = st.sampled_from([0, 90, 180, 270])
_sizes = st.integers(20, 90)


@st.composite
def _pages(draw: st.DrawFn) -> PageImage:
    height, width = draw(_sizes), draw(_sizes)
    seed = draw(st.integers(0, 2**32 - 1))
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    return PageImage(pixels=pixels, dpi=draw(st.floats(72, 1200)))


@given(page=_pages(), turn=_turns)
@settings(max_examples=80, deadline=None)
def test_quarter_turns_lose_no_pixel(page: PageImage, turn: int) -> None:
    placement = placement_of(Frame.of(page).turned(turn), page, turn, 0.0)
    turned = upright(page, placement)
    assert is_plain_turn(placement)
    assert np.array_equal(np.rot90(turned.pixels, turn // 90), page.pixels)


@given(page=_pages(), turn=_turns, x=st.integers(0, 19), y=st.integers(0, 19))
@settings(max_examples=80, deadline=None)
def test_a_point_of_the_upright_page_shows_the_pixel_it_came_from(
    page: PageImage, turn: int, x: int, y: int
) -> None:
    placement = placement_of(Frame.of(page).turned(turn), page, turn, 0.0)
    original_x, original_y = placement.original_point(x, y)
    assert upright(page, placement).pixels[y, x] == page.pixels[round(original_y), round(original_x)]


@given(
    turn=_turns, skew=st.floats(-15, 15), width=st.integers(100, 4000), height=st.integers(100, 4000),
    factor=st.floats(0.3, 3),
)  # fmt: skip
@settings(deadline=None)
def test_frames_keep_lengths_and_the_centre(
    turn: int, skew: float, width: int, height: int, factor: float
) -> None:
    page = PageImage(pixels=np.zeros((1, 1), np.uint8), dpi=300)
    start = Frame(to_original=np.eye(3), width=width, height=height)
    turned = start.turned(turn)
    placement = placement_of(turned.levelled(skew, turned.width, turned.height), page, turn, skew)
    centre = placement.original_point((turned.width - 1) / 2, (turned.height - 1) / 2)
    assert np.allclose(centre, ((width - 1) / 2, (height - 1) / 2), atol=1e-6)
    one, two = np.array(placement.original_point(3, 5)), np.array(placement.original_point(33, 45))
    assert np.isclose(np.hypot(*(one - two)), 50.0)
    scaled = placement_of(start.scaled(factor), page, 0, 0.0)
    assert np.allclose(scaled.original_point(-0.5, -0.5), (-0.5, -0.5), atol=1e-9)
