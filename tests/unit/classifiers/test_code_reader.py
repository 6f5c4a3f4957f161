from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import segno

from classifiers.codes.mrz import ZoneReader
from classifiers.codes.qr import CodeReader
from classifiers.codes.reader import make
from dossiers.errors import EngineError
from dossiers.reading import FieldValue, Source
from pipeline.image import PageImage
from pipeline.ports import ReadPage
from pipeline.text import PageText

CARD = "003090123456||Nguyễn Văn Mẫu|12031990|Nam|Thôn Một, Xã Mẫu|01072021"
ZONE = ["IDVNM0901234562003090123456<<5", "9001011M3001019VNM<<<<<<<<<<<2", "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<"]


def _with_code(
    page: ReadPage, text: str, *, scale: int = 4, blur: float = 0.0, invert: bool = False
) -> ReadPage:
    matrix = np.array([list(row) for row in segno.make(text, error="m").matrix], dtype=np.uint8)
    code = np.kron(np.pad(1 - matrix, 4, constant_values=1), np.ones((scale, scale), dtype=np.uint8)) * 255
    if blur:
        code = cv2.GaussianBlur(code, (0, 0), blur)
    if invert:
        code = 255 - code
    pixels = page.image.pixels.copy()
    pixels[100 : 100 + code.shape[0], 200 : 200 + code.shape[1]] = code[..., None]
    return replace(page, image=replace(page.image, pixels=pixels))


def _values(found: tuple[FieldValue, ...]) -> dict[str, str | None]:
    return {value.name: value.value for value in found}


@pytest.mark.parametrize("invert", [False, True])
def test_the_code_of_a_card_gives_its_fields_with_their_place(page_of, invert: bool) -> None:
    found = CodeReader().extract(_with_code(page_of([]), CARD, invert=invert), None)
    values = _values(tuple(found))
    assert values["personal_number"] == "003090123456"
    assert values["old_number"] is None
    assert values["person_name"] == "Nguyễn Văn Mẫu"
    assert values["issue_date"] == "2021-07-01"
    assert all(value.source is Source.QR for value in found)
    box = found[0].box
    assert box is not None
    assert abs(box.left - 216) < 6
    assert abs(box.top - 116) < 6


def test_the_number_is_compared_with_the_print(page_of) -> None:
    page = page_of([(900, 1500, "Số / No.: 003090123456")])
    number = CodeReader().extract(_with_code(page, CARD), None)[0]
    assert dict(number.checks)["is_in_print"]
    number = CodeReader().extract(_with_code(page_of([]), CARD), None)[0]
    assert not dict(number.checks)["is_in_print"]


def test_a_small_code_is_found_on_the_doubled_image(page_of) -> None:
    page = _with_code(page_of([]), CARD, scale=2, blur=0.9)
    assert CodeReader().extract(page, None)


def test_a_malformed_card_code_gives_nothing_at_all(page_of) -> None:
    assert CodeReader().extract(_with_code(page_of([]), CARD.replace("12031990", "31021990")), None) == ()


def test_the_code_of_a_dossier_is_a_field_of_its_own_and_compared_with_the_print(page_of) -> None:
    for printed, is_there in (("Mã hồ sơ: H29.119-250701-0001", True), ("Mã hồ sơ:", False)):
        page = page_of([(100, 1500, printed)])
        found = CodeReader().extract(_with_code(page, "H29.119-250701-0001"), None)
        assert _values(tuple(found)) == {
            "dossier_code": "H29.119-250701-0001",
            "qr_text": "H29.119-250701-0001",
        }
        assert dict(found[0].checks) == {"is_in_print": is_there}


@pytest.mark.parametrize(
    "payload",
    ["https://example.vn/?next=//evil.example", "<img src=x onerror=alert(1)>", "' OR 1=1; --", "{{7*7}}"],
)
def test_any_other_code_is_handed_on_as_text_and_as_nothing_else(page_of, payload: str) -> None:
    found = CodeReader().extract(_with_code(page_of([]), payload), None)
    assert _values(tuple(found)) == {"qr_text": payload}


@pytest.mark.parametrize("residence", ["<script>alert(1)</script>", "https://example.vn/x", "Thôn Một " * 40])
def test_a_card_code_with_strange_contents_gives_nothing_at_all(page_of, residence: str) -> None:
    forged = CARD.replace("Thôn Một, Xã Mẫu", residence)
    assert CodeReader().extract(_with_code(page_of([]), forged, scale=3), None) == ()


def test_the_first_seven_fields_of_a_card_of_2024_are_read(page_of) -> None:
    longer = f"{CARD}|Trần Thị Mẫu|Nguyễn Văn Cha||"
    values = _values(tuple(CodeReader().extract(_with_code(page_of([]), longer), None)))
    assert values["residence"] == "Thôn Một, Xã Mẫu"
    assert "Trần Thị Mẫu" not in values.values()


class _Engine:
    """Answers every picture with the same page."""

    signature = "fixed"

    def __init__(self, answer: PageText | None) -> None:
        self._answer = answer
        self.shown: list[PageImage] = []

    def recognise(self, image: PageImage) -> PageText:
        self.shown.append(image)
        if self._answer is None:
            raise EngineError("TIMEOUT", "test")
        return self._answer

    def close(self) -> None: ...


def test_a_zone_in_the_text_needs_no_second_look(page_of) -> None:
    page = page_of([(100, 300 + 60 * at, line) for at, line in enumerate(ZONE)])
    engine = _Engine(None)
    found = ZoneReader(engine).extract(page, None)
    assert _values(tuple(found))["personal_number"] == "003090123456"
    assert _values(tuple(found))["mrz_name"] == "NGUYEN VAN MAU"
    assert all(value.source is Source.MRZ for value in found)
    assert engine.shown == []


def test_a_damaged_zone_is_enlarged_and_read_again(page_of) -> None:
    good = page_of([(100, 300 + 60 * at, line) for at, line in enumerate(ZONE)]).text
    damaged = page_of(
        [(100, 1300, "IDVNM09O12Z<<5"), (100, 1360, "90O1011M3<<<VNM<<<<<<"), (100, 1420, ZONE[2])]
    )
    engine = _Engine(good)
    found = ZoneReader(engine).extract(damaged, None)
    assert _values(tuple(found))["personal_number"] == "003090123456"
    assert engine.shown[0].pixels.shape[0] < damaged.image.height


def test_a_failing_engine_or_none_gives_no_zone(page_of) -> None:
    damaged = page_of([(100, 1300, "IDVNM09O12Z<<5"), (100, 1360, "90O1011M3<<<VNM<<<<<<")])
    assert ZoneReader(_Engine(None)).extract(damaged, None) == ()
    assert ZoneReader().extract(damaged, None) == ()


def test_code_and_zone_are_both_reported(page_of) -> None:
    page = page_of([(100, 1300 + 60 * at, line) for at, line in enumerate(ZONE)])
    found = make().extract(_with_code(page, CARD), None)
    assert [value.source for value in found if value.name == "birth_date"] == [Source.QR, Source.MRZ]
    assert [value.value for value in found if value.name == "birth_date"] == ["1990-03-12", "1990-01-01"]
