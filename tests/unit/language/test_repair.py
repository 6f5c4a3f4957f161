from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.codec import decode_text, encode_text
from pipeline.language.candidates import Knowledge
from pipeline.language.repair import repair
from pipeline.text import PageText

MakePage = Callable[..., PageText]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("cơ quan có thâm quyên giải quyết", "cơ quan có thẩm quyền giải quyết"),
        ("các tô chức, cá nhân", "các tổ chức, cá nhân"),
        ("cơ sở đữ liệu quốc gia", "cơ sở dữ liệu quốc gia"),
        ("được sửa đối, bồ sung một số điều", "được sửa đổi, bổ sung một số điều"),
        ("hồ sơ đề nghị câp giấy phép", "hồ sơ đề nghị cấp giấy phép"),
        ("Tô chức thực hiện quy định này", "Tổ chức thực hiện quy định này"),
    ],
)
def test_lost_marks_of_running_text_come_back(
    page: MakePage, knowledge: Knowledge, read: str, printed: str
) -> None:
    assert repair(page(read), knowledge).text.text == printed


@pytest.mark.parametrize(
    "read",
    [
        "ông Nguyễn Văn Hoa và bà Trần Thị Thuy",
        "NGUYÊN VĂN HOA",
        "thường trú tại xã Diên Châu, tỉnh Nghệ An",
        "Số: 57/2015/TT-BCA ngày 26/10/2015",
        "sinh ngày 29 tháng 6 năm 2001",
        "mã hồ sơ H57.12-260101-0001",
        "xã la Dơk, tỉnh Gia Lai",
        "Dân tộc: Kịnh",
        "đ) Cơ quan",
        "Nguyễn liệu kê khai",
    ],
)
def test_names_numbers_and_codes_are_never_changed(page: MakePage, knowledge: Knowledge, read: str) -> None:
    repaired = repair(page(read, confidence=0.3), knowledge)

    assert repaired.text.text == read
    assert repaired.changes == ()


def test_a_name_that_goes_on_in_the_next_line_is_not_changed(page: MakePage, knowledge: Knowledge) -> None:
    lines = ("do ông Trần Quang", "Tô chức, cá nhân")

    assert repair(page(*lines), knowledge).changes == ()
    assert repair(page(lines[1]), knowledge).changes != ()


@pytest.mark.parametrize("noise", ["đà,", "si", "tim]"])
def test_a_word_without_neighbours_stays(page: MakePage, knowledge: Knowledge, noise: str) -> None:
    assert repair(page(noise, confidence=0.3), knowledge).changes == ()


@pytest.mark.parametrize(
    "printed",
    [
        "Tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Nghị định này.",
        "cơ thể người, hiến, lấy, ghép mô",
        "may trang phục, cắt tóc, làm đầu, gội đầu",
        "đã xem xét kỹ, biết rõ về thửa đất",
    ],
)
def test_rightly_read_text_stays(page: MakePage, knowledge: Knowledge, printed: str) -> None:
    assert repair(page(printed), knowledge).changes == ()


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("CỘNG HOÀ XÃ HỘI CHỦ NGHIA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("QUYÊT ĐINH", "QUYẾT ĐỊNH"),
        ("của Bộ Nông nghiêp và Môi trường", "của Bộ Nông nghiệp và Môi trường"),
        ("Quốc tịch: Viêt Nam", "Quốc tịch: Việt Nam"),
    ],
)
def test_known_titles_and_agencies_are_repaired(
    page: MakePage, knowledge: Knowledge, read: str, printed: str
) -> None:
    assert repair(page(read), knowledge).text.text == printed


def test_a_change_keeps_the_raw_reading_the_box_and_the_confidence(
    page: MakePage, knowledge: Knowledge
) -> None:
    before = page("cơ quan có thâm quyên, giải quyết")
    repaired = repair(before, knowledge)

    (first, second) = repaired.changes
    assert (first.line, first.index, first.raw, first.chosen) == (0, 3, "thâm", "thẩm")
    assert (second.raw, second.chosen) == ("quyên,", "quyền,")
    assert 0.5 < first.confidence <= 1.0
    after = repaired.text.words
    assert [word.raw for word in after] == [None, None, None, "thâm", "quyên,", None, None]
    assert [word.box for word in after] == [word.box for word in before.words]
    assert [word.confidence for word in after] == [word.confidence for word in before.words]


def test_a_second_repair_changes_nothing_and_keeps_the_first_reading(
    page: MakePage, knowledge: Knowledge
) -> None:
    once = repair(page("các tô chức, cá nhân"), knowledge).text

    twice = repair(once, knowledge)

    assert twice.changes == ()
    assert twice.text == once


def test_the_raw_reading_is_stored_with_the_page(page: MakePage, knowledge: Knowledge) -> None:
    text = repair(page("các tô chức, cá nhân"), knowledge).text

    assert decode_text(encode_text(text)) == text
    assert "tô" in [word.raw for word in text.words]


def test_the_tone_is_placed_as_the_page_places_it(page: MakePage, knowledge: Knowledge) -> None:
    old, new = "xã hội hóa, hòa giải, hàng hoa và dịch vụ", "xã hội hoá, hoà giải, hàng hoa và dịch vụ"

    assert repair(page(old), knowledge).text.text == old.replace("hoa", "hóa")
    assert repair(page(new), knowledge).text.text == new.replace("hoa", "hoá")


def test_words_at_a_line_end_know_the_next_line(page: MakePage, knowledge: Knowledge) -> None:
    repaired = repair(page("trách nhiệm của các tô", "chức và cá nhân"), knowledge)

    assert repaired.text.lines[0].text == "trách nhiệm của các tổ"


def _offering(text: PageText, word: str, *others: str) -> PageText:
    """The same page where the engine also read ``word`` as ``others``."""
    block = text.blocks[0]
    lines = tuple(
        replace(
            line,
            words=tuple(
                replace(each, alternatives=others) if each.text == word else each for each in line.words
            ),
        )
        for line in block.lines
    )
    return replace(text, blocks=(replace(block, lines=lines),))


def test_an_alternative_of_the_engine_helps(page: MakePage, knowledge: Knowledge) -> None:
    text = page("các tô chức")

    alone, offered = repair(text, knowledge), repair(_offering(text, "tô", "tổ", "tố"), knowledge)

    assert offered.changes[0].chosen == "tổ"
    assert not alone.changes or alone.changes[0].confidence < offered.changes[0].confidence


def test_other_letters_are_chosen_only_where_the_engine_saw_them(
    page: MakePage, knowledge: Knowledge
) -> None:
    text = page("quy trình kiểm soát khát lượng dữ liệu", confidence=0.6)

    assert repair(text, knowledge).changes == ()
    repaired = repair(_offering(text, "khát", "chất"), knowledge)
    assert repaired.text.text == "quy trình kiểm soát chất lượng dữ liệu"
    assert repaired.text.words[4].raw == "khát"


def test_a_capital_keeps_its_letters(page: MakePage, knowledge: Knowledge) -> None:
    text = _offering(page("Khát lượng dữ liệu được kiểm soát", confidence=0.5), "Khát", "Chất")

    assert repair(text, knowledge).text.text == "Khát lượng dữ liệu được kiểm soát"


@pytest.mark.parametrize(
    ("read", "word", "other"),
    [
        ("ông Nguyễn Văn Khát lượng", "Khát", "Chất"),
        ("KIỂM SOÁT KHÁT LƯỢNG", "KHÁT", "CHẤT"),
        ("ngày 13 tháng 6 năm 2001", "13", "15"),
        ("Số: 57/2015/TT-BCA", "57/2015/TT-BCA", "57/2016/TT-BCA"),
    ],
)
def test_alternatives_never_change_names_and_numbers_but_stay_with_them(
    page: MakePage, knowledge: Knowledge, read: str, word: str, other: str
) -> None:
    repaired = repair(_offering(page(read, confidence=0.3), word, other), knowledge)

    assert repaired.text.text == read
    assert [each.alternatives for each in repaired.text.words if each.text == word] == [(other,)]


def test_a_unit_with_marks_of_no_unit_is_flagged_with_its_likely_name(
    page: MakePage, knowledge: Knowledge
) -> None:
    repaired = repair(page("tạm trú ở Xã Diên Châu"), knowledge)

    (flag,) = repaired.flags
    assert flag.word == "Xã Diên Châu"
    assert flag.alternatives[0][0] == "Xã Diễn Châu"
    assert 0 < flag.alternatives[0][1] < 1


def test_an_impossible_syllable_in_a_name_is_flagged(page: MakePage, knowledge: Knowledge) -> None:
    repaired = repair(page("bà Nguyễn Thị Hơp"), knowledge)

    (flag,) = repaired.flags
    assert (flag.word, flag.index) == ("Hơp", 3)
    assert "Hợp" in [name for name, _ in flag.alternatives]
    assert all(0 < confidence < 1 for _, confidence in flag.alternatives)


def test_an_unsurely_read_name_is_flagged_and_a_surely_read_one_is_not(
    page: MakePage, knowledge: Knowledge
) -> None:
    unsure, sure = (repair(page("bà TRẦN THI", confidence=each), knowledge) for each in (0.4, 0.95))

    assert "THỊ" in [name for name, _ in unsure.flags[-1].alternatives]
    assert unsure.text == page("bà TRẦN THI", confidence=0.4)
    assert sure.flags == ()


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Cơ quan: VẤN PHÒNG CHÍNH PHỦ", "Cơ quan: VĂN PHÒNG CHÍNH PHỦ"),
        ("Họ và tên: LÊ VẤN PHÒNG", "Họ và tên: LÊ VẤN PHÒNG"),
    ],
)
def test_a_run_of_capitals_within_a_line_is_repaired_only_as_a_known_title(
    page: MakePage, knowledge: Knowledge, read: str, printed: str
) -> None:
    assert repair(page(read), knowledge).text.text == printed


def test_a_page_without_words_stays(knowledge: Knowledge) -> None:
    empty = PageText(width=10, height=10, dpi=200.0, blocks=())

    assert repair(empty, knowledge).text == empty
