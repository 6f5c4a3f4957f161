"""Doubtful numbers are read again; what the readings agree on is taken, nothing is guessed."""

from __future__ import annotations

import numpy as np
import pytest

from classifiers.extractors.field_book import load_field_book
from classifiers.extractors.number_looks import READ_AGAIN, NumberLooks
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue, Source
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage
from pipeline.ports import ReadPage
from pipeline.text import Block, Line, PageText, Word

PLACE = Box(left=100, top=100, right=400, bottom=130)
RULES = load_field_book()["ct02"]


class Readings:
    """An engine that gives one reading after the other, the last for ever."""

    signature = "test"

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.asked = 0

    def recognise(self, image: PageImage) -> PageText:
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=())

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        self.asked += 1
        text = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        if text == "fails":
            raise EngineError("TIMEOUT", "test")
        return tuple(Word(text=part, box=PLACE, confidence=0.9) for part in text.split())

    def close(self) -> None:
        pass


def _page(text: str, confidence: float) -> ReadPage:
    line = Line(words=(Word(text=text, box=PLACE, confidence=confidence),), box=PLACE)
    read = PageText(width=600, height=300, dpi=200.0, blocks=(Block(lines=(line,), box=PLACE),))
    pixels = np.full((300, 600), 255, np.uint8)
    pixels[105:125, 110:390] = 0
    image = PageImage(pixels=pixels, dpi=200.0)
    window = Box(left=0, top=0, right=600, bottom=300)
    return ReadPage(image=image, text=read, cleaned=CleanedCopy(image=image, window=window))


def _value(raw: str, value: str | None, name: str = "birth_date") -> FieldValue:
    return FieldValue(name=name, raw=raw, value=value, box=PLACE, confidence=0.5, source=Source.OCR)


def _mend(engine: Readings, value: FieldValue, confidence: float = 0.5) -> FieldValue:
    return NumberLooks(engine).mend(value, RULES, _page(value.raw, confidence))


def test_a_date_of_no_calendar_is_read_again() -> None:
    found = _mend(Readings("_25/02/1983"), _value("25/02/1283", None))
    assert found.value == "1983-02-25"
    assert found.raw == "25/02/1283"
    assert dict(found.checks)[READ_AGAIN]


def test_a_misread_digit_gives_way_to_three_readings_and_stays_beside_them() -> None:
    engine = Readings("003083438219", "003083438219", "003063438219", "003083438219")
    found = _mend(engine, _value("003083438212", "003083438212", "personal_number"))
    assert found.value == "003083438219"
    assert found.alternatives == ("003083438212",)
    assert found.confidence == 0.5


def test_a_number_that_is_read_so_once_more_is_not_asked_for_again() -> None:
    engine = Readings("003083438219")
    value = _value("003083438219", "003083438219", "personal_number")
    assert _mend(engine, value) == value
    assert engine.asked == 1


def test_what_is_sure_and_what_has_no_digit_is_not_read_again() -> None:
    engine = Readings("25/02/1983")
    for value, confidence in ((_value("25/02/1982", "1982-02-25"), 0.95), (_value("......", None), 0.2)):
        assert _mend(engine, value, confidence) == value
    assert engine.asked == 0


@pytest.mark.parametrize(
    "readings",
    [
        ("25/02/1983", "25/02/1988", "25/02/1933", "25/02/1983"),  # two readings are no agreement
        ("25/02", "chữ"),  # no date
        ("fails",),
    ],
)
def test_a_number_stays_where_readings_do_not_agree(readings: tuple[str, ...]) -> None:
    value = _value("25/02/1283", None)
    assert _mend(Readings(*readings), value) == value


def test_digits_are_not_lost() -> None:
    value = _value("0912345678", "0912345678", "phone")
    assert _mend(Readings("0912"), value) == value


def test_names_and_values_of_codes_are_not_its_matter() -> None:
    engine = Readings("LÊ ĐỖ 12")
    assert _mend(engine, _value("LÊ ĐỖ 1", "LÊ ĐỖ", "person_name")).value == "LÊ ĐỖ"
    code = FieldValue(
        name="birth_date", raw="1", value="1990-01-02", box=PLACE, confidence=0.5, source=Source.QR
    )
    assert _mend(engine, code) == code
    assert engine.asked == 0


def test_number_and_day_found_by_layout_are_looked_at_too() -> None:
    read = _value("ó0/BS Quyển số: 05", "0/BS", "document_number")
    found = _mend(Readings("-60/BS Quyển số: 05"), read)
    assert found.value == "60/BS"
    day = _mend(Readings("ngày 6 tháng 3 năm 2013"), _value("ngày 6 tháng 3 năm 2O13", None, "issue_date"))
    assert day.value == "2013-03-06"
