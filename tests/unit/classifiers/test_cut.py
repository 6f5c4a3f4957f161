from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.cut.cues import PageCues, cues_of
from classifiers.cut.optimum import cut
from classifiers.stream import StreamSegmenter
from dossiers.reading import Classification, FieldValue, Outcome, PageReading, PaperLook, Source

_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
_SENTENCE = "Các phòng chuyên môn có trách nhiệm rà soát toàn bộ danh mục hồ sơ thuộc phạm vi quản lý"


def _reading(
    type_id: str, text: str, *, first: bool = False, number: int | None = None, zone: str = ""
) -> PageReading:
    value = FieldValue(
        name="personal_number", raw=zone, value=zone, box=None, confidence=1.0, source=Source.MRZ
    )
    return PageReading(
        outcome=Outcome.READ,
        classification=Classification(
            type_id=type_id, confidence=0.9, evidence=type_id, is_first_page=first, method="rules/1"
        ),
        fields=(value,) if zone else (),
        text=text,
        page_number=number,
        rotated_degrees=0,
        skew_degrees=0.0,
        confidence=0.9,
        has_seal=False,
        issues=(),
        engine="none",
        pipeline_version="0",
        seconds=0.0,
    )


def _documents(*pages: PageReading) -> list[list[int]]:
    return [sorted(each.positions) for each in StreamSegmenter().assemble(pages)]


LETTER = _reading("cong_van", f"{_MOTTO}Kính gửi: Các đơn vị.\n{_SENTENCE}", first=True)
ENDED = _reading("cong_van", f"{_MOTTO}Kính gửi: Các đơn vị.\nNơi nhận:\nVũ An", first=True)
LATER = _reading("unknown", f"bảo đảm công khai, minh bạch và thuận lợi cho tổ chức, cá nhân.\n{_SENTENCE}.")


def test_a_sentence_that_goes_over_the_end_of_the_page_outweighs_a_wrong_type() -> None:
    wrong = replace(LATER.classification, type_id="bang_tot_nghiep")
    assert _documents(LETTER, replace(LATER, classification=wrong)) == [[0, 1]]


def test_nothing_follows_a_document_that_has_ended() -> None:
    assert _documents(LETTER, _reading("unknown", "Chữ")) == [[0, 1]]
    assert _documents(ENDED, _reading("unknown", "Chữ")) == [[0], [1]]


def test_a_page_amid_a_sentence_does_not_follow_one_that_ends_with_its_sentence() -> None:
    later = _reading("unknown", "hằng tháng.\nChữ", number=None)
    numbered = replace(LETTER, text=f"{LETTER.text}.", page_number=1)
    assert _documents(numbered, later) == [[0], [1]]


def test_first_pages_of_one_type_are_two_documents() -> None:
    page = _reading("to_khai_khai_sinh", "Chữ", first=True)
    assert _documents(page, page) == [[0], [1]]


def test_single_pages_of_different_official_documents_stay_apart() -> None:
    eighth = _reading("van_ban_khac", "Điều 15. Trách nhiệm thi hành\nMọi người thi hành.", number=8)
    second = _reading("van_ban_khac", "Điều 4. Phạm vi điều chỉnh\nMọi người thi hành.", number=2)
    assert _documents(eighth, second, ENDED) == [[0], [1], [2]]


def test_articles_that_follow_none_before_are_of_another_document() -> None:
    confirmation = _reading("ct07", f"{_MOTTO}XÁC NHẬN\nTRƯỞNG CÔNG AN\nVũ An", first=True)
    contract = _reading("hop_dong_chuyen_quyen", "Điều 3. Giao đất\nBên A giao đất.", number=2)
    assert _documents(confirmation, contract) == [[0], [1]]


def test_numbers_and_text_outweigh_a_wrong_type_in_the_middle() -> None:
    pages = [
        _reading("quyet_dinh", f"{_MOTTO}QUYẾT ĐỊNH\n{_SENTENCE}", first=True, number=1),
        _reading("bang_tot_nghiep", "Chữ", number=2),
        _reading("van_ban_khac", "Chữ", number=3),
    ]
    (decision,) = StreamSegmenter().assemble(pages)
    assert (decision.type_id, decision.positions) == ("quyet_dinh", (0, 1, 2))


def test_a_regulation_stays_with_the_decision_that_it_names() -> None:
    decision = _reading("quyet_dinh", f"{_MOTTO}Số: 1348/QĐ-UBND\nNơi nhận:\nCHỦ TỊCH", first=True)
    head = "QUY CHẾ\nTổ chức của Tổ công tác\n(Ban hành kèm theo Quyết định số {} ngày 01/02/2026)"
    own = _reading("unknown", head.format("1348/QĐ-UBND"), first=True)
    other = _reading("unknown", head.format("77/QĐ-UBND"), first=True)
    assert _documents(decision, own) == [[0, 1]]
    assert _documents(decision, other) == [[0], [1]]


def test_what_form_circulars_issue_does_not_join_two_forms() -> None:
    form = f"Mẫu CT01 ban hành kèm theo Thông tư số 53/2025/TT-BCA\n{_MOTTO}TỜ KHAI"
    assert _documents(_reading("ct01", form, first=True), _reading("ct01", form, first=True)) == [[0], [1]]


def test_fronts_first_and_backs_after_them_are_matched_in_order() -> None:
    front, back = _reading("cccd_front", "", first=True), _reading("cccd_back", "")
    assert _documents(front, front, back, back) == [[0, 2], [1, 3]]


def test_a_side_without_a_type_is_found_by_the_number() -> None:
    number = "003090123456"
    back = _reading("cccd_back", "IDVNM", zone=number)
    front = _reading("unknown", f"CĂN CƯỚC\n{number}", first=True)
    stranger = _reading("unknown", "CĂN CƯỚC\n003190000001", first=True)
    assert _documents(front, back) == [[0, 1]]
    assert _documents(stranger, back) == [[0], [1]]


def test_the_checklist_tips_the_scale_but_makes_nothing_up() -> None:
    blurred = cues_of(_reading("gcn_ket_hon", "chữ mờ"))
    before = cues_of(replace(LETTER, text="chữ"))
    doubtful = replace(blurred, confidence=0.2)
    assert len(cut([before, doubtful])) == 1
    assert len(cut([before, doubtful], {"gcn_ket_hon"})) == 2
    assert len(cut([before, replace(doubtful, type_id="unknown")], {"gcn_ket_hon"})) == 1


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        (f"hằng tháng.\n{_SENTENCE}", True, True),
        (f"2\n{_SENTENCE}.", False, False),
        (f"a) {_SENTENCE};\nNguyễn Văn An", False, False),
        ("", False, False),
    ],
)
def test_running_text_is_told_from_headings_and_names(text: str, begins: bool, ends: bool) -> None:
    found: PageCues = cues_of(_reading("unknown", text))
    assert (found.begins_amid, found.ends_amid) == (begins, ends)


def _look(filled: float, width: float = 210.0, height: float = 297.0) -> PaperLook:
    return PaperLook(width_mm=width, height_mm=height, filled=filled)


def test_a_cover_opens_its_booklet_and_a_dirty_back_follows_its_sheet() -> None:
    unread = replace(_reading("unknown", ""), outcome=Outcome.NEEDS_PERSON, confidence=0.0)
    book = _reading("so_ho_khau", f"{_MOTTO}SỔ HỘ KHẨU", first=True)
    back = replace(unread, look=_look(0.01))
    cover = replace(unread, look=_look(0.9))
    assert _documents(LETTER, back, book) == [[0, 1], [2]]
    assert _documents(LETTER, cover, book) == [[0], [1, 2]]


def test_a_picture_belongs_neither_to_the_paper_before_nor_to_the_one_behind() -> None:
    picture = replace(_reading("unknown", ""), outcome=Outcome.NEEDS_PERSON, look=_look(0.5))
    assert _documents(LETTER, picture, ENDED) == [[0], [1], [2]]


def test_paper_of_another_size_is_another_document() -> None:
    page = _reading("giay_kham_suc_khoe", "Chữ", first=True)
    later = _reading("unknown", "Chữ")
    same = [replace(each, look=_look(0.0)) for each in (page, later)]
    small = replace(later, look=_look(0.0, 85.6, 54.0))
    assert _documents(*same) == [[0, 1]]
    assert _documents(same[0], small) == [[0], [1]]


def test_a_page_that_is_surely_of_no_known_type_starts_a_document() -> None:
    form = _reading("to_khai_khai_sinh", "Chữ", first=True)
    page = _reading("unknown", "Chữ")
    stranger = replace(page, classification=replace(page.classification, confidence=0.98))
    assert _documents(form, stranger) == [[0], [1]]
