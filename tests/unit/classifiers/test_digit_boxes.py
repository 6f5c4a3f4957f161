from __future__ import annotations

import cv2
import numpy as np
import pytest

from classifiers.extractors.boxes import BoxReader, find_grid, side_by_side
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue, Source
from pipeline.image import PageImage, Pixels
from pipeline.text import Block, Line, PageText, Word

DIGITS = "003090123456"
PITCH = 50


def _page(digits: str, boxes: int = 12) -> Pixels:
    page = np.full((200, 1000, 3), 255, dtype=np.uint8)
    for at in range(boxes):
        left = 200 + at * PITCH
        cv2.rectangle(page, (left, 70), (left + PITCH, 120), (0, 0, 0), 2)
        if at < len(digits) and digits[at] != " ":
            cv2.putText(page, digits[at], (left + 14, 108), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (60, 60, 60), 2)
    return page


class _Engine:
    """Answers with a fixed text; keeps what it was shown."""

    signature = "fixed"

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self.shown: list[PageImage] = []

    def recognise(self, image: PageImage) -> PageText:
        self.shown.append(image)
        if self._answer == "crash":
            raise EngineError("TIMEOUT", "test")
        box = Box(left=0, top=0, right=9, bottom=9)
        line = Line(words=(Word(text=self._answer, box=box, confidence=0.7),), box=box)
        block = Block(lines=(line,), box=box)
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=(block,))

    def close(self) -> None: ...


def _unread() -> FieldValue:
    place = Box(left=20, top=80, right=180, bottom=110)
    return FieldValue(
        name="personal_number", raw="|0|0|", value=None, box=place, confidence=0.3, source=Source.OCR
    )


def _mend(page: Pixels, answer: str) -> FieldValue:
    return BoxReader(_Engine(answer)).mend(_unread(), PageImage(pixels=page, dpi=200.0), 30.0)


def test_twelve_full_boxes_give_the_number_and_their_place() -> None:
    value = _mend(_page(DIGITS), "OO3O9O 123456")
    assert value.value == DIGITS
    assert value.confidence == pytest.approx(0.7)
    assert value.box is not None
    assert abs(value.box.left - 200) < 4
    assert abs(value.box.right - 800) < 4


@pytest.mark.parametrize("digits", ["", "0030901234", "003 90123456"])
def test_boxes_that_are_not_all_filled_give_no_number(digits: str) -> None:
    assert _mend(_page(digits), DIGITS).value is None


def test_a_reading_with_too_few_digits_is_not_taken() -> None:
    assert _mend(_page(DIGITS), "00309012345").value is None


def test_a_failing_engine_leaves_the_field_empty() -> None:
    assert _mend(_page(DIGITS), "crash").value is None


def test_other_rows_of_boxes_are_no_number() -> None:
    assert find_grid(cv2.cvtColor(_page("12345", boxes=5), cv2.COLOR_RGB2GRAY)) is None
    assert find_grid(np.full((100, 900), 255, dtype=np.uint8)) is None


def test_the_rules_are_gone_when_digits_stand_side_by_side() -> None:
    grey = cv2.cvtColor(_page(DIGITS), cv2.COLOR_RGB2GRAY)[50:140]
    grid = find_grid(grey)
    assert grid is not None
    line = side_by_side(grey, grid)
    assert line is not None
    darkest_rows = (line < 128).mean(axis=1)
    assert darkest_rows.max() < 0.6
    assert len(grid.rules) == 13
