"""Names whose first word is no family name are read again; what stands on the paper decides."""

from __future__ import annotations

import numpy as np
import pytest

from classifiers.extractors.second_looks import SEEN_AGAIN, NameReader
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue, Source
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage
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


def test_two_readings_of_a_family_name_decide_and_the_first_stays_beside_it(cleaned) -> None:
    engine = Readings("NGUYÊN VĂN MẪU", "NGUYỄN VĂN MẪU", "NGUYÊN VĂN MẪU", "NGUYỄN VĂN MẪU")
    found = NameReader(engine).mend(_name("NGUYÊN VĂN MẪU"), cleaned)
    assert found.value == "NGUYỄN VĂN MẪU"
    assert found.raw == "NGUYÊN VĂN MẪU"
    assert found.alternatives == ("NGUYÊN VĂN MẪU",)
    assert dict(found.checks)[SEEN_AGAIN]
    assert found.confidence == pytest.approx(0.9 * 0.75)


@pytest.mark.parametrize(
    "readings",
    [
        ("NGUYÊN VĂN MẪU",),  # nobody saw another name
        ("NGUYỄN VĂN MẪU", "NGUYÊN VĂN MẪU"),  # one reading is no agreement
        ("NGUYỄN VĂN MAI",),  # another name altogether
        ("NGỮYẾN VĂN MẪU",),  # no family name either
        ("fails",),
    ],
)
def test_a_name_stays_as_read_where_readings_do_not_agree(cleaned, readings) -> None:
    name = _name("NGUYÊN VĂN MẪU")
    assert NameReader(Readings(*readings)).mend(name, cleaned) == name


def test_a_common_family_name_is_not_read_again(cleaned) -> None:
    engine = Readings("TRẤN VĂN MẪU")
    name = _name("Trần Văn Mẫu")
    assert NameReader(engine).mend(name, cleaned) == name
    assert engine.asked == 0


def test_a_rare_family_name_gives_way_to_most_readings_only(cleaned) -> None:
    rare = _name("Đính Thị Mẫu")
    three = Readings(*["Đinh Thị Mẫu"] * 3, "Đính Thị Mẫu")
    assert NameReader(three).mend(rare, cleaned) == rare
    assert NameReader(Readings("Đinh Thị Mẫu")).mend(rare, cleaned).value == "Đinh Thị Mẫu"


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
