"""Marks of names are looked at twice; what stands on the paper decides, never what is frequent."""

from __future__ import annotations

import numpy as np
import pytest

from classifiers.extractors.second_looks import SEEN_AGAIN, NameReader
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue, Source
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage
from pipeline.letters import ReadLetters
from pipeline.text import PageText, Word

PLACE = Box(left=100, top=100, right=400, bottom=130)


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


@pytest.fixture
def cleaned() -> CleanedCopy:
    pixels = np.full((300, 600), 255, np.uint8)
    pixels[105:125, 110:390] = 0
    window = Box(left=0, top=0, right=600, bottom=300)
    return CleanedCopy(image=PageImage(pixels=pixels, dpi=200.0), window=window)


def _name(text: str) -> FieldValue:
    return FieldValue(name="person_name", raw=text, value=text, box=PLACE, confidence=0.9, source=Source.OCR)


class Spelling(Readings):
    """An engine that tells what each letter may be."""

    def __init__(self, *readings: tuple[dict[str, float] | str, ...]) -> None:
        super().__init__("")
        self.readings = list(readings)

    def recognise_letters(self, image: PageImage) -> tuple[ReadLetters, ...]:
        self.asked += 1
        reading = self.readings.pop(0) if len(self.readings) > 1 else self.readings[0]
        words = "".join(
            sign if isinstance(sign, str) else min(sign, key=sign.__getitem__) for sign in reading
        )
        costs = [{sign: 1.0} if isinstance(sign, str) else sign for sign in reading]
        found, start = [], 0
        for word in words.split():
            found.append(ReadLetters(text=word, letters=tuple(costs[start : start + len(word)])))
            start += len(word) + 1
        return tuple(found)


def _nguyen(e: dict[str, float], rest: str = " VĂN MẪU") -> tuple[dict[str, float] | str, ...]:
    return (*"NGUY", e, "N", *rest)


NEARLY = {"Ê": 2.0, "Ễ": 6.0, "Ề": 18.0, "Ế": 25.0}
SURELY = {"Ê": 1.0, "Ề": 31.0, "Ễ": 37.0}
BLURRED = {"Ê": 2.0, "Ễ": 8.0, "Ề": 9.0, "Ế": 10.0}


def test_a_mark_that_is_nearly_seen_is_there_and_the_first_reading_stays_beside_it(cleaned) -> None:
    engine = Spelling(_nguyen(NEARLY))
    found = NameReader(engine).mend(_name("NGUYÊN VĂN MẪU"), cleaned)
    assert found.value == "NGUYỄN VĂN MẪU"
    assert found.raw == "NGUYÊN VĂN MẪU"
    assert found.alternatives == ("NGUYÊN VĂN MẪU",)
    assert dict(found.checks)[SEEN_AGAIN]
    assert found.confidence == pytest.approx(0.9 * 0.75)


def test_a_rare_name_stays_where_the_print_is_clear_and_is_read_again_once(cleaned) -> None:
    engine = Spelling(_nguyen(SURELY))
    name = _name("NGUYÊN VĂN MẪU")
    assert NameReader(engine).mend(name, cleaned) == name
    assert engine.asked == 1


def test_blurred_print_decides_nothing(cleaned) -> None:
    name = _name("NGUYÊN VĂN MẪU")
    assert NameReader(Spelling(_nguyen(BLURRED))).mend(name, cleaned) == name


def test_one_reading_is_no_agreement(cleaned) -> None:
    engine = Spelling(_nguyen({"Ễ": 1.0, "Ê": 14.0}), _nguyen(SURELY))
    name = _name("NGUYÊN VĂN MẪU")
    assert NameReader(engine).mend(name, cleaned) == name


def test_letters_never_change(cleaned) -> None:
    name = _name("LÊ ĐỖ MAI")
    engine = Spelling((*"LÊ ", {"D": 1.0, "Đ": 20.0}, *"Ỗ MAI"))
    assert NameReader(engine).mend(name, cleaned) == name
    assert NameReader(Spelling(tuple("LÊ ĐỖ MAN"))).mend(name, cleaned) == name


def test_a_letter_read_apart_is_joined_to_its_word(cleaned) -> None:
    engine = Spelling(tuple("HUỲNH VĂN MẪU"))
    assert NameReader(engine).mend(_name("H UỲNH VĂN MẪU"), cleaned).value == "HUỲNH VĂN MẪU"


def test_a_name_in_small_letters_that_begins_with_a_family_name_is_not_read_again(cleaned) -> None:
    engine = Spelling(_nguyen(NEARLY))
    name = _name("Trần Văn Mẫu")
    assert NameReader(engine).mend(name, cleaned) == name
    assert engine.asked == 0


def test_readings_without_doubts_vote(cleaned) -> None:
    engine = Readings("NGUYỄN VĂN MẪU", "NGUYÊN VĂN MẪU", "NGUYỄN VĂN MẪU")
    assert NameReader(engine).mend(_name("NGUYÊN VĂN MẪU"), cleaned).value == "NGUYỄN VĂN MẪU"


@pytest.mark.parametrize(
    "readings",
    [
        ("NGUYÊN VĂN MẪU",),  # nobody saw another name
        ("NGUYỄN VĂN MẪU", "NGUYÊN VĂN MẪU"),  # one reading is no agreement
        ("NGUYỄN VĂN MAI",),  # another name altogether
        ("NGƯYẾN VĂN MẪU",),  # no syllable
        ("fails",),
    ],
)
def test_a_name_stays_as_read_where_readings_do_not_agree(cleaned, readings) -> None:
    name = _name("NGUYÊN VĂN MẪU")
    assert NameReader(Readings(*readings)).mend(name, cleaned) == name


def test_without_a_cleaned_copy_nothing_is_read_again(cleaned) -> None:
    name = _name("NGUYÊN VĂN MẪU")
    assert NameReader(Readings("NGUYỄN VĂN MẪU")).mend(name, None) == name
    outside = FieldValue(
        name="person_name",
        raw="x",
        value="NGUYÊN VĂN MẪU",
        box=Box(left=500, top=100, right=700, bottom=130),
        confidence=0.9,
        source=Source.OCR,
    )
    assert NameReader(Readings("NGUYỄN VĂN MẪU")).mend(outside, cleaned) == outside


def test_a_mark_that_was_seen_once_is_not_given_up(cleaned) -> None:
    blurred = {"Ê": 1.0, "Ễ": 25.0}
    assert (
        NameReader(Spelling(_nguyen(blurred))).mend(_name("NGUYỄN VĂN MẪU"), cleaned).value
        == "NGUYỄN VĂN MẪU"
    )


def test_a_family_name_that_was_read_once_is_not_given_up_for_none(cleaned) -> None:
    other = (("Đ"), {"Ồ": 1.0, "Ỗ": 18.0}, *" VĂN MẪU")
    assert NameReader(Spelling(other)).mend(_name("ĐỖ VĂN MẪU"), cleaned).value == "ĐỖ VĂN MẪU"
