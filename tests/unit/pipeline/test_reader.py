"""The parent's reader over a real sandboxed child."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dossiers.errors import EngineError, InputCode, InputError
from dossiers.reading import Outcome
from pipeline.codec import encode_result
from pipeline.image import PageImage
from pipeline.reader import PageReader, PdfPage
from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits

_CHILD = """
import sys
from dossiers.reading import Classification
from pipeline.child import serve
from pipeline.jobs import handlers
from pipeline.ocr import faults
from pipeline.ocr.tesseract_inprocess import make as make_tesseract
from pipeline.page import PageTools

class Nobody:
    name = "nobody"
    def classify(self, page, values):
        return Classification(type_id="unknown", confidence=1.0, evidence="", is_first_page=True)

makers = {"crash": faults.make_crash, "slow": faults.make_slow, "garbage": faults.make_garbage}
makers["tesseract"] = make_tesseract
serve(handlers(lambda: PageTools(engine=makers[sys.argv[1]]({}), classifier=Nobody())))
"""


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], PageReader]]:
    script = tmp_path / "page_child.py"
    script.write_text(textwrap.dedent(_CHILD))
    readers: list[PageReader] = []

    def build(engine: str = "tesseract", timeout: float = 40.0) -> PageReader:
        limits = SandboxLimits(timeout_seconds=timeout, start_seconds=40.0, readable=(str(tmp_path),))
        readers.append(PageReader(Sandbox([sys.executable, str(script), engine], limits)))
        return readers[-1]

    yield build
    for reader in readers:
        reader.close()


def test_a_file_is_inspected_read_and_rendered_in_the_child(
    letter_page: Callable[..., PageImage], as_file: Callable[..., bytes], make: Callable[..., PageReader]
) -> None:
    content = as_file(letter_page(150, rows=6), "JPEG")
    reader = make()
    assert reader.inspect(content, ".jpg").page_count == 1
    result = reader.read(content, 0)
    assert result.reading.outcome is Outcome.READ
    assert "Độc lập - Tự do - Hạnh phúc" in result.reading.text
    page = PdfPage(content=content, index=0, artefact=encode_result(result))
    pdf = reader.render_pdf([page, page], "Hồ sơ")
    assert reader.inspect(pdf, ".pdf").page_count == 2
    assert reader.render_pdf([page, page], "Hồ sơ") == pdf


def test_a_refusal_crosses_with_its_reason(make: Callable[..., PageReader]) -> None:
    with pytest.raises(InputError) as caught:
        make().inspect(b"<html>", ".pdf")
    assert caught.value.reason is InputCode.TYPE_MISMATCH


@pytest.mark.parametrize(("engine", "code"), [("crash", "CRASHED"), ("slow", "TIMEOUT")])
def test_an_engine_that_fails_costs_one_page_and_no_more(
    letter_page: Callable[..., PageImage],
    as_file: Callable[..., bytes],
    make: Callable[..., PageReader],
    engine: str,
    code: str,
) -> None:
    reader = make(engine, 6.0)
    content = as_file(letter_page(100, rows=4))
    assert reader.inspect(content, ".png").page_count == 1
    with pytest.raises(EngineError) as caught:
        reader.read(content, 0)
    assert caught.value.code == code
    assert reader.inspect(content, ".png").page_count == 1


def test_an_engine_that_reads_garbage_leaves_the_page_to_a_person(
    letter_page: Callable[..., PageImage], as_file: Callable[..., bytes], make: Callable[..., PageReader]
) -> None:
    result = make("garbage").read(as_file(letter_page(100, rows=4)), 0)
    assert result.reading.outcome is Outcome.NEEDS_PERSON
