"""The walk over a page tells its doubts, marks doubtful values and never passes a half-read page over."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image

from dossiers.reading import Box, Classification, FieldValue, Outcome, Source
from pipeline.confidence.calibration import load_calibration
from pipeline.image import PageImage
from pipeline.language.candidates import Knowledge
from pipeline.ocr.found_words import around, block_of, line_of
from pipeline.page import PageTools, read_page
from pipeline.page_result import PageResult
from pipeline.ports import ReadPage
from pipeline.text import PageText, Word

_ROWS = 12
_SENTENCE = "căn cứ luật tổ chức chính quyền địa phương"


class _Reader:
    """An engine that reads the first rows of the page: a name in doubt, then running text."""

    signature = "reader/1"

    def __init__(self, rows: int, confidence: float = 0.96) -> None:
        self._rows, self._confidence = rows, confidence

    def recognise(self, image: PageImage) -> PageText:
        down = image.height / (_ROWS + 2)
        lines = []
        for row in range(self._rows):
            texts = ("Họ tên: NGUYÊN VĂN HOA" if row == 0 else _SENTENCE).split()
            step = image.width / len(texts)
            top, bottom = int((row + 0.9) * down), int((row + 1.7) * down)
            lines.append(
                line_of(
                    Word(
                        text=text,
                        box=Box(left=int(at * step), top=top, right=int((at + 1) * step) - 2, bottom=bottom),
                        confidence=0.3 if text == "NGUYÊN" else self._confidence,
                    )
                    for at, text in enumerate(texts)
                )
            )
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=(block_of(lines),))

    def close(self) -> None:
        pass


class _Namer:
    """Classifier and extractor: the name is what stands behind its label."""

    name = "namer/1"

    def classify(self, page: ReadPage, values: Sequence[FieldValue]) -> Classification:
        return Classification(type_id="ct01", confidence=0.9, evidence="x", is_first_page=True)

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        words = [word for word in page.text.words if word.text.isupper()]
        text = " ".join(word.text for word in words)
        return [
            FieldValue(
                name="person_name", raw=text, value=text, box=around([word.box for word in words]),
                confidence=0.98, source=Source.OCR,
            )
        ]  # fmt: skip


@pytest.fixture(scope="module")
def scan() -> bytes:
    """A page with twelve rows of letters."""
    pixels = np.full((1400, 1000), 255, np.uint8)
    for row in range(_ROWS):
        cv2.putText(
            pixels,
            "Can cu luat to chuc chinh quyen dia phuong",
            (80, 100 * row + 150),
            cv2.FONT_HERSHEY_SIMPLEX,
            1,
            0,
            2,
        )
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "PNG", dpi=(120, 120))
    return target.getvalue()


def _read(scan: bytes, engine: _Reader, knowledge: Knowledge) -> PageResult:
    tools = PageTools(
        engine=engine, classifier=_Namer(), field_extractors=(_Namer(),), knowledge=knowledge,
        calibration=load_calibration(),
    )  # fmt: skip
    return read_page(scan, 0, tools)


def test_a_doubtful_name_is_told_and_lowers_its_value(scan: bytes, knowledge: Knowledge) -> None:
    result = _read(scan, _Reader(_ROWS), knowledge)
    assert result.reading.outcome is Outcome.READ
    assert [doubt.text for doubt in result.reading.doubts] == ["NGUYÊN"]
    (value,) = result.reading.fields
    assert value.value == "NGUYÊN VĂN HOA"
    assert "NGUYỄN VĂN HOA" in value.alternatives
    assert value.confidence == result.reading.doubts[0].confidence < 0.98
    assert result.reading.confidence == result.text.confidence > 0.9


def test_a_page_read_in_part_is_told_and_one_hardly_read_needs_a_person(
    scan: bytes, knowledge: Knowledge
) -> None:
    half, hardly = _read(scan, _Reader(8), knowledge), _read(scan, _Reader(3), knowledge)
    assert (half.reading.outcome, half.reading.issues[-1]) == (Outcome.READ, "PARTLY_UNREAD")
    assert (hardly.reading.outcome, hardly.reading.issues[-1]) == (Outcome.NEEDS_PERSON, "PARTLY_UNREAD")


def test_a_page_of_unsure_words_needs_a_person(scan: bytes, knowledge: Knowledge) -> None:
    result = _read(scan, _Reader(_ROWS, confidence=0.05), knowledge)
    assert result.text.words
    assert result.reading.outcome is Outcome.NEEDS_PERSON
