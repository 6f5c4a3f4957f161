"""Names and numbers: never changed, flagged with what they may be, wherever a clerk sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dossiers.reading import Box, Doubt, FieldValue, Source
from pipeline.confidence.assessment import assess
from pipeline.confidence.calibration import load_calibration
from pipeline.confidence.doubts import with_doubts
from pipeline.language.candidates import Knowledge
from pipeline.text import PageText

MakePage = Callable[..., PageText]


def test_a_name_read_unsurely_is_flagged_with_alternatives_and_left_as_read(
    page: MakePage, knowledge: Knowledge
) -> None:
    text = "Họ và tên: NGUYÊN VĂN HOA,"
    found = assess(page(text, confidence=[0.96, 0.96, 0.96, 0.4, 0.96, 0.96]), knowledge, load_calibration())
    assert found.text.text == text
    (doubt,) = found.doubts
    assert doubt.text == "NGUYÊN"
    assert "NGUYỄN" in doubt.alternatives
    assert doubt.box == found.text.words[3].box
    assert doubt.confidence == found.text.words[3].confidence
    assert "NGUYỄN" in found.text.words[3].alternatives


def test_a_unit_that_fits_no_official_one_shows_which_of_its_words_may_differ(
    page: MakePage, knowledge: Knowledge
) -> None:
    found = assess(page("thường trú tại phường Xuân Đinh, Hà Nội"), knowledge, load_calibration())
    doubt = next(each for each in found.doubts if "Xuân" in each.text)
    assert any("Xuân Đỉnh" in each for each in doubt.alternatives)
    marked = {word.text: word.alternatives for word in found.text.words if word.alternatives}
    assert "Đỉnh," in marked["Đinh,"]
    assert "Xuân" not in marked


def test_an_unsure_number_is_flagged_and_a_sure_one_is_not(page: MakePage, knowledge: Knowledge) -> None:
    lines = ("số 003090123456, cấp", "ngày 15 tháng 3 năm 2024")
    confidences = [0.9, 0.2, 0.9, *[0.96] * 6]
    found = assess(page(*lines, confidence=confidences), knowledge, load_calibration())
    assert [doubt.text for doubt in found.doubts] == ["003090123456"]
    assert found.doubts[0].alternatives == ()


def test_other_readings_of_the_engine_are_told_of_an_unsure_word(
    page: MakePage, knowledge: Knowledge
) -> None:
    read = page("số 003090123456, cấp", "ngày 15 tháng 3 năm 2024", confidence=[0.9, 0.2, 0.9, *[0.96] * 6])
    line = read.blocks[0].lines[0]
    words = (line.words[0], replace(line.words[1], alternatives=("003090128456,",)), line.words[2])
    lines = (replace(line, words=words), *read.blocks[0].lines[1:])
    offered = replace(read, blocks=(replace(read.blocks[0], lines=lines),))
    (doubt,) = assess(offered, knowledge, load_calibration()).doubts
    assert (doubt.text, doubt.alternatives) == ("003090123456", ("003090128456",))


def test_without_a_calibration_the_engines_confidences_stay(page: MakePage, knowledge: Knowledge) -> None:
    found = assess(page("số 003090123456", confidence=0.2), knowledge, None)
    assert {word.confidence for word in found.text.words} == {0.2}
    assert found.doubts == ()


_PLACE = Box(left=100, top=100, right=300, bottom=120)
_NAME = FieldValue(
    name="person_name", raw="NGUYÊN VĂN HOA", value="NGUYÊN VĂN HOA", box=_PLACE, confidence=0.95,
    source=Source.OCR,
)  # fmt: skip
_DOUBT = Doubt(
    text="NGUYÊN", alternatives=("NGUYỄN", "NGUYỆN"), box=replace(_PLACE, right=160), confidence=0.4
)


def test_a_value_is_no_surer_than_its_doubtful_word_and_lists_what_it_may_be() -> None:
    (value,) = with_doubts([_NAME], [_DOUBT])
    assert value.value == "NGUYÊN VĂN HOA"
    assert value.confidence == 0.4
    assert value.alternatives == ("NGUYỄN VĂN HOA", "NGUYỆN VĂN HOA")


@pytest.mark.parametrize(
    "value",
    [
        replace(_NAME, source=Source.QR),
        replace(_NAME, box=replace(_PLACE, top=500, bottom=520)),
        replace(_NAME, raw="TRẦN THỊ LAN"),
        replace(_NAME, value=None),
        replace(_NAME, box=None),
    ],
)
def test_values_that_were_not_read_from_the_doubtful_word_stay(value: FieldValue) -> None:
    assert with_doubts([value], [_DOUBT]) == (value,)
