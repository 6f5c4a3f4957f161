from __future__ import annotations

import numpy as np
import pytest

from pipeline.image import PageImage
from pipeline.look import look_of


def _sheet(colour: tuple[int, int, int], rows: int) -> PageImage:
    pixels = np.full((2338, 1654, 3), 250, dtype=np.uint8)
    pixels[:rows] = colour
    return PageImage(pixels=pixels, dpi=200.0)


def test_the_size_of_the_paper_is_told_in_millimetres() -> None:
    look = look_of(_sheet((250, 250, 250), 0))
    assert look.width_mm == pytest.approx(210, abs=0.5)
    assert look.height_mm == pytest.approx(297, abs=0.5)


def test_a_red_cover_fills_its_page_and_tinted_paper_does_not() -> None:
    assert look_of(_sheet((150, 40, 50), 1169)).filled == pytest.approx(0.5, abs=0.02)
    assert look_of(_sheet((250, 225, 220), 2338)).filled == 0


def test_pages_without_colour_are_measured_too() -> None:
    grey = PageImage(pixels=np.full((300, 200), 60, dtype=np.uint8), dpi=100.0)
    assert look_of(grey).filled == 1
