"""Columns, forms, cards, stamps and margins: what stands side by side is never mixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.stages.reading_order import in_reading_order
from pipeline.stages.seal import Seal
from pipeline.text import Block, BlockKind, Line, PageText

MakeLine = Callable[..., Line]
MakeText = Callable[..., PageText]


def _white() -> PageImage:
    return PageImage(pixels=np.full((1400, 1000), 255, np.uint8), dpi=100)


def _ordered(text: PageText, prepared: PageImage | None = None) -> list[str]:
    return in_reading_order(text, prepared or _white()).text.splitlines()


def _kinds(text: PageText) -> list[tuple[str, BlockKind]]:
    return [(line.text, block.kind) for block in text.blocks for line in block.lines]


def test_a_list_of_recipients_is_not_mixed_with_the_signature_beside_it(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(100, ("Quyết_định_này_có_hiệu_lực_kể_từ_ngày_ký_và_được_công_bố_rộng_rãi./.", 100)),
        words_at(160, ("Nơi_nhận:", 100), ("KT._CHỦ_TỊCH", 620)),
        words_at(184, ("-_Như_Điều_3;", 100)),
        words_at(196, ("PHÓ_CHỦ_TỊCH", 620)),
        words_at(210, ("-_Sở_Nông_nghiệp;", 100)),
        words_at(232, ("-_Lưu:_VT.", 100)),
        words_at(420, ("Trần_Thị_Hồng", 615)),
    )
    assert _ordered(text)[1:] == [
        "Nơi_nhận:", "-_Như_Điều_3;", "-_Sở_Nông_nghiệp;", "-_Lưu:_VT.",
        "KT._CHỦ_TỊCH", "PHÓ_CHỦ_TỊCH", "Trần_Thị_Hồng",
    ]  # fmt: skip


def test_strokes_of_a_signature_do_not_end_its_column(words_at: MakeLine, text_of_lines: MakeText) -> None:
    stroke = words_at(210, ("TT(y=", 400))
    stroke = replace(stroke, words=tuple(replace(word, confidence=0.1) for word in stroke.words))
    text = text_of_lines(
        words_at(100, ("Cha,_mẹ_của_trẻ", 100), ("Người_đỡ_đẻ", 650)),
        words_at(130, ("(Ký,_ghi_rõ_tên)", 95), ("(Ký,_ghi_rõ_tên)", 625)),
        stroke,
        words_at(330, ("Huỳnh_Thị_My", 110), ("Nguyễn_Gia_Cần", 635)),
    )
    assert _ordered(text)[:6] == [
        "Cha,_mẹ_của_trẻ", "(Ký,_ghi_rõ_tên)", "Huỳnh_Thị_My",
        "Người_đỡ_đẻ", "(Ký,_ghi_rõ_tên)", "Nguyễn_Gia_Cần",
    ]  # fmt: skip


def test_titles_that_nearly_touch_are_parted_like_the_rows_below_them(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(100, ("Ý", 100), ("KIẾN", 115), ("CHỦ_HỘ", 160), ("NGƯỜI", 232), ("KÊ", 287), ("KHAI", 312)),
        words_at(130, ("(Ký,_tên)", 110), ("(Ký,_tên)", 250)),
        words_at(260, ("Võ_Giang", 115), ("Tống_Lệ", 260)),
    )
    assert _ordered(text) == [
        "Ý KIẾN CHỦ_HỘ", "(Ký,_tên)", "Võ_Giang", "NGƯỜI KÊ KHAI", "(Ký,_tên)", "Tống_Lệ"
    ]  # fmt: skip


def test_label_and_value_and_two_pairs_of_a_row_stay_in_one_line(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(100, ("Họ,", 100), ("tên:", 140), ("NGUYỄN_MAI", 300)),
        words_at(130, ("Sinh:", 100), ("21/06/1977", 160), ("Giới", 600), ("tính:", 650), ("Nữ", 710)),
    )
    assert _ordered(text) == ["Họ, tên: NGUYỄN_MAI", "Sinh: 21/06/1977 Giới tính: Nữ"]


def test_a_first_column_of_labels_is_read_with_the_values_beside_it(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(100, ("Đăng_ký_tại:", 100), ("Ủy_ban_nhân_dân_xã_Linh_Hồ", 500)),
        words_at(130, ("Số:_228/2019", 100), ("ngày_03/06/2019_tại_trụ_sở", 500)),
    )
    assert _ordered(text) == [
        "Đăng_ký_tại: Ủy_ban_nhân_dân_xã_Linh_Hồ", "Số:_228/2019", "ngày_03/06/2019_tại_trụ_sở"
    ]  # fmt: skip


def test_husband_and_wife_are_read_one_after_the_other(words_at: MakeLine, text_of_lines: MakeText) -> None:
    rows = [
        words_at(top, (label, 100), ("tên:", 140), (first, 200), (label, 500), ("tên:", 540), (second, 600))
        for top, label, first, second in ((100, "Họ", "MAI", "LAM"), (130, "Quê", "BẮC", "NAM"))
    ]
    assert _ordered(text_of_lines(*rows)) == ["Họ tên: MAI", "Quê tên: BẮC", "Họ tên: LAM", "Quê tên: NAM"]


def _card(lines: list[Line]) -> list[str]:
    box = Box(left=0, top=0, right=1000, bottom=640)
    text = PageText(width=1000, height=640, dpi=300, blocks=(Block(lines=tuple(lines), box=box),))
    page = PageImage(pixels=np.full((640, 1000), 255, np.uint8), dpi=300)
    return in_reading_order(text, page).text.splitlines()


def test_the_back_of_a_card_is_read_left_column_fingers_zone(words_at: MakeLine) -> None:
    assert _card(
        [
            words_at(55, ("Đặc_điểm_nhận_dạng", 60)),
            words_at(46, ("Ngón_trỏ_trái", 700)),
            words_at(91, ("dưới_sau_mép_trái", 60)),
            words_at(150, ("Ngày,_tháng,_năm", 240)),
            words_at(193, ("CỤC_TRƯỞNG", 320)),
            words_at(225, ("Ngón_trỏ_phải", 700)),
            words_at(240, ("Phạm_Văn_Mẫu", 320)),
            words_at(460, ("IDVNM0878030044003087803004<<7" + "<" * 50, 60)),
        ]
    )[:7] == [
        "Đặc_điểm_nhận_dạng", "dưới_sau_mép_trái", "Ngày,_tháng,_năm", "CỤC_TRƯỞNG", "Phạm_Văn_Mẫu",
        "Ngón_trỏ_trái", "Ngón_trỏ_phải",
    ]  # fmt: skip


def test_what_stands_below_the_photograph_of_a_card_comes_after_the_column_beside_it(
    words_at: MakeLine,
) -> None:
    assert _card(
        [
            words_at(540, ("Nơi_thường_trú:_Thôn_Hạ,_Xã_Liên_Minh", 300)),
            words_at(552, ("Có_giá_trị_đến", 50)),
            words_at(570, ("Tỉnh_Ninh_Bình", 300)),
            words_at(583, ("06/08/2027", 50)),
        ]
    ) == [
        "Nơi_thường_trú:_Thôn_Hạ,_Xã_Liên_Minh", "Tỉnh_Ninh_Bình", "Có_giá_trị_đến", "06/08/2027"
    ]  # fmt: skip


def _framed(*corners: tuple[int, int, int, int]) -> PageImage:
    page = _white()
    for left, top, right, bottom in corners:
        cv2.rectangle(page.pixels, (left, top), (right, bottom), 0, 2)
    return page


def test_a_stamp_that_lies_over_lines_of_print_does_not_break_into_them(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(
        words_at(100, ("THÔNG_TƯ_sửa_đổi_một_số_điều_của_Thông_tư", 330)),
        words_at(130, ("CÔNG", 60), ("VĂN", 110), ("ĐẾN", 160), ("của_Bộ_trưởng_quy_định_về_cấp", 330)),
        words_at(160, ("Số:", 60), ("thu_hồi_chứng_nhận_đăng_ký", 330)),
        words_at(230, ("Căn_cứ_Luật_Trật_tự,_an_toàn_giao_thông_đường_bộ", 160)),
    )
    ordered = in_reading_order(text, _framed((40, 120, 260, 190)))
    assert _kinds(ordered) == [
        ("THÔNG_TƯ_sửa_đổi_một_số_điều_của_Thông_tư", BlockKind.TEXT),
        ("của_Bộ_trưởng_quy_định_về_cấp", BlockKind.TEXT),
        ("thu_hồi_chứng_nhận_đăng_ký", BlockKind.TEXT),
        ("CÔNG VĂN ĐẾN", BlockKind.STAMP),
        ("Số:", BlockKind.STAMP),
        ("Căn_cứ_Luật_Trật_tự,_an_toàn_giao_thông_đường_bộ", BlockKind.TEXT),
    ]


def test_a_frame_is_a_stamp_by_its_colour_and_else_print_apart(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(words_at(130, ("Mẫu_số_01", 60)), words_at(160, ("kèm_theo", 60)))
    page = PageImage(pixels=np.full((1400, 1000, 3), 255, np.uint8), dpi=100)
    for colour, kind in (((200, 30, 40), BlockKind.STAMP), ((20, 20, 20), BlockKind.TEXT)):
        for word in text.words:
            page.pixels[word.box.top + 4 : word.box.bottom, word.box.left : word.box.right : 3] = colour
        ordered = in_reading_order(text, _framed((40, 120, 260, 190)), page)
        assert {block.kind for block in ordered.blocks} == {kind}


def test_red_words_of_a_seal_leave_the_line_and_black_print_under_it_stays(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    text = text_of_lines(words_at(300, ("PHÓ", 400), ("ỦY_BAN", 440), ("CHỦ_TỊCH", 510)))
    page = PageImage(pixels=np.full((1400, 1000, 3), 255, np.uint8), dpi=100)
    for word in text.words:
        colour = (210, 40, 50) if word.text == "ỦY_BAN" else (15, 15, 15)
        page.pixels[word.box.top : word.box.bottom, word.box.left : word.box.right : 3] = colour
    ordered = in_reading_order(text, _white(), page, (Seal(x=470, y=310, radius=80),))
    assert _kinds(ordered) == [
        ("PHÓ", BlockKind.TEXT), ("CHỦ_TỊCH", BlockKind.TEXT), ("ỦY_BAN", BlockKind.STAMP)
    ]  # fmt: skip


def test_page_numbers_are_margin_text(words_at: MakeLine, text_of_lines: MakeText) -> None:
    text = text_of_lines(words_at(40, ("2", 495)), words_at(200, ("Điều_2.", 100)), words_at(700, ("2", 495)))
    assert [block.kind for block in in_reading_order(text, _white()).blocks] == [
        BlockKind.MARGIN, BlockKind.TEXT, BlockKind.TEXT
    ]  # fmt: skip


def test_blocks_read_apart_are_put_where_they_begin(words_at: MakeLine, text_of_lines: MakeText) -> None:
    text = text_of_lines(words_at(100, ("trên", 100)), words_at(400, ("dưới", 100)))
    line = words_at(200, ("SAO_Y", 600))
    stamp = Block(lines=(line,), box=line.box, kind=BlockKind.STAMP)
    ordered = in_reading_order(text, _white(), apart=(stamp,))
    assert ordered.text.splitlines() == ["trên", "SAO_Y", "dưới"]


def test_a_tall_sign_does_not_lift_its_line_over_the_line_above(
    words_at: MakeLine, text_of_lines: MakeText
) -> None:
    line = words_at(160, ("VGP", 100), ("Cơ_quan:", 150), ("Văn_phòng", 240))
    logo = replace(line.words[0], box=Box(left=100, top=90, right=140, bottom=182))
    box = Box(left=100, top=90, right=330, bottom=182)
    text = text_of_lines(
        words_at(100, ("Người_ký:_Cổng", 150)), words_at(130, ("Email:_cong@vd.vn", 150)),
        replace(line, words=(logo, *line.words[1:]), box=box),
    )  # fmt: skip
    assert _ordered(text) == ["Người_ký:_Cổng", "Email:_cong@vd.vn", "VGP Cơ_quan: Văn_phòng"]


def test_gaps_of_dotted_lines_make_no_columns_of_a_form(words_at: MakeLine, text_of_lines: MakeText) -> None:
    text = text_of_lines(
        words_at(100, ("Họ_và_tên_cha:", 100), ("PHẠM", 250), ("QUÝ", 300), ("KHÁNH", 342)),
        words_at(130, ("Đã_sinh_con_lúc_17", 100), ("giờ_37", 340), ("phút,_ngày_29", 440)),
        words_at(160, ("Tại:_Trung_tâm", 100)),
        words_at(190, ("Số_con:", 100), ("01", 342), ("Con_thứ_mấy:_03", 440)),
        words_at(220, ("Giới_tính:_Nữ", 100), ("Cân_nặng:_4000_gam", 440)),
        words_at(250, ("Dự_định_đặt_tên:", 100), ("PHẠM", 270), ("LINH", 322)),
    )
    assert _ordered(text) == [
        "Họ_và_tên_cha: PHẠM QUÝ KHÁNH", "Đã_sinh_con_lúc_17", "giờ_37", "phút,_ngày_29", "Tại:_Trung_tâm",
        "Số_con: 01 Con_thứ_mấy:_03", "Giới_tính:_Nữ Cân_nặng:_4000_gam", "Dự_định_đặt_tên: PHẠM LINH",
    ]  # fmt: skip
