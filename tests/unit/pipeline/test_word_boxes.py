"""Words lie where their ink lies: in the reading, and in the PDF as readers of PDF find them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossiers.reading import Box, Classification
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr.tesseract_inprocess import make as make_tesseract
from pipeline.page import PageTools, read_page
from pipeline.page_result import PageResult
from pipeline.pdf.document import DocumentPage, render_pdf
from pipeline.ports import OcrEngine, ReadPage

_DPI = 300
_MOST_OFF = 2.0
_LEAST_SHARE = 0.95
_ROWS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Xét đề nghị của Trưởng phòng Kinh tế, Hạ tầng và Đô thị tại Tờ trình",
    "công nhận kết quả rà soát hộ nghèo, hộ cận nghèo trên địa bàn phường;",
)
#: Text and its ink on the sheet: left, top, right, bottom, px.
Printed = tuple[str, tuple[float, float, float, float]]


class _Nobody:
    name = "nobody"

    def classify(self, page: ReadPage, values: object) -> Classification:
        return Classification(type_id="unknown", confidence=1.0, evidence="", is_first_page=True)


@pytest.fixture(scope="module")
def engine() -> Iterator[OcrEngine]:
    made = make_tesseract({})
    yield made
    made.close()


def _printed(font_path: str) -> tuple[np.ndarray, list[Printed]]:
    """Prints nine rows word by word, so that the ink of each is known."""
    sheet = Image.new("L", (round(8.27 * _DPI), round(11.69 * _DPI)), 255)
    font, words = ImageFont.truetype(font_path, 50), []
    for row in range(9):
        x, y = 270, 400 + 110 * row
        for text in _ROWS[row % len(_ROWS)].split():
            alone = Image.new("L", (400, 200), 0)
            ImageDraw.Draw(alone).text((40, 60), text, font=font, fill=255)
            area = alone.point(lambda value: 255 * (value > 127)).getbbox()
            assert area is not None
            words.append((text, (area[0] + x - 40, area[1] + y - 60, area[2] + x - 40, area[3] + y - 60)))
            sheet.paste(20, (x - 40, y - 60), mask=alone)
            x += round(font.getlength(text + " "))
    return np.asarray(sheet), words


def _scanned(sheet: np.ndarray, degrees: float) -> tuple[PageImage, np.ndarray]:
    """Lays the sheet askew; returns the scan and the matrix from sheet to scan."""
    high, wide = sheet.shape
    turn = cv2.getRotationMatrix2D(((wide - 1) / 2, (high - 1) / 2), -degrees, 1.0)
    askew = cv2.warpAffine(sheet, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255)
    soft = cv2.GaussianBlur(askew, (0, 0), 0.7) * 0.92 + 10
    noise = np.random.default_rng(1).normal(0, 4, soft.shape)
    pixels = np.clip(soft + noise, 0, 255).astype(np.uint8)
    return PageImage(pixels=pixels, dpi=_DPI), np.vstack([turn, [0, 0, 1]])


def _upright(area: tuple[float, float, float, float], matrix: np.ndarray) -> np.ndarray:
    """Carries an area to the upright page; both count from the corner of the first pixel."""
    left, top, right, bottom = area
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]]) - 0.5
    x, y = (matrix @ np.c_[corners, np.ones(4)].T)[:2] + 0.5
    return np.array([(x[0] + x[3]) / 2, (y[0] + y[1]) / 2, (x[1] + x[2]) / 2, (y[2] + y[3]) / 2])


def _edges(box: Box) -> np.ndarray:
    return np.array([box.left, box.top, box.right, box.bottom], dtype=float)


def _copied_boxes(pdf: bytes, folder: Path) -> list[tuple[str, np.ndarray]]:
    path = folder / "words.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-raw", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    found = re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', told.stdout)
    return [(unescape(text), np.array([float(each) for each in edges]) * _DPI / 72) for *edges, text in found]


@pytest.mark.parametrize("degrees", [0.0, -3.2])
def test_words_lie_within_two_pixels_of_their_ink(
    font_path: str,
    as_file: Callable[..., bytes],
    engine: OcrEngine,
    tmp_path: Path,
    degrees: float,
) -> None:
    sheet, printed = _printed(font_path)
    scan, to_scan = _scanned(sheet, degrees)
    content = as_file(scan)
    result: PageResult = read_page(content, 0, PageTools(engine=engine, classifier=_Nobody()))
    to_upright = np.linalg.inv(np.array(result.placement.to_original).reshape(3, 3)) @ to_scan
    pdf = render_pdf(
        [DocumentPage(content=content, index=0, result=result)],
        "t",
        datetime(2000, 1, 1, tzinfo=UTC),
        Limits(),
    )
    copied = _copied_boxes(pdf, tmp_path)
    assert [text for text, _ in copied] == [word.text for word in result.text.words]

    in_reading, in_pdf = [], []
    for text, area in printed:
        ink = _upright(area, to_upright)
        for word, (_, box) in zip(result.text.words, copied, strict=True):
            off = _edges(word.box) - ink
            if word.text == text and np.abs(off).max() < 25:
                in_reading.append(np.abs(off).max() <= _MOST_OFF)
                in_pdf.append(np.abs(box - ink)[[0, 2]].max() <= _MOST_OFF)
    assert len(in_reading) > 0.95 * len(printed)
    assert np.mean(in_reading) >= _LEAST_SHARE
    assert np.mean(in_pdf) >= _LEAST_SHARE
