"""A short line is cut out with the marks that an engine's box leaves out, without rules around it."""

from __future__ import annotations

import numpy as np
import pytest

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.second_tries.name_rows import with_marks
from pipeline.second_tries.pictures import resized

#: Letters of 20 px with marks of 6 px above them.
LETTERS = [(110, 128), (140, 158), (170, 188)]


@pytest.fixture
def page() -> Pixels:
    pixels = np.full((200, 400), 255, np.uint8)
    for left, right in LETTERS:
        pixels[100:120, left:right] = 0
        pixels[92:97, left + 5 : right - 5] = 0
    return pixels


def test_marks_outside_the_box_of_the_letters_are_kept(page: Pixels) -> None:
    box = Box(left=105, top=99, right=195, bottom=121)
    assert with_marks(page, box).top <= 91
    cutting = next(iter(resized(PageImage(pixels=page, dpi=200.0), box, [(1.0, 0.0)])))
    assert int((cutting.image.pixels < 128).sum()) == int((page < 128).sum())


def test_a_box_that_holds_the_rules_of_a_table_is_cut_down_to_its_row(page: Pixels) -> None:
    page[80:83], page[140:143] = 0, 0
    row = with_marks(page, Box(left=105, top=78, right=195, bottom=145))
    assert 83 <= row.top <= 92
    assert 120 <= row.bottom < 140


def test_a_rule_beside_the_marks_is_taken_out(page: Pixels) -> None:
    letters = int((page < 128).sum())
    page[124:126, 60:340] = 0
    box = Box(left=105, top=99, right=195, bottom=121)
    cutting = next(iter(resized(PageImage(pixels=page, dpi=200.0), box, [(1.0, 0.0)])))
    assert int((cutting.image.pixels < 128).sum()) == letters


def test_an_empty_place_stays_as_it_is(page: Pixels) -> None:
    box = Box(left=250, top=20, right=300, bottom=40)
    assert with_marks(page, box) == box
