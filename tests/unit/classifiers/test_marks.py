"""Seals, signatures, marks of copies and handwriting on drawn pages of 200 dpi."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from classifiers.marks.finder import make
from dossiers.reading import Box, Mark, MarkKind
from pipeline.image import Pixels
from pipeline.ports import ReadPage

PageMaker = Callable[..., ReadPage]
PER_MM = 200 / 25.4
RED, BLUE, BLACK = (206, 20, 36), (24, 40, 150), (20, 20, 20)
FINDER = make()
SIGNING = [(950, 1500, "KT. CHỦ TỊCH"), (950, 1540, "PHÓ CHỦ TỊCH"), (980, 1860, "Nguyễn Văn Thử")]


def _mm(value: float) -> int:
    return round(value * PER_MM)


def _printed(page: ReadPage) -> ReadPage:
    """Draws black letters where the words are."""
    pixels = page.image.pixels.copy()
    for word in page.text.words:
        box = word.box
        for x in range(box.left, box.right - 8, 16):
            cv2.line(pixels, (x, box.top + 4), (x + 8, box.bottom - 4), BLACK, 3)
            cv2.line(pixels, (x + 8, box.bottom - 4), (x + 9, box.top + 4), BLACK, 3)
    return _with(page, pixels)


def _with(page: ReadPage, pixels: Pixels) -> ReadPage:
    return replace(page, image=replace(page.image, pixels=pixels))


def _seal(pixels: Pixels, x: int, y: int, colour: tuple[int, int, int] = RED) -> None:
    for radius, width in ((17.8, 0.9), (16.2, 0.35), (11.0, 0.35)):
        cv2.circle(pixels, (x, y), _mm(radius), colour, max(1, _mm(width)))
    for degrees in range(-200, 20, 12):
        turn = np.radians(degrees)
        place = (int(x + _mm(13.5) * np.cos(turn)), int(y + _mm(13.5) * np.sin(turn)))
        cv2.circle(pixels, place, _mm(0.9), colour, 3)
    cv2.circle(pixels, (x, y), _mm(4), colour, -1)


def _scrawl(
    pixels: Pixels, x: int, y: int, width: float, height: float, colour: tuple[int, int, int]
) -> None:
    steps = np.linspace(0, 1, 120)
    across = x + _mm(width) * (steps + 0.08 * np.sin(25 * steps))
    down = y + _mm(height) / 2 * (1 + np.sin(23 * steps) * (1 - 0.6 * steps))
    points = np.stack((across, down), axis=1).astype(np.int32)
    cv2.polylines(pixels, [points], isClosed=False, color=colour, thickness=3)


def _kinds(page: ReadPage) -> list[MarkKind]:
    return [mark.kind for mark in FINDER.find(page)]


def _one(page: ReadPage, kind: MarkKind) -> Mark:
    (found,) = [mark for mark in FINDER.find(page) if mark.kind is kind]
    return found


def _is_near(box: Box, expected: tuple[int, int, int, int], reach: int) -> bool:
    return all(
        abs(one - other) <= reach
        for one, other in zip((box.left, box.top, box.right, box.bottom), expected, strict=True)
    )


@pytest.mark.parametrize("scan", ["colour", "grey", "one bit"])
def test_a_round_seal_is_found_with_its_place_in_every_kind_of_scan(page_of: PageMaker, scan: str) -> None:
    page = _printed(page_of(SIGNING))
    pixels = page.image.pixels.copy()
    _seal(pixels, 850, 1700)
    if scan != "colour":
        pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if scan == "one bit":
        pixels = np.where(pixels < 160, np.uint8(0), np.uint8(255))
    mark = _one(_with(page, pixels), MarkKind.ROUND_SEAL)
    side = _mm(18)
    assert _is_near(mark.box, (850 - side, 1700 - side, 850 + side, 1700 + side), _mm(2))
    assert mark.confidence > 0.6


@pytest.mark.parametrize("shape", ["one ring", "square", "disc"])
def test_other_round_and_framed_things_are_no_seals(page_of: PageMaker, shape: str) -> None:
    page = _printed(page_of(SIGNING))
    pixels = np.asarray(cv2.cvtColor(page.image.pixels, cv2.COLOR_RGB2GRAY), np.uint8).copy()
    if shape == "one ring":
        cv2.circle(pixels, (850, 1700), _mm(15), 0, 4)
    elif shape == "disc":
        cv2.circle(pixels, (850, 1700), _mm(15), 60, -1)
    else:
        cv2.rectangle(pixels, (700, 1560), (1000, 1850), 0, 4)
    assert MarkKind.ROUND_SEAL not in _kinds(_with(page, pixels))


@pytest.mark.parametrize("colour", [BLUE, BLACK])
def test_strokes_below_the_line_that_asks_for_them_are_a_signature(
    page_of: PageMaker, colour: tuple[int, int, int]
) -> None:
    page = _printed(page_of(SIGNING))
    pixels = page.image.pixels.copy()
    _scrawl(pixels, 1000, 1640, 30, 14, colour)
    mark = _one(_with(page, pixels), MarkKind.SIGNATURE)
    assert mark.box.left >= 990
    assert mark.box.right <= 1000 + _mm(36)
    assert mark.box.bottom < 1860
    assert mark.confidence >= 0.8


def test_printed_names_are_no_signatures(page_of: PageMaker) -> None:
    page = _printed(page_of([*SIGNING, (980, 1660, "VĂN THỬ", 56)]))
    pixels = page.image.pixels.copy()
    cv2.line(pixels, (980, 1700), (1180, 1690), BLACK, 3)  # letters that touch
    assert _kinds(_with(page, pixels)) == []


def test_a_strip_of_a_seal_at_the_edge_is_an_edge_seal(page_of: PageMaker) -> None:
    page = _printed(page_of(SIGNING))
    pixels = page.image.pixels.copy()
    _seal(pixels, pixels.shape[1] + _mm(8), 900)
    assert _kinds(_with(page, pixels)) == [MarkKind.EDGE_SEAL]


def test_blue_writing_beside_a_label_is_offered_and_printed_blue_is_not(page_of: PageMaker) -> None:
    page = _printed(page_of([(200, 500, "Họ và tên:"), (200, 700, "Nơi cư trú:"), (500, 700, "thôn Mới")]))
    pixels = page.image.pixels.copy()
    _scrawl(pixels, 500, 495, 45, 5, BLUE)
    typed = pixels[690:740, 480:]
    typed[typed[..., 0] < 100] = BLUE
    mark = _one(_with(page, pixels), MarkKind.HANDWRITING)
    assert _is_near(mark.box, (500, 495, 500 + _mm(47), 495 + _mm(5)), _mm(3))


def _without_colour(pixels: Pixels, *, one_bit: bool) -> Pixels:
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return np.asarray(np.where(grey < 128, 0, 255), np.uint8) if one_bit else grey


@pytest.mark.parametrize("one_bit", [False, True])
def test_writing_is_told_from_print_that_was_not_read_without_colour(
    page_of: PageMaker, one_bit: bool
) -> None:
    page = _printed(page_of([(200, 500, "Họ và tên:"), (200, 700, "Nơi cư trú:")]))
    unread = _printed(page_of([(200, 500, "Họ và tên:"), (200, 700, "Nơi cư trú:"), (500, 700, "thôn Mới")]))
    pixels = unread.image.pixels.copy()
    _scrawl(pixels, 500, 480, 45, 7, BLUE)
    mark = _one(_with(page, _without_colour(pixels, one_bit=one_bit)), MarkKind.HANDWRITING)
    assert _is_near(mark.box, (500, 480, 500 + _mm(47), 480 + _mm(7)), _mm(3))
    assert mark.confidence < 0.85


def test_lines_on_a_small_grey_paper_are_not_called_writing(page_of: PageMaker) -> None:
    page = page_of([(200, 300, "Họ và tên:")])
    pixels = page.image.pixels.copy()
    _scrawl(pixels, 300, 480, 45, 7, BLUE)
    grey = _without_colour(pixels, one_bit=False)
    card = replace(page, image=replace(page.image, pixels=grey[: _mm(100), : _mm(140)]))
    kinds = [mark.kind for mark in FINDER.find(card)]
    assert MarkKind.HANDWRITING not in kinds


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["BẢN SAO"], MarkKind.COPY),
        (["(BẢN SAO)"], MarkKind.COPY),
        (["SAO Y BẢN CHÍNH"], MarkKind.TRUE_COPY),
        (["CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH"], MarkKind.CERTIFIED_COPY),
        (["CÔNG VĂN ĐẾN"], MarkKind.ARRIVAL_STAMP),
        (
            ["Người ký: Sở Tư pháp", "Cơ quan: Tỉnh Thử", "Thời gian ký: 19/10/2023 10:56:22"],
            MarkKind.E_SIGNATURE,
        ),
    ],
)
def test_marks_are_told_by_their_words(page_of: PageMaker, lines: list[str], kind: MarkKind) -> None:
    page = page_of([(1000, 100 + 40 * at, line) for at, line in enumerate(lines)])
    mark = _one(page, kind)
    assert mark.text == "\n".join(lines)
    assert (mark.box.top, mark.box.bottom) == (100, 100 + 40 * (len(lines) - 1) + 30)


@pytest.mark.parametrize(
    "line",
    [
        "- Bản sao giấy khai sinh của con;",
        "Số lượng bản sao đề nghị cấp",
        "Bản sao",
        "Người ký: Sở Tư pháp",
        "Sổ công văn đến của cơ quan",
    ],
)
def test_running_text_about_copies_and_signers_is_no_mark(page_of: PageMaker, line: str) -> None:
    assert _kinds(page_of([(200, 600, line)])) == []


def test_a_logo_may_stand_before_the_lines_of_an_electronic_signature(page_of: PageMaker) -> None:
    lines = [
        "Người ký: Cổng thông tin",
        "VGP: Cơ quan: Văn phòng",
        "CHINHPHII Thời gian ký: 09.07.2025 08:44",
    ]
    page = page_of([(900, 100 + 40 * at, line) for at, line in enumerate(lines)])
    assert _kinds(page) == [MarkKind.E_SIGNATURE]


def test_an_empty_line_for_the_day_of_signing_is_no_electronic_signature(page_of: PageMaker) -> None:
    assert _kinds(page_of([(900, 600, "Người ký: Sở Tư pháp"), (900, 640, "Ngày ký: ........")])) == []
