"""Reading order, leaders, page numbers and the shape of Vietnamese."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pipeline.image import PageImage
from pipeline.page_number import find_page_number
from pipeline.stages.clean import clean
from pipeline.stages.leaders import leader_dots
from pipeline.stages.reading_order import in_reading_order
from pipeline.text import BlockKind, Line, PageText
from pipeline.vietnamese import is_syllable, marked_share, plausible_share

MakeLine = Callable[..., Line]
MakeText = Callable[..., PageText]


def _white() -> PageImage:
    return PageImage(pixels=np.full((1400, 1000), 255, np.uint8), dpi=100)


def _ordered(text: PageText, prepared: PageImage | None = None) -> list[str]:
    return in_reading_order(text, prepared or _white()).text.splitlines()


def test_a_head_is_read_left_block_then_right_block(words_at: MakeLine, text_of_lines: MakeText) -> None:
    text = text_of_lines(
        words_at(100, ("ỦY_BAN_NHÂN_DÂN", 100), ("CỘNG_HÒA_XÃ_HỘI_CHỦ_NGHĨA", 500)),
        words_at(130, ("PHƯỜNG_TÂN_AN", 110), ("Độc_lập_Tự_do", 550)),
        words_at(160, ("Số:_1472/QĐ", 120), ("ngày_17_tháng_9", 540)),
        words_at(230, ("QUYẾT_ĐỊNH_VỀ_VIỆC_CÔNG_NHẬN_KẾT_QUẢ_RÀ_SOÁT", 250)),
    )
    assert _ordered(text) == [
        "ỦY_BAN_NHÂN_DÂN", "PHƯỜNG_TÂN_AN", "Số:_1472/QĐ",
        "CỘNG_HÒA_XÃ_HỘI_CHỦ_NGHĨA", "Độc_lập_Tự_do", "ngày_17_tháng_9",
        "QUYẾT_ĐỊNH_VỀ_VIỆC_CÔNG_NHẬN_KẾT_QUẢ_RÀ_SOÁT",
    ]  # fmt: skip


def test_number_and_date_that_stand_apart_from_the_head_are_read_after_it(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(100, ("ỦY_BAN_NHÂN_DÂN", 100), ("CỘNG_HÒA_XÃ_HỘI_CHỦ_NGHĨA", 500)),
        words_at(130, ("PHƯỜNG_TÂN_AN", 110), ("Độc_lập_Tự_do", 550)),
        words_at(180, ("Số:_1472/QĐ", 120), ("ngày_17_tháng_9", 540)),
    )
    assert _ordered(text) == [
        "ỦY_BAN_NHÂN_DÂN", "PHƯỜNG_TÂN_AN", "CỘNG_HÒA_XÃ_HỘI_CHỦ_NGHĨA", "Độc_lập_Tự_do",
        "Số:_1472/QĐ", "ngày_17_tháng_9",
    ]  # fmt: skip


def test_rows_of_a_form_are_read_across(words_at: MakeLine, text_of_lines: MakeText) -> None:
    text = text_of_lines(
        words_at(100, ("Giới_tính:_Nữ", 100), ("Dân_tộc:_Kinh", 500)),
        words_at(130, ("Năm_sinh:_1996", 100), ("Quốc_tịch:_Việt_Nam", 500)),
    )
    assert _ordered(text) == ["Giới_tính:_Nữ Dân_tộc:_Kinh", "Năm_sinh:_1996 Quốc_tịch:_Việt_Nam"]


def test_a_numbered_list_is_read_row_by_row(words_at: MakeLine, text_of_lines: MakeText) -> None:
    rows = [words_at(100 + 30 * row, (f"{row}.", 100), ("nội_dung_của_mục_này", 200)) for row in range(1, 4)]
    assert _ordered(text_of_lines(*rows))[:2] == ["1.", "nội_dung_của_mục_này"]


def test_a_table_is_read_cell_by_cell_row_by_row(words_at: MakeLine, text_of_lines: MakeText) -> None:
    pixels = np.full((1400, 1000), 255, np.uint8)
    for y in (90, 180, 270):
        cv2.line(pixels, (80, y), (900, y), 0, 2)
    for x in (80, 400, 900):
        cv2.line(pixels, (x, 90), (x, 270), 0, 2)
    text = text_of_lines(
        words_at(110, ("Lĩnh_vực", 100), ("Tiếp_nhận", 450)),
        words_at(140, ("giải_quyết", 100)),
        words_at(200, ("Hộ_tịch", 100), ("3.512", 450)),
        words_at(400, ("Sau_bảng", 100)),
    )
    ordered = in_reading_order(text, PageImage(pixels=pixels, dpi=100))
    assert [block.kind for block in ordered.blocks] == [BlockKind.TABLE_CELL] * 4 + [BlockKind.TEXT]
    assert ordered.text.splitlines() == [
        "Lĩnh_vực",
        "giải_quyết",
        "Tiếp_nhận",
        "Hộ_tịch",
        "3.512",
        "Sau_bảng",
    ]


def test_a_frame_around_the_page_is_no_table(words_at: MakeLine, text_of_lines: MakeText) -> None:
    pixels = np.full((1400, 1000), 255, np.uint8)
    for inset in (30, 40):
        cv2.rectangle(pixels, (inset, inset), (1000 - inset, 1400 - inset), 0, 2)
    text = text_of_lines(words_at(100, ("một", 100), ("hai", 140)), words_at(130, ("ba", 100)))
    ordered = in_reading_order(text, PageImage(pixels=pixels, dpi=100))
    assert {block.kind for block in ordered.blocks} == {BlockKind.TEXT}
    assert ordered.text == "một hai\nba"


def test_no_word_is_lost_or_made_by_ordering(words_at: MakeLine, text_of_lines: MakeText) -> None:
    rng = np.random.default_rng(3)
    lines = [
        words_at(
            int(top),
            *[(f"w{top}_{place}", int(left)) for place, left in enumerate(sorted(rng.integers(0, 900, 4)))],
        )
        for top in rng.integers(0, 1300, 40)
    ]
    text = text_of_lines(*lines)
    ordered = in_reading_order(text, _white())
    assert sorted(word.text for word in ordered.words) == sorted(word.text for word in text.words)


def _dotted(font_scale: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Ink of a leader with a word over it, and the word alone."""
    word = np.zeros((120, 1200), np.uint8)
    cv2.putText(word, "Nguyen Van", (400, 70), cv2.FONT_HERSHEY_DUPLEX, font_scale, 255, 2)
    dots = word.copy()
    for x in range(50, 1150, 12):
        cv2.circle(dots, (x, 72), 2, 255, -1)
    return dots, word


def test_leader_dots_go_and_words_over_them_stay() -> None:
    dots, word = _dotted()
    left = dots.copy()
    left[leader_dots(dots, 300) > 0] = 0
    assert (left[:, :390] == 0).all()
    assert (left[:, 660:] == 0).all()
    assert ((left > 0) & (word > 0)).sum() > 0.93 * (word > 0).sum()
    assert ((left > 0) & (word == 0)).sum() < 0.35 * ((dots > 0) & (word == 0))[:, 390:660].sum()


def test_letters_that_stand_on_a_leader_keep_their_lower_edge() -> None:
    word = np.zeros((140, 1200), np.uint8)
    cv2.putText(word, "bodega", (400, 74), cv2.FONT_HERSHEY_COMPLEX, 1.6, 255, 4)
    dots = word.copy()
    for x in range(50, 1150, 12):
        cv2.circle(dots, (x, 72), 2, 255, -1)
    page = PageImage(pixels=255 - dots, dpi=300, is_bilevel=True)
    left = clean(page, (), 10_000_000).image.pixels < 128
    assert (left & (word > 0)).sum() > 0.82 * (word > 0).sum()
    assert not left[:, :390].any()


def test_full_stops_marks_and_small_letters_are_no_leaders(letter_page: Callable[..., PageImage]) -> None:
    for dpi in (100, 200, 300):
        ink = np.where(letter_page(dpi).pixels < 128, np.uint8(255), np.uint8(0))
        assert leader_dots(ink, dpi).max() == 0


@pytest.mark.parametrize(
    ("line", "left", "top", "number"),
    [
        ("Trang 2", 450, 1350, 2), ("Trang 3/5", 800, 1350, 3), ("trang số 4", 100, 20, 4),
        ("- 12 -", 460, 30, 12), ("2", 495, 30, 2), ("2", 100, 30, None), ("2", 495, 700, None),
        ("3/5", 800, 1350, 3), ("5/3", 800, 1350, None), ("Số 12", 450, 30, None), ("2025", 480, 1350, None),
        ("0", 495, 30, None),
    ],
)  # fmt: skip
def test_printed_page_numbers(
    words_at: MakeLine, text_of_lines: MakeText, line: str, left: int, top: int, number: int | None
) -> None:
    words = [(word, left + 60 * place) for place, word in enumerate(line.split())]
    assert find_page_number(text_of_lines(words_at(top, *words))) == number


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "Quyết",
        "định",
        "ƯƠNG",
        "giữa",
        "khuỷu",
        "ỷ",
        "hoà",
        "hòa",
        "uống",
        "Nguyễn",
        "gì",
        "đ" + "ường",
    ],
)
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["xhrtz", "fjord", "strong", "bcd", "ngngh", "àá", "words"])
def test_other_shapes_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_garbage_and_old_fonts_are_not_plausible() -> None:
    assert plausible_share("Cộng hòa xã hội chủ nghĩa Việt Nam UBND") > 0.95
    assert plausible_share("Céng hßa x· héi chñ nghÜa ViÖt Nam") < 0.7
    assert marked_share("Cong hoa xa hoi chu nghia") == 0
    assert marked_share("Cộng hòa xã hội chủ nghĩa") > 0.2
