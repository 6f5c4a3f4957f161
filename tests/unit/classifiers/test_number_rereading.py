from __future__ import annotations

import numpy as np
import pytest

from classifiers.extractors.rereading import NumberReader
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue, Source
from pipeline.image import PageImage
from pipeline.text import Block, Line, PageText, Word

PAGE = PageImage(pixels=np.full((400, 800, 3), 255, dtype=np.uint8), dpi=200.0)


class _Engine:
    signature = "fixed"

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self.looks = 0

    def recognise(self, image: PageImage) -> PageText:
        self.looks += 1
        if self._answer == "crash":
            raise EngineError("TIMEOUT", "test")
        box = Box(left=0, top=0, right=9, bottom=9)
        line = Line(words=(Word(text=self._answer, box=box, confidence=0.8),), box=box)
        block = Block(lines=(line,), box=box)
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=(block,))

    def close(self) -> None: ...


def _number(digits: str) -> FieldValue:
    place = Box(left=300, top=100, right=500, bottom=130)
    return FieldValue(
        name="personal_number", raw=digits, value=digits, box=place, confidence=0.9, source=Source.OCR
    )


def test_a_number_that_does_not_fit_is_read_again() -> None:
    found = NumberReader(_Engine("003090123456")).mend(_number("003060123456"), PAGE, "1990-01-02", "Nam")
    assert found.value == "003090123456"
    assert found.confidence == pytest.approx(0.8)


def test_a_number_that_fits_is_not_touched() -> None:
    engine = _Engine("003190000000")
    assert (
        NumberReader(engine).mend(_number("003090123456"), PAGE, "1990-01-02", "Nam").value == "003090123456"
    )
    assert engine.looks == 0


@pytest.mark.parametrize("again", ["003050123456", "00309012345", "crash", "chữ"])
def test_a_second_reading_that_does_not_fit_either_changes_nothing(again: str) -> None:
    first = _number("003060123456")
    assert NumberReader(_Engine(again)).mend(first, PAGE, "1990-01-02", "Nam") == first


def test_nothing_is_read_again_where_there_is_nothing_to_compare_with() -> None:
    engine = _Engine("003090123456")
    NumberReader(engine).mend(_number("003060123456"), PAGE, None, None)
    assert engine.looks == 0
