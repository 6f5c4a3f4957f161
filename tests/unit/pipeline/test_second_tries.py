from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr import tesseract_inprocess
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ocr.tesseract_inprocess import TesserocrEngine
from pipeline.recognition import recognise_upright
from pipeline.second_tries.again import read_again
from pipeline.second_tries.doubts import plausibility
from pipeline.second_tries.spots import MOST_DOUBTS, MOST_ROWS, find_spots
from pipeline.second_tries.votes import choose, slots_of, text_of
from pipeline.text import PageText, Word

_FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
_LINES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương",
    "Điều 1. Công nhận 37 hộ gia đình đạt danh hiệu",
    "PHÓ CHỦ TỊCH",
    "Trần Thị Hồng Nhạn",
)


@pytest.fixture(scope="module")
def engine() -> Iterator[TesserocrEngine]:
    made = tesseract_inprocess.make({})
    yield made
    made.close()


@pytest.fixture(scope="module")
def prepared() -> PageImage:
    if not _FONT.is_file():
        pytest.skip("no font with Vietnamese letters")
    picture = Image.new("L", (1000, 420), 255)
    font = ImageFont.truetype(str(_FONT), 36)
    for row, line in enumerate(_LINES):
        ImageDraw.Draw(picture).text((60, 40 + 90 * row), line, font=font, fill=0)
    return PageImage(pixels=np.asarray(picture, np.uint8), dpi=200)


@pytest.fixture(scope="module")
def first(engine: TesserocrEngine, prepared: PageImage) -> PageText:
    text = engine.recognise(prepared)
    assert text.text == "\n".join(_LINES)
    return text


class _CountingReader:
    """Sees nothing, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        del image
        self.asked += 1
        return ()


class _ForgetfulEngine:
    """Leaves the last line of every page out; optionally is unsure of all words but the first ones."""

    def __init__(self, engine: TesserocrEngine, confidence: float | None = None) -> None:
        self._engine = engine
        self._confidence = confidence
        self.lines_read = 0

    @property
    def signature(self) -> str:
        return "forgetful"

    def recognise(self, image: PageImage) -> PageText:
        rows = [line.words for line in self._engine.recognise(image).lines[:-1]]
        if self._confidence is not None:
            rows = [
                (words[0], *(replace(word, confidence=self._confidence) for word in words[1:]))
                for words in rows
            ]
        return PageText(
            width=image.width, height=image.height, dpi=image.dpi,
            blocks=(block_of([line_of(words) for words in rows]),) if rows else (),
        )  # fmt: skip

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        self.lines_read += 1
        return self._engine.recognise_line(image)

    def close(self) -> None:
        """Holds nothing of its own."""


def _with_lines(text: PageText, rows: Sequence[Sequence[Word]]) -> PageText:
    return replace(text, blocks=(block_of([line_of(row) for row in rows]),))


def _word(text: str, confidence: float, left: int = 0, right: int = 100) -> Word:
    return Word(text=text, box=Box(left=left, top=0, right=right, bottom=30), confidence=confidence)


def _slot(*readings: tuple[str, float]) -> list[list[Word]]:
    return [[_word(text, confidence)] if text else [] for text, confidence in readings]


@pytest.mark.parametrize("row", range(len(_LINES)))
def test_a_line_that_the_first_reading_left_out_is_read(
    engine: TesserocrEngine, prepared: PageImage, first: PageText, row: int
) -> None:
    rest = _with_lines(first, [line.words for number, line in enumerate(first.lines) if number != row])

    again = read_again(rest, prepared, engine)

    assert sorted(line.text for line in again.lines) == sorted(_LINES)


def test_words_left_out_of_a_line_come_back_in_their_place(
    engine: TesserocrEngine, prepared: PageImage, first: PageText
) -> None:
    rows = [line.words for line in first.lines]
    short = _with_lines(first, [rows[0][:3] + rows[0][5:], *rows[1:]])

    assert read_again(short, prepared, engine).text == "\n".join(_LINES)


def test_a_word_read_unsurely_is_read_again_and_its_first_reading_kept(
    engine: TesserocrEngine, prepared: PageImage, first: PageText
) -> None:
    rows = [list(line.words) for line in first.lines]
    rows[3][1] = replace(rows[3][1], text="Tlị", confidence=0.4)

    again = read_again(_with_lines(first, rows), prepared, engine)

    assert again.text == "\n".join(_LINES)
    assert [word.raw for word in again.words if word.raw is not None] == ["Tlị"]
    assert again == read_again(_with_lines(first, rows), prepared, engine)


def test_rubbish_where_nothing_is_printed_goes(
    engine: TesserocrEngine, prepared: PageImage, first: PageText
) -> None:
    noise = Word(text="Ề", box=Box(left=700, top=330, right=730, bottom=360), confidence=0.02)
    rows = [line.words for line in first.lines]

    assert read_again(_with_lines(first, [*rows, [noise]]), prepared, engine).text == "\n".join(_LINES)


def test_a_page_read_surely_costs_no_further_reading(prepared: PageImage, first: PageText) -> None:
    reader = _CountingReader()

    assert read_again(first, prepared, reader) == first
    assert reader.asked == 0


def test_the_number_of_tries_is_bounded(prepared: PageImage, first: PageText) -> None:
    sure = [line.words for line in first.lines]
    doubtful = [[replace(word, confidence=0.5) for word in words[::2]] for words in sure] * 20
    reader = _CountingReader()

    assert len(find_spots(_with_lines(first, [*sure, *doubtful]), prepared)) <= MOST_DOUBTS + MOST_ROWS
    read_again(_with_lines(first, [*sure, *doubtful]), prepared, reader)
    assert MOST_DOUBTS <= reader.asked <= 2 * (MOST_DOUBTS + MOST_ROWS)


@pytest.mark.parametrize(
    ("readings", "chosen"),
    [
        # Letters: what looks like print and is agreed on.
        ((("I.Ê", 0.5), ("LÊ", 0.9), ("LÊ", 0.9)), "LÊ"),
        ((("KT.CHỦ", 0.6), ("KT. CHỦ", 0.9), ("KT. CHỦ", 0.9)), "KT. CHỦ"),
        ((("", 0.0), ("Nhạn", 0.9), ("Nhạn", 0.9)), "Nhạn"),
        # Marks alone are left to the language layer, dots of leaders above all.
        ((("quyền", 0.58), ("quyên", 0.96), ("quyên", 0.96)), "quyền"),
        ((("LÊ", 0.4), ("LỆ", 0.96), ("LỆ", 0.96)), "LÊ"),
        # Numbers change only where the tries agree.
        ((("98,7", 0.71), ("98.7", 0.81), ("98.7", 0.96)), "98,7"),
        ((("14.85m", 0.4), ("14,85", 0.9), ("14.85", 0.9)), "14.85m"),
        ((("I1", 0.5), ("11", 0.9), ("11", 0.9)), "11"),
        ((("III", 0.7), ("II", 0.8), ("II", 0.9)), "III"),
        # Rubbish goes when the tries see nothing; real text and numbers stay.
        ((("cT", 0.07), ("", 0.0), ("", 0.0)), ""),
        ((("*", 0.1), ("", 0.0), ("", 0.0)), ""),
        ((("4", 0.39), ("", 0.0), ("", 0.0)), "4"),
        ((("(ODT)", 0.43), ("QODT)", 0.3), ("(QĐD", 0.2)), "(ODT)"),
        ((("phường.Minh", 0.2), ("", 0.0), ("", 0.0)), "phường.Minh"),
        # What only the tries saw must look like print.
        ((("", 0.0), ("xi", 0.4), ("", 0.0)), ""),
        ((("", 0.0), ("*", 0.9), ("*", 0.9)), ""),
    ],
)
def test_readings_vote(readings: Sequence[tuple[str, float]], chosen: str) -> None:
    assert text_of(choose(_slot(*readings))) == chosen


def test_words_are_set_side_by_side_where_they_share_the_line() -> None:
    joined = [_word("đàotạo", 0.4, 0, 100)]
    parted = [_word("đào", 0.9, 0, 48), _word("tạo", 0.9, 54, 100), _word("nghề", 0.9, 110, 160)]

    slots = slots_of([joined, parted])

    assert [[text_of(words) for words in slot] for slot in slots] == [["đàotạo", "đào tạo"], ["", "nghề"]]


@pytest.mark.parametrize(
    ("likelier", "other"),
    [("Nghị", "Nglị"), ("tầng 1:", "tầng1:"), ("QLHC", "QI,HC"), ("công nhận", "công.nhận"), ("Như", "nhƯ")],
)
def test_print_is_more_plausible_than_what_engines_make_of_it(likelier: str, other: str) -> None:
    assert plausibility(likelier) > plausibility(other)


def test_a_page_walk_finds_a_line_that_the_engine_left_out(
    engine: TesserocrEngine, prepared: PageImage
) -> None:
    page = PageImage(pixels=np.pad(prepared.pixels, ((60, 1500), (60, 500)), constant_values=255), dpi=200)

    found = recognise_upright(page, _ForgetfulEngine(engine), Limits())

    assert _LINES[-1] in found.text.text


def test_a_page_that_reads_badly_gets_no_second_tries(engine: TesserocrEngine, prepared: PageImage) -> None:
    page = PageImage(pixels=np.pad(prepared.pixels, ((60, 1500), (60, 500)), constant_values=255), dpi=200)
    unsure = _ForgetfulEngine(engine, confidence=0.3)

    recognise_upright(page, unsure, Limits())

    assert unsure.lines_read == 0
