"""The darkest ink of a line stays, a paler seal becomes paper."""

from __future__ import annotations

import numpy as np

from classifiers.extractors.dark_ink import darkest_line
from dossiers.reading import Box
from pipeline.image import PageImage

#: Known words stand here; the seal runs through what stands to the left of them.
KNOWN = Box(left=200, top=50, right=300, bottom=80)


def _page(*, seal: int, ink: int = 30, paper: int = 230) -> PageImage:
    rows = np.arange(120)[:, None]
    pixels = np.broadcast_to((paper + rows % 3).astype(np.uint8), (120, 400)).copy()
    pixels[45:85, 100:140] = seal
    for left in (110, 205, 250):
        pixels[55:78, left : left + 12] = ink
    return PageImage(pixels=pixels, dpi=200.0)


def test_a_paler_seal_becomes_paper_and_print_stays() -> None:
    line = darkest_line(_page(seal=150), KNOWN, before=4.0)
    assert line is not None
    left = 200 - 4 * 30
    assert line[:, 127 - left : 138 - left].min() > 200  # the seal beside the letter
    assert line[30, 115 - left] < 60  # the letter in the seal


def test_on_paper_of_two_tones_nothing_can_be_told() -> None:
    image = _page(seal=0, ink=0, paper=253)
    assert darkest_line(image, KNOWN, before=4.0) is None


def test_faint_print_cannot_be_told_from_a_seal() -> None:
    assert darkest_line(_page(seal=210, ink=190), KNOWN, before=4.0) is None


def test_red_ink_is_paper() -> None:
    grey = _page(seal=230).pixels
    colour = np.dstack([grey, grey, grey])
    colour[45:85, 120:140] = (235, 40, 40)
    line = darkest_line(PageImage(pixels=colour, dpi=200.0), KNOWN, before=4.0)
    assert line is not None
    assert line[:, 127 - 80 : 138 - 80].min() > 200
