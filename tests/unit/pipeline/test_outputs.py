"""Searchable PDF/A and ALTO: valid, faithful, the same every time."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import page as page_validation
import pikepdf
import pikepdf.pdfa
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from dossiers.errors import InputError
from dossiers.reading import Box, Classification
from pipeline.alto import to_alto
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ocr.tesseract_inprocess import make as make_tesseract
from pipeline.page import PageTools, read_page
from pipeline.page_result import PageResult
from pipeline.pdf.document import DocumentPage, render_pdf
from pipeline.pdf.font import font_file
from pipeline.pdf.metadata import srgb_profile
from pipeline.ports import OcrEngine, ReadPage
from pipeline.text import PageText, Word

Draw = Callable[..., PageImage]
Write = Callable[..., bytes]
_DAY = datetime(2025, 10, 3, 8, 30, tzinfo=UTC)
_SCHEMAS = Path(__file__).parents[2] / "data" / "alto"


class _Nobody:
    name = "nobody"

    def classify(self, page: ReadPage, values: object) -> Classification:
        return Classification(type_id="unknown", confidence=1.0, evidence="", is_first_page=True)


@pytest.fixture(scope="module")
def engine() -> Iterator[OcrEngine]:
    made = make_tesseract({})
    yield made
    made.close()


def _bilevel(page: PageImage) -> bytes:
    target = io.BytesIO()
    Image.fromarray(page.pixels).convert("1", dither=Image.Dither.NONE).save(
        target, "TIFF", compression="group4", dpi=(page.dpi, page.dpi)
    )
    return target.getvalue()


def _turned(page: PageImage) -> PageImage:
    return PageImage(pixels=np.ascontiguousarray(np.rot90(page.pixels, 2)), dpi=page.dpi)


_KINDS = ["jpeg", "turned jpeg", "png", "fax", "scanned pdf", "colour"]


def _content(kind: str, draw: Draw, write: Write) -> bytes:
    page = draw(200, rows=10, colour=kind == "colour")
    return {
        "jpeg": lambda: write(page, "JPEG"),
        "turned jpeg": lambda: write(_turned(page), "JPEG"),
        "png": lambda: write(page, "PNG"),
        "fax": lambda: _bilevel(page),
        "scanned pdf": lambda: write(page, "PDF"),
        "colour": lambda: write(page, "JPEG"),
    }[kind]()


def _read(content: bytes, engine: OcrEngine) -> PageResult:
    return read_page(content, 0, PageTools(engine=engine, classifier=_Nobody()))


def _rendered(content: bytes, result: PageResult, title: str = "Hồ sơ <thử> & «nghiệm»") -> bytes:
    return render_pdf([DocumentPage(content=content, index=0, result=result)], title, _DAY, Limits())


def _plain(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("kind", _KINDS)
def test_a_document_is_valid_searchable_and_looks_like_the_page(
    letter_page: Draw, as_file: Write, engine: OcrEngine, tmp_path: Path, kind: str
) -> None:
    content = _content(kind, letter_page, as_file)
    result = _read(content, engine)
    pdf = _rendered(content, result)
    path = tmp_path / "out.pdf"
    path.write_bytes(pdf)

    verdict = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_A_2B)
    assert verdict.is_compliant, str(verdict)
    assert not pikepdf.pdfa.validate_written(path, "2b").findings

    wanted = _plain(result.text.text)
    assert len(wanted) > 80
    with pypdfium2.PdfDocument(pdf) as document:
        layer = document[0].get_textpage()
        assert _plain(layer.get_text_range()) == wanted
        size = document[0].get_size()
        seen = document[0].render(scale=result.placement.dpi / 72).to_numpy()
    if shutil.which("pdftotext"):
        found = subprocess.run(
            ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
        )
        assert _plain(found.stdout) == wanted

    assert size == pytest.approx((595.4, 841.7), abs=1)
    grey = seen[:, :, :3].mean(axis=2) if seen.ndim == 3 and seen.shape[2] >= 3 else seen.squeeze()
    upright = letter_page(200, rows=10).pixels
    high, wide = min(grey.shape[0], upright.shape[0]), min(grey.shape[1], upright.shape[1])
    assert np.abs(grey[:high, :wide].astype(float) - upright[:high, :wide]).mean() < 3


@pytest.mark.parametrize("kind", ["jpeg", "turned jpeg", "scanned pdf"])
def test_the_jpeg_of_the_scanner_is_kept_byte_for_byte(
    letter_page: Draw, as_file: Write, engine: OcrEngine, kind: str
) -> None:
    content = _content(kind, letter_page, as_file)
    with pikepdf.open(io.BytesIO(_rendered(content, _read(content, engine)))) as pdf:
        kept = pdf.pages[0].resources["/XObject"]["/KeptJpeg0"].read_raw_bytes()
    assert kept in content


def test_words_can_be_found_at_their_places(letter_page: Draw, as_file: Write, engine: OcrEngine) -> None:
    content = as_file(letter_page(200, rows=6), "JPEG")
    result = _read(content, engine)
    word = next(each for each in result.text.words if each.text == "Luật")
    with pypdfium2.PdfDocument(_rendered(content, result)) as document:
        page = document[0]
        layer = page.get_textpage()
        found = layer.search("Luật", match_case=True).get_next()
        assert found is not None
        left, bottom, right, top = layer.get_charbox(found[0], loose=False)
        right = layer.get_charbox(found[0] + found[1] - 1)[2]
        height = page.get_size()[1]
    scale = result.placement.dpi / 72
    assert left * scale == pytest.approx(word.box.left, abs=2)
    assert right * scale == pytest.approx(word.box.right, abs=2)
    assert (height - (top + bottom) / 2) * scale == pytest.approx(
        (word.box.top + word.box.bottom) / 2, abs=12
    )


def test_the_same_pages_give_the_same_bytes(letter_page: Draw, as_file: Write, engine: OcrEngine) -> None:
    content = as_file(letter_page(150, rows=4), "PNG")
    result = _read(content, engine)
    font_file.cache_clear()
    srgb_profile.cache_clear()
    first = _rendered(content, result)
    font_file.cache_clear()
    srgb_profile.cache_clear()
    assert _rendered(content, result) == first
    assert _rendered(content, result, "Tên khác") != first


def test_letters_beyond_the_basic_plane_hostile_titles_and_no_words_do_no_harm(
    letter_page: Draw, as_file: Write, engine: OcrEngine, tmp_path: Path
) -> None:
    content = as_file(letter_page(72, rows=1), "PNG")
    result = _read(content, engine)
    box = Box(left=50, top=50, right=90, bottom=70)
    odd = PageText(
        width=result.text.width, height=result.text.height, dpi=72,
        blocks=(block_of([line_of([Word(text="𝒜)(\\<>𠮷", box=box, confidence=1.0)])]),),
    )  # fmt: skip
    for text in (odd, PageText(width=odd.width, height=odd.height, dpi=72, blocks=())):
        changed = PageResult(reading=result.reading, text=text, placement=result.placement)
        path = tmp_path / "odd.pdf"
        path.write_bytes(_rendered(content, changed, "]]> <?x \x00\x1b </rdf:RDF>"))
        verdict = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_A_2B)
        assert verdict.is_compliant, str(verdict)
        with pypdfium2.PdfDocument(path) as document:
            assert _plain(document[0].get_textpage().get_text_range()) == _plain(text.text)


def test_a_document_without_pages_is_refused() -> None:
    with pytest.raises(InputError):
        render_pdf([], "t", _DAY, Limits())


def test_alto_is_valid_against_the_public_schema(
    letter_page: Draw, as_file: Write, engine: OcrEngine
) -> None:
    result = _read(as_file(letter_page(150, rows=6)), engine)
    block = result.text.blocks[0]
    first = replace(block.lines[0].words[0], alternatives=("CỘNG", "CÔNG\x00"))
    line = replace(block.lines[0], words=(first, *block.lines[0].words[1:]))
    text = replace(
        result.text, blocks=(replace(block, lines=(line, *block.lines[1:])), *result.text.blocks[1:])
    )
    xml = to_alto(text, "trang\x00-1.jpg", result.reading.engine, 3)
    schema = etree.parse(_SCHEMAS / "alto-4-4.xsd")
    for imported in schema.iter("{http://www.w3.org/2001/XMLSchema}import"):
        imported.set("schemaLocation", str(_SCHEMAS / "xlink.xsd"))
    parsed = etree.fromstring(xml)
    etree.XMLSchema(schema).assertValid(parsed)
    strings = parsed.iter("{http://www.loc.gov/standards/alto/ns-v4#}String")
    assert [each.get("CONTENT") for each in strings] == [word.text for word in result.text.words]
    others = parsed.iter("{http://www.loc.gov/standards/alto/ns-v4#}ALTERNATIVE")
    assert [each.text for each in others] == ["CỘNG", "CÔNG"]
