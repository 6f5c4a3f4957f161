"""What every OCR engine must do, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossiers.errors import ConfigurationError, EngineError
from pipeline.image import PageImage
from pipeline.ocr import tesseract_inprocess, tesseract_subprocess
from pipeline.ocr.replay import ReplayEngine
from pipeline.ports import LetterReader, LineReader, OcrEngine

_FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
_LINES = ("QUYẾT ĐỊNH", "Căn cứ Luật Tổ chức chính quyền địa phương", "ngày 16 tháng 6 năm 2025")


def _page(lines: tuple[str, ...]) -> PageImage:
    picture = Image.new("L", (1400, 700), 255)
    font = ImageFont.truetype(str(_FONT), 50)
    for row, line in enumerate(lines):
        ImageDraw.Draw(picture).text((100, 100 + 120 * row), line, font=font, fill=0)
    return PageImage(pixels=np.asarray(picture, np.uint8), dpi=300)


def _line(lines: tuple[str, ...]) -> PageImage:
    page = _page(lines)
    return PageImage(pixels=np.ascontiguousarray(page.pixels[80:170]), dpi=page.dpi)


ENGINES: dict[str, Callable[[Mapping[str, str]], OcrEngine]] = {
    "tesseract": tesseract_inprocess.make,
    "tesseract-subprocess": tesseract_subprocess.make,
}


@pytest.fixture(scope="module", params=[*ENGINES, "replay"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OcrEngine]:
    if not _FONT.is_file():
        pytest.skip("no font with Vietnamese letters")
    if request.param == "replay":
        folder = tmp_path_factory.mktemp("recordings")
        recorded = tesseract_inprocess.make({})
        recorder = ReplayEngine(folder, recorded.signature, recorded)
        for lines in (_LINES, ()):
            recorder.recognise(_page(lines))
            recorder.recognise_line(_line(lines[:1]))
        recorder.close()
        made: OcrEngine = ReplayEngine(folder, recorded.signature)
    else:
        made = ENGINES[request.param]({})
    yield made
    made.close()


def test_it_reads_vietnamese_with_its_marks(engine: OcrEngine) -> None:
    assert engine.recognise(_page(_LINES)).text == "\n".join(_LINES)


def test_reading_again_gives_the_same(engine: OcrEngine) -> None:
    assert engine.recognise(_page(_LINES)) == engine.recognise(_page(_LINES))


def test_boxes_lie_on_the_words(engine: OcrEngine) -> None:
    page = _page(_LINES)
    for word in engine.recognise(page).words:
        inside = page.pixels[word.box.top : word.box.bottom, word.box.left : word.box.right]
        assert inside.size > 0
        assert (inside < 128).mean() > 0.05
        assert 0.5 < word.confidence <= 1.0


def test_it_reads_a_single_line(engine: OcrEngine) -> None:
    assert isinstance(engine, LineReader)
    line = _line(_LINES[:1])
    words = engine.recognise_line(line)
    assert " ".join(word.text for word in words) == _LINES[0]
    assert all(0 <= word.box.left < word.box.right <= line.width for word in words)
    assert all(word.confidence < 0.5 for word in engine.recognise_line(_line(())))


def test_an_engine_that_tells_its_doubts_reads_the_same_letters(engine: OcrEngine) -> None:
    if not isinstance(engine, LetterReader):
        pytest.skip("this engine tells no doubts")
    words = engine.recognise_letters(_line(_LINES[:1]))
    assert " ".join(word.text for word in words) == _LINES[0]
    for word in words:
        likeliest = "".join(min(costs, key=lambda sign: costs[sign]) for costs in word.letters)
        assert likeliest == word.text
    assert " ".join(word.text for word in engine.recognise_line(_line(_LINES[:1]))) == _LINES[0]


def test_a_white_page_has_no_words(engine: OcrEngine) -> None:
    assert engine.recognise(_page(())).words == ()


def test_its_signature_names_version_and_model(engine: OcrEngine) -> None:
    assert "vie" in engine.signature
    assert any(each.isdigit() for each in engine.signature)


def test_closing_twice_is_no_error() -> None:
    for make in ENGINES.values():
        made = make({})
        made.close()
        made.close()


@pytest.mark.parametrize("make", list(ENGINES.values()))
@pytest.mark.parametrize(
    "options",
    [{"pagemode": "4"}, {"page_mode": "x"}, {"page_mode": "99"}, {"page_mode": "0"}, {"languages": "xxx"},
     {"timeout_seconds": "0"}],
)  # fmt: skip
def test_options_that_do_not_fit_are_refused(
    make: Callable[[Mapping[str, str]], OcrEngine], options: Mapping[str, str]
) -> None:
    with pytest.raises(ConfigurationError):
        make(options)


def test_other_options_have_another_signature() -> None:
    for make in ENGINES.values():
        plain, other = make({}), make({"page_mode": "6"})
        assert plain.signature != other.signature
        plain.close()
        other.close()


def test_an_unrecorded_or_spoilt_page_is_an_error_of_ours(tmp_path: Path) -> None:
    recorder = ReplayEngine(tmp_path, "none/1")
    with pytest.raises(EngineError) as caught:
        recorder.recognise(_page(_LINES))
    assert caught.value.code == "NOT_RECORDED"
    (tmp_path / f"{recorder._key(_page(_LINES))}.json").write_text("{}")
    with pytest.raises(EngineError) as caught:
        recorder.recognise(_page(_LINES))
    assert caught.value.code == "BAD_OUTPUT"
