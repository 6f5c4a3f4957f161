"""Black arrival stamps across the beginnings of lines: ``python -m benchmarks.imaging.arrivals``.

Stamps of the receiving office are struck at the margin, a little turned, over the first letters of lines,
and scanned without colour. Every page is read twice through the same stages: frames together with the page
around them, and frames apart from it. Errors are counted in the print of the page and in what the stamps say.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from benchmarks.imaging.sealed_pages import text_sheets
from benchmarks.tables import percent, table
from benchmarks.text_score import TextScore, score, total
from pipeline.framed_reading import read_prepared
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr.tesseract_inprocess import make
from pipeline.ports import LineReader, OcrEngine
from pipeline.second_tries.again import read_again
from pipeline.stages.clean import clean
from pipeline.stages.reading_order import in_reading_order
from pipeline.stages.tables import find_ruling
from pipeline.text import PageText
from samples.generator.canvas import Canvas
from samples.generator.fonts import FontBook
from samples.generator.scanner import Mode, ScanSettings, scan
from samples.generator.style import Style

#: Pixels a millimetre at which stamps are drawn.
_SCALE: Final = 16.0
_INK: Final = (26, 26, 30)
_OFFICES: Final = ("VĂN PHÒNG UBND TỈNH", "SỞ NỘI VỤ", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG")
_ENTRIES: Final = (("CÔNG VĂN ĐẾN", "Số:", "Ngày:"), ("ĐẾN", "Giờ:", "Ngày:"))
#: Stamps a page, and how far each reaches into the lines, mm.
_STAMPS: Final = 3
_REACH_MM: Final = (-2.0, 9.0)
#: Left margin of the running text, mm.
_MARGIN_MM: Final = 28.0
_CAPTURES: Final[tuple[tuple[str, int, Mode], ...]] = (
    ("1-bit, 200 dpi", 200, "bilevel"),
    ("grey, 200 dpi", 200, "gray"),
    ("grey, 300 dpi", 300, "gray"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StampedPage:
    """A page as captured, what is printed on it, and what its stamps say."""

    image: PageImage
    printed: tuple[str, ...]
    stamped: tuple[str, ...]


def stamped(canvas: Canvas, dpi: int, mode: Mode, seed: int) -> StampedPage:
    """Captures a sheet with stamps at its left margin; leaves the sheet as it was."""
    rng = random.Random(seed)
    clean_sheet = canvas.image.copy()
    lines: list[str] = []
    for number in range(_STAMPS):
        words = (rng.choice(_OFFICES), *rng.choice(_ENTRIES))
        picture = _stamp(words, canvas.fonts, rng)
        width = picture.width / _SCALE
        left = max(1.0, _MARGIN_MM - width + rng.uniform(*_REACH_MM))
        canvas.stamp(picture, left, 60 + 70 * number + rng.uniform(-8, 8), width)
        lines += words
    pixels = scan(canvas, ScanSettings(dpi=dpi, mode=mode), rng).pixels
    canvas.image.paste(clean_sheet)
    return StampedPage(
        image=PageImage(pixels=pixels, dpi=dpi, is_bilevel=mode == "bilevel"),
        printed=tuple(line.text for line in canvas.lines),
        stamped=tuple(lines),
    )


def _stamp(words: Sequence[str], fonts: FontBook, rng: random.Random) -> Image.Image:
    """Draws a frame with the office above a line, and the entries to be filled in by hand below it."""
    style = Style(size=7.5, bold=True, family="sans")
    font = fonts.font(style, _SCALE, "".join(words))
    wide = max(36 * _SCALE, font.getlength(words[0]) + 4 * _SCALE)
    high, step, edge = 20 * _SCALE, 4.6 * _SCALE, round(0.45 * _SCALE)
    picture = Image.new("RGBA", (round(wide), round(high)), (*_INK, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((edge, edge, wide - edge, high - edge), outline=(*_INK, 255), width=edge)
    draw.line((edge, 5.6 * _SCALE, wide - edge, 5.6 * _SCALE), fill=(*_INK, 255), width=edge)
    for number, line in enumerate(words):
        is_head = number < len(words) - 2
        place = (wide / 2 if is_head else 3 * _SCALE, 3 * _SCALE + step * number)
        draw.text(place, line, font=font, fill=(*_INK, 255), anchor="mm" if is_head else "lm")
    return picture.rotate(rng.uniform(-2.5, 2.5), resample=Image.Resampling.BICUBIC, expand=True)


def read(page: PageImage, engine: OcrEngine, *, is_apart: bool) -> str:
    """Reads a page through cleaning, second tries and reading order; no language layer."""
    prepared = clean(page, (), Limits().max_working_pixels).image
    ruling = find_ruling(prepared, prepared.width)
    if not is_apart:
        return in_reading_order(_together(prepared, engine), prepared, ruling=ruling).text
    text, framed = read_prepared(prepared, ruling, engine)
    return in_reading_order(text, prepared, ruling=ruling, framed=framed.lines).text


def _together(prepared: PageImage, engine: OcrEngine) -> PageText:
    text = engine.recognise(prepared)
    return read_again(text, prepared, engine) if isinstance(engine, LineReader) else text


def _rows(sheets: Sequence[Canvas], engine: OcrEngine, seed: int) -> Iterator[list[str]]:
    for name, dpi, mode in _CAPTURES:
        pages = [stamped(sheet, dpi, mode, seed + number) for number, sheet in enumerate(sheets)]
        for is_apart in (False, True):
            scores = [_scores(page, read(page.image, engine, is_apart=is_apart)) for page in pages]
            page_score, stamp_score = (total(each) for each in zip(*scores, strict=True))
            yield [name, "apart" if is_apart else "together", _cer(page_score), _cer(stamp_score)]


def _scores(page: StampedPage, reading: str) -> tuple[TextScore, TextScore]:
    """Errors in the page's own lines, and in all lines less those: the stamps'."""
    own, both = score(page.printed, reading), score((*page.printed, *page.stamped), reading)
    errors = max(0, both.matched_characters - own.matched_characters)
    return own, TextScore(characters=both.characters - own.characters, matched_characters=errors)


def _cer(found: TextScore) -> str:
    return percent(found.matched_characters, found.characters)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2, help="pages for each capture")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    options = parser.parse_args()
    sheets = list(text_sheets(options.split, options.seed, options.pages))
    rows = list(_rows(sheets, make({}), options.seed))
    print(table(("Capture", "Frames read", "CER, print of the page", "CER, stamps"), rows))


if __name__ == "__main__":
    main()
