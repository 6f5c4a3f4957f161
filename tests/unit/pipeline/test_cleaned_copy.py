"""Boxes of the upright page on the cleaned copy of a part of it."""

from __future__ import annotations

import numpy as np

from dossiers.reading import Box
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage


def _copy() -> CleanedCopy:
    """A part of 200 by 100 px, twice as large."""
    pixels = np.full((200, 400), 255, np.uint8)
    window = Box(left=100, top=50, right=300, bottom=150)
    return CleanedCopy(image=PageImage(pixels=pixels, dpi=400.0), window=window)


def test_a_box_of_the_page_is_found_on_the_copy():
    place = _copy().place_of(Box(left=110, top=60, right=160, bottom=75))
    assert place == Box(left=20, top=20, right=120, bottom=50)


def test_what_is_not_wholly_on_the_copy_has_no_place():
    for box in (
        Box(left=90, top=60, right=160, bottom=75),
        Box(left=110, top=40, right=160, bottom=75),
        Box(left=110, top=60, right=301, bottom=75),
        Box(left=110, top=60, right=160, bottom=151),
    ):
        assert _copy().place_of(box) is None
