"""Sheets as they are printed and as they are seen again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from classifiers.codes.search import read_codes
from dossiers.errors import ConfigurationError
from pipeline.image import PageImage, Pixels
from scanners.separators.book import separator_book
from scanners.separators.grammar import SheetKind, parse_sheet_text, sheet_text
from scanners.separators.judging import judge_sheet
from scanners.separators.patch import GAP_MM, NARROW_MM, WIDE_MM
from scanners.separators.printing import PrintedSheet, sheets_pdf
from scanners.separators.recognition import see_sheet
from scanners.separators.sight import PATCH_T
from scanners.separators.verdict import NO_SEPARATOR, SheetFlag, SheetVerdict

DPI = 200
SCALE = DPI / 25.4
CODE = sheet_text(SheetKind.PROCEDURE, "1.001193")
BOOK = separator_book({PATCH_T: {"starts": "dossier"}})
NAME = "Thủ tục đăng ký khai sinh, kết hợp đăng ký thường trú"
Change = Callable[[Pixels], Pixels]


def _printed() -> PrintedSheet:
    return PrintedSheet(code=CODE, title="TỜ PHÂN CÁCH HỒ SƠ", kind="Thủ tục", value=NAME, remarks=(NAME,))


@pytest.fixture(scope="module")
def sheet() -> Pixels:
    page = pypdfium2.PdfDocument(sheets_pdf([_printed()], "Tờ phân cách"))[0]
    drawn = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(drawn.reshape(drawn.shape[:2]), dtype=np.uint8)


def _seen(pixels: Pixels) -> SheetVerdict:
    image = PageImage(pixels=np.ascontiguousarray(pixels), dpi=float(DPI))
    return judge_sheet(see_sheet(image, partial(read_codes, shortest_barcode=1)), BOOK)


def _turned(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=255), np.uint8)


def _without(*places: tuple[float, float, float, float]) -> Change:
    def covered(pixels: Pixels) -> Pixels:
        spoiled = pixels.copy()
        for left, top, right, bottom in places:
            spoiled[
                round(top * SCALE) : round(bottom * SCALE), round(left * SCALE) : round(right * SCALE)
            ] = 90
        return spoiled

    return covered


@pytest.mark.parametrize(
    "change",
    [
        lambda pixels: pixels,
        lambda pixels: np.rot90(pixels, 2),
        lambda pixels: np.rot90(pixels),
        lambda pixels: _turned(pixels, 6.0),
        lambda pixels: np.where(pixels > 128, np.uint8(255), np.uint8(0)),
        lambda pixels: np.asarray(cv2.GaussianBlur(pixels, (0, 0), 1.2) * 0.6 + 70, np.uint8),
        lambda pixels: np.dstack([pixels, pixels, pixels]),
        _without((80, 160, 130, 210), (0, 0, 60, 60)),
    ],
    ids=["new", "upside down", "turned", "askew", "one bit", "pale copy", "colour", "two codes lost"],
)
def test_a_printed_sheet_is_read_again(sheet: Pixels, change: Change) -> None:
    assert _seen(change(sheet)).meaning == parse_sheet_text(CODE)


def test_a_sheet_whose_codes_are_all_lost_is_flagged(sheet: Pixels) -> None:
    lost = _without((80, 160, 130, 210), (20, 20, 56, 60), (150, 236, 190, 274))
    assert _seen(lost(sheet)).flag is SheetFlag.UNREADABLE


def test_the_code_alone_on_a_paper_cuts_nothing_and_is_flagged(sheet: Pixels) -> None:
    without_frame = sheet.copy()
    rim = round(20 * SCALE)
    for side in (np.s_[:rim], np.s_[-rim:], np.s_[:, :rim], np.s_[:, -rim:]):
        without_frame[side] = 255
    assert _seen(without_frame).flag is SheetFlag.NOT_A_SHEET


def test_a_code_of_ours_pasted_on_a_page_of_text_cuts_nothing(sheet: Pixels) -> None:
    page = np.full_like(sheet, 255)
    for y in range(200, 2300, 45):
        cv2.putText(
            page, "Toi ten la Nguyen Van Mau, sinh ngay 01/01/1995, thuong tru tai", (90, y), 0, 1.2, 0, 2
        )
    top, left, side = (round(each * SCALE) for each in (163, 82, 46))
    page[600 : 600 + side, 500 : 500 + side] = sheet[top : top + side, left : left + side]
    assert _seen(page).meaning is None


def test_an_empty_page_and_a_page_with_boxes_are_no_separators() -> None:
    page = np.full((round(297 * SCALE), round(210 * SCALE)), 255, np.uint8)
    assert _seen(page) == NO_SEPARATOR
    for x in range(30, 180, 12):  # a row of filled boxes of a form
        cv2.rectangle(page, (round(x * SCALE), 400), (round((x + 5) * SCALE), 400 + round(5 * SCALE)), 0, -1)
    assert _seen(page) == NO_SEPARATOR


def _patch(pattern: str, length: float = 64.0) -> Pixels:
    page = np.full((round(297 * SCALE), round(210 * SCALE)), 255, np.uint8)
    top = 12.0
    for sign in pattern:
        thickness = {"N": NARROW_MM, "W": WIDE_MM}[sign]
        page[round(top * SCALE) : round((top + thickness) * SCALE), 500 : 500 + round(length * SCALE)] = 0
        top += thickness + GAP_MM
    cv2.putText(page, "SEPARATOR SHEET - DO NOT REMOVE", (400, 1000), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0, 4)
    return page


@pytest.mark.parametrize("turns", range(4))
def test_patch_t_is_seen_whichever_way_the_sheet_lies(turns: int) -> None:
    assert _seen(np.rot90(_patch("NWNW"), turns)).value == PATCH_T
    assert _seen(_turned(_patch("NWNW"), 5.0)).value == PATCH_T


@pytest.mark.parametrize("pattern", ["NNWW", "WNNW", "NWWN", "WWNN", "NWNWN", "NWN", "NNNN"])
def test_other_bars_are_not_patch_t(pattern: str) -> None:
    assert _seen(_patch(pattern)) == NO_SEPARATOR


def test_bars_that_are_too_short_are_not_a_patch() -> None:
    assert _seen(_patch("NWNW", length=12.0)) == NO_SEPARATOR


def test_the_same_sheets_give_the_same_bytes_with_embedded_letters() -> None:
    content = sheets_pdf([_printed(), _printed()], "x")
    assert content == sheets_pdf([_printed(), _printed()], "x")
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 2
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "TỜ PHÂN CÁCH HỒ SƠ" in text
    assert "kết hợp đăng ký thường trú" in text
    assert CODE in text
    assert b"FontFile2" in content


def test_missing_letters_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="FONT_MISSING"):
        sheets_pdf([_printed()], "x", fonts=tmp_path)
