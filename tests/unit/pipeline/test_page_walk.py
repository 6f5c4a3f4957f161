"""The walk over one page, with engines that behave and engines that do not."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pikepdf
import pytest

from dossiers.errors import EngineError, InputError
from dossiers.reading import Box, Classification, FieldValue, Outcome, Source
from pipeline.image import PageImage
from pipeline.language.repair import load_knowledge
from pipeline.ocr.faults import GarbageEngine
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ocr.tesseract_inprocess import make as make_tesseract
from pipeline.page import PageTools, read_page
from pipeline.page_result import PageResult
from pipeline.ports import OcrEngine, ReadPage
from pipeline.text import PageText, Word

_MISREAD = "các tô chức và cá nhân có thẩm quyên thực hiện thủ tục hành chính"
Draw = Callable[..., PageImage]
Write = Callable[..., bytes]


class _Recorder:
    """Classifier and extractor that note in which order they were asked, and about what."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.name = "recorder/1"

    def classify(self, page: ReadPage, values: Sequence[FieldValue]) -> Classification:
        self.asked.append(f"classify with {len(values)}")
        assert page.image.width == page.text.width
        return Classification(type_id="quyet_dinh", confidence=0.9, evidence="x", is_first_page=True)

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        self.asked.append("codes" if classification is None else f"fields of {classification.type_id}")
        source = Source.QR if classification is None else Source.OCR
        return [FieldValue(name="a", raw="b", value="b", box=None, confidence=1.0, source=source)]


class _Unused:
    """An engine that must not be asked."""

    signature = "unused"

    def recognise(self, image: PageImage) -> PageText:
        raise EngineError("ASKED", f"{image.width}")

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def engine() -> Iterator[OcrEngine]:
    made = make_tesseract({})
    yield made
    made.close()


def _read(content: bytes, engine: OcrEngine, recorder: _Recorder | None = None) -> PageResult:
    recorder = recorder or _Recorder()
    tools = PageTools(
        engine=engine, classifier=recorder, code_extractors=(recorder,), field_extractors=(recorder,)
    )
    return read_page(content, 0, tools)


def _quarters(page: PageImage, clockwise: int) -> PageImage:
    return PageImage(pixels=np.ascontiguousarray(np.rot90(page.pixels, -clockwise)), dpi=page.dpi)


def test_codes_are_read_first_then_the_type_then_the_fields(
    letter_page: Draw, as_file: Write, engine: OcrEngine
) -> None:
    recorder = _Recorder()
    reading = _read(as_file(letter_page()), engine, recorder).reading
    assert recorder.asked == ["codes", "classify with 1", "fields of quyet_dinh"]
    assert [each.source for each in reading.fields] == [Source.QR, Source.OCR]
    assert reading.classification.type_id == "quyet_dinh"


@pytest.mark.parametrize("clockwise", [0, 1, 2, 3])
def test_a_page_is_read_whichever_way_it_lay(
    letter_page: Draw, as_file: Write, engine: OcrEngine, clockwise: int
) -> None:
    result = _read(as_file(_quarters(letter_page(200, rows=12), clockwise)), engine)
    assert result.reading.outcome is Outcome.READ
    assert result.reading.rotated_degrees == (360 - 90 * clockwise) % 360
    assert "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;" in result.reading.text
    assert result.placement.width == round(8.27 * 200)


def test_a_blank_page_is_not_shown_to_anybody(as_file: Write) -> None:
    recorder = _Recorder()
    blank = PageImage(pixels=np.full((1170, 827), 250, np.uint8), dpi=100)
    reading = _read(as_file(blank), _Unused(), recorder).reading
    assert (reading.outcome, reading.classification.type_id, reading.text) == (Outcome.BLANK, "blank", "")
    assert recorder.asked == []


def test_a_page_of_scribble_needs_a_person_and_is_never_silently_empty(
    as_file: Write, engine: OcrEngine
) -> None:
    pixels = np.full((1170, 827), 255, np.uint8)
    points = np.array([(100 + 15 * i, 500 + int(180 * np.sin(i * 1.7))) for i in range(40)], np.int32)
    cv2.polylines(pixels, [points], isClosed=False, color=20, thickness=6)
    assert _read(as_file(PageImage(pixels=pixels, dpi=100)), engine).reading.outcome is Outcome.NEEDS_PERSON


def test_a_page_of_pale_print_is_never_taken_for_a_blank_one(letter_page: Draw, as_file: Write) -> None:
    noise = np.random.default_rng(7).normal(0, 12, (1754, 1240))
    pale = np.clip(235 - 0.16 * (255.0 - letter_page().pixels) + noise, 0, 255).astype(np.uint8)
    reading = _read(as_file(PageImage(pixels=pale, dpi=150)), GarbageEngine()).reading
    assert reading.outcome is Outcome.NEEDS_PERSON


def test_what_an_engine_makes_up_is_held_inside_the_page_and_sent_to_a_person(
    letter_page: Draw, as_file: Write
) -> None:
    result = _read(as_file(letter_page(100)), GarbageEngine())
    assert result.reading.outcome is Outcome.NEEDS_PERSON
    whole = Box(left=0, top=0, right=result.text.width, bottom=result.text.height)
    for word in result.text.words:
        assert whole.left <= word.box.left < word.box.right <= whole.right
        assert whole.top <= word.box.top < word.box.bottom <= whole.bottom
        assert "\u202e" not in word.text


def test_the_same_bytes_give_the_same_result(letter_page: Draw, as_file: Write, engine: OcrEngine) -> None:
    content = as_file(letter_page(rows=5))
    assert _read(content, engine) == _read(content, engine)


def test_low_resolution_is_an_issue_for_the_clerk(
    letter_page: Draw, as_file: Write, engine: OcrEngine
) -> None:
    assert _read(as_file(letter_page(150, rows=3)), engine).reading.issues == ("LOW_RESOLUTION",)
    assert _read(as_file(letter_page(200, rows=3)), engine).reading.issues == ()


def test_a_red_seal_is_seen_and_black_print_under_it_is_read(
    letter_page: Draw, as_file: Write, engine: OcrEngine
) -> None:
    page = letter_page(200, rows=12, colour=True)
    pixels = page.pixels.copy()
    ring = np.full_like(pixels, 255)
    cv2.circle(ring, (800, 500), 140, (215, 45, 50), 7)
    cv2.circle(ring, (800, 500), 95, (215, 45, 50), 4)
    cv2.putText(ring, "UBND", (710, 520), cv2.FONT_HERSHEY_SIMPLEX, 2, (215, 45, 50), 6)
    sealed = PageImage(pixels=np.minimum(pixels, ring), dpi=200)
    with_seal, without = _read(as_file(sealed), engine), _read(as_file(page), engine)
    assert (with_seal.reading.has_seal, without.reading.has_seal) == (True, False)
    assert with_seal.reading.text == without.reading.text


def test_broken_dates_are_mended(words_at: Callable[..., object]) -> None:
    from pipeline.ocr.found_words import plain_word

    assert plain_word("13!09I2021") == "13/09/2021"
    assert plain_word("1321092021") == "1321092021"
    assert plain_word("o\u0302\u0301\x07 a") == "ốa"


def test_a_drawn_pdf_page_gives_its_own_text_without_any_engine(
    letter_page: Draw, as_file: Write, engine: OcrEngine
) -> None:
    from datetime import UTC, datetime

    from pipeline.limits import Limits
    from pipeline.pdf.document import DocumentPage, render_pdf

    content = as_file(letter_page(200, rows=20))
    result = _read(content, engine)
    searchable = render_pdf(
        [DocumentPage(content=content, index=0, result=result)],
        "t",
        datetime(2025, 1, 1, tzinfo=UTC),
        Limits(),
    )
    again = _read(searchable, _Unused())
    assert again.flags == ("PDF_TEXT",)
    assert again.reading.text.split() == result.reading.text.split()


def test_a_stamp_of_text_over_a_scan_is_no_text_layer(letter_page: Draw, as_file: Write) -> None:
    with pikepdf.open(io.BytesIO(as_file(letter_page(150), "PDF"))) as pdf:
        page = pdf.pages[0]
        page.contents_add(
            b"BT /F1 8 Tf 30 800 Td (Ky boi: Cong thong tin dien tu Chinh phu 08:44 09/07/2025) Tj ET"
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.resources["/Font"] = pikepdf.Dictionary(F1=font)
        target = io.BytesIO()
        pdf.save(target)
    with pytest.raises(EngineError, match="ASKED"):
        _read(target.getvalue(), _Unused())


def test_a_broken_page_is_refused(letter_page: Draw, as_file: Write) -> None:
    content = as_file(letter_page(72), "PNG")
    with pytest.raises(InputError):
        _read(content[: len(content) // 2], _Unused())


def test_marks_of_running_text_are_repaired_and_the_raw_reading_is_kept(
    letter_page: Draw, as_file: Write
) -> None:
    class Misreading:
        signature = "misreading/1"

        def recognise(self, image: PageImage) -> PageText:
            words = tuple(
                Word(
                    text=text,
                    box=Box(left=10 + 50 * place, top=100, right=50 + 50 * place, bottom=130),
                    confidence=0.9,
                )
                for place, text in enumerate(_MISREAD.split())
            )
            block = block_of([line_of(words)])
            return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=(block,))

        def close(self) -> None:
            pass

    content = as_file(letter_page(150, rows=6), "PNG")
    tools = PageTools(engine=Misreading(), classifier=_Recorder())
    assert "tô chức" in read_page(content, 0, tools).reading.text
    result = read_page(content, 0, replace(tools, knowledge=load_knowledge()))
    assert "các tổ chức và cá nhân có thẩm quyền thực hiện" in result.reading.text
    assert {word.raw for word in result.text.words if word.raw} == {"tô", "quyên"}
