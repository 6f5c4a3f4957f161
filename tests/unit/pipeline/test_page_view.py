"""What a screen shows of a page: upright, small, at the place that boxes of words mean."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.page_view import view_of
from pipeline.stages.warp import Frame, placement_of


def _seen(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"))


@pytest.fixture
def marked() -> PageImage:
    """A page with a dark square near its top left corner."""
    pixels = np.full((1600, 1200), 255, np.uint8)
    pixels[100:300, 100:300] = 0
    return PageImage(pixels=pixels, dpi=150.0)


def test_a_page_is_shrunk_to_the_width_asked_for_and_never_enlarged(
    marked: PageImage, as_file: Callable[..., bytes]
) -> None:
    content = as_file(marked, "PNG")

    assert _seen(view_of(content, 0, Limits(), width=300)).shape == (400, 300)
    assert _seen(view_of(content, 0, Limits(), width=4000)).shape == (1600, 1200)


@pytest.mark.parametrize(("turned", "corner"), [(0, (0, 0)), (90, (0, 1)), (180, (1, 1)), (270, (1, 0))])
def test_a_clerks_turn_is_clockwise(
    marked: PageImage, as_file: Callable[..., bytes], turned: int, corner: tuple[int, int]
) -> None:
    seen = _seen(view_of(as_file(marked, "PNG"), 0, Limits(), width=300, turned=turned))

    rows, columns = np.nonzero(seen < 100)
    assert (rows.mean() > seen.shape[0] / 2, columns.mean() > seen.shape[1] / 2) == corner


def test_a_page_that_was_read_upside_down_is_shown_upright(
    marked: PageImage, as_file: Callable[..., bytes]
) -> None:
    lying = PageImage(pixels=np.ascontiguousarray(marked.pixels[::-1, ::-1]), dpi=150.0)
    placement = placement_of(Frame.of(lying).turned(180), lying, 180, 0.0)
    seen = _seen(view_of(as_file(lying, "PNG"), 0, Limits(), width=300, placement=placement))

    rows, columns = np.nonzero(seen < 100)
    assert abs(rows.mean() - 50) < 2
    assert abs(columns.mean() - 50) < 2


def test_a_part_of_a_picture_is_shown_alone(marked: PageImage, as_file: Callable[..., bytes]) -> None:
    region = ((100.0, 100.0), (300.0, 100.0), (300.0, 300.0), (100.0, 300.0))

    assert _seen(view_of(as_file(marked, "PNG"), 0, Limits(), width=100, region=region)).mean() < 30
