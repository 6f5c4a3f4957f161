"""Sheets that are too large for an engine are read in parts, and no word is lost or doubled between them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr.tesseract_inprocess import make
from pipeline.recognition import recognise_upright
from pipeline.stages.tiles import Tile, is_large, joined, tiles_of
from pipeline.text import Block, Line, PageText, Word

#: A2 lying on its long side, px at 150 dpi: two parts by two.
_SIZE = (3508, 2480)
#: The whole sheet is more than this when prepared, a part of it is less.
_LIMITS = Limits(max_working_pixels=20_000_000)


@pytest.fixture(scope="module")
def sheet(font_path: str) -> tuple[PageImage, list[str]]:
    """Lines of different words that run across the whole sheet, so that every cut meets words."""
    picture = Image.new("L", _SIZE, 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(font_path, 28)
    words = []
    for row in range(3):
        left = 100.0
        while left < _SIZE[0] - 250:
            words.append(f"thửa {10007 + 13 * len(words)}")
            pen.text((left, 1180 + 60 * row), words[-1], font=font, fill=20)
            left += pen.textlength(words[-1] + " ", font=font)
    return PageImage(pixels=np.asarray(picture, np.uint8), dpi=150.0), [each.split()[1] for each in words]


def test_the_parts_cover_the_sheet_once_and_overlap_where_they_meet(
    sheet: tuple[PageImage, list[str]],
) -> None:
    page = sheet[0]
    tiles = tiles_of(page)
    assert len(tiles) > 1
    covered = np.zeros((page.height, page.width), np.uint8)
    for tile in tiles:
        covered[tile.core.top : tile.core.bottom, tile.core.left : tile.core.right] += 1
        assert max(tile.core.right - tile.core.left, tile.core.bottom - tile.core.top) < 0.75 * page.width
    assert (covered == 1).all()
    assert tiles[0].seen.right > tiles[1].core.left > tiles[1].seen.left


def test_every_word_of_a_large_sheet_is_read_once(sheet: tuple[PageImage, list[str]]) -> None:
    page, numbers = sheet
    engine = make({})
    try:
        text = recognise_upright(page, engine, _LIMITS).text
    finally:
        engine.close()
    counts = Counter(word.text for word in text.words)
    assert [number for number in numbers if counts[number] != 1] == []
    assert len(text.words) == 2 * len(numbers)
    assert text.words[1].text == numbers[0]


def test_ordinary_pages_are_read_in_one_piece() -> None:
    for width, height, dpi in ((2480, 3508, 300), (4960, 7016, 600), (4960, 7016, 300), (1654, 2339, 200)):
        page = PageImage(pixels=np.broadcast_to(np.uint8(255), (height, width)), dpi=dpi)
        assert not is_large(page, Limits().max_working_pixels)
    a0 = PageImage(pixels=np.broadcast_to(np.uint8(255), (14043, 9933)), dpi=300)
    assert is_large(a0, Limits().max_working_pixels)


@pytest.mark.parametrize(("shift", "kept"), [(0, 1), (3, 1), (200, 2)])
def test_a_word_read_in_two_parts_stays_once(shift: int, kept: int) -> None:
    page = PageImage(pixels=np.full((1000, 2000), 255, np.uint8), dpi=150)
    whole = Box(left=0, top=0, right=2000, bottom=1000)
    left = Tile(core=Box(left=0, top=0, right=1000, bottom=1000), seen=whole)
    right = Tile(core=Box(left=1000, top=0, right=2000, bottom=1000), seen=whole)
    parts = [(left, _one_word(959, 0.9)), (right, _one_word(959 + shift, 0.8))]
    assert len(joined(parts, page).words) == kept


def _one_word(left: int, confidence: float) -> PageText:
    box = Box(left=left, top=500, right=left + 80, bottom=520)
    line = Line(words=(Word(text="thửa", box=box, confidence=confidence),), box=box)
    return PageText(width=2000, height=1000, dpi=150, blocks=(Block(lines=(line,), box=box),))


_MEASURE = """
import re, sys
from pathlib import Path
from pipeline.limits import Limits
from pipeline.stages.decode import decode_page

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

content, before = Path(sys.argv[1]).read_bytes(), peak()
pixels = decode_page(content, 0, Limits()).image.pixels
print((peak() - before) / pixels.size, int(pixels[:, 0].astype(int).sum()))
"""


def test_a_large_sheet_is_held_only_twice_while_it_is_decoded(tmp_path: Path) -> None:
    rows = np.arange(7100, dtype=np.uint32) % 251
    sheet = tmp_path / "sheet.png"
    Image.fromarray(np.broadcast_to(rows[:, None].astype(np.uint8), (7100, 7000)).copy()).save(
        sheet, compress_level=1, dpi=(300, 300)
    )
    told = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(sheet)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert float(told[0]) < 2.4
    assert int(told[1]) == rows.sum()
