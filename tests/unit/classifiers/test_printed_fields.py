from __future__ import annotations

import pytest

from classifiers.extractors.printed import PrintedExtractor, make
from dossiers.reading import Classification, FieldValue
from pipeline.ocr.faults import GarbageEngine


@pytest.fixture(scope="module")
def printed() -> PrintedExtractor:
    return make()


def _kind(type_id: str) -> Classification:
    return Classification(type_id=type_id, confidence=0.9, evidence="x", is_first_page=True)


def _values(found: tuple[FieldValue, ...]) -> dict[str, str | None]:
    return {value.name: value.value for value in found}


BIRTH = [
    (-1, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (-1, 300, "GIẤY KHAI SINH", 40),
    (1200, 380, "Số: 215/2024"),
    (200, 450, "Họ, chữ đệm, tên: LÊ HOÀNG MẪU"),
    (200, 510, "Ngày, tháng, năm sinh: 08/11/2024"),
    (800, 510, "ghi bằng chữ: Ngày tám"),
    (200, 570, "Giới tính: Nữ"),
    (600, 570, "Dân tộc: Kinh"),
    (1000, 570, "Quốc tịch: Việt Nam"),
    (200, 630, "Số định danh cá nhân: 003324018865"),
    (200, 690, "Họ, chữ đệm, tên người mẹ: PHẠM THỊ MẪU"),
    (200, 750, "Năm sinh: 1996"),
    (600, 750, "Dân tộc: Tày"),
    (200, 810, "Họ, chữ đệm, tên người cha: ............"),
    (200, 870, "Nơi đăng ký khai sinh: Ủy ban nhân dân xã Mẫu"),
    (200, 930, "Ngày, tháng, năm đăng ký: 19/11/2024"),
]


def test_a_birth_certificate_gives_child_parents_and_registration(page_of, printed) -> None:
    values = _values(printed.extract(page_of(BIRTH), _kind("giay_khai_sinh")))
    assert values["person_name"] == "LÊ HOÀNG MẪU"
    assert values["birth_date"] == "2024-11-08"
    assert values["sex"] == "Nữ"
    assert values["ethnicity"] == "Kinh"
    assert values["personal_number"] == "003324018865"
    assert values["mother_name"] == "PHẠM THỊ MẪU"
    assert values["document_number"] == "215/2024"
    assert values["issuer"] == "Ủy ban nhân dân xã Mẫu"
    assert values["issue_date"] == "2024-11-19"


def test_a_dotted_field_is_none_and_not_what_stands_near_it(page_of, printed) -> None:
    found = printed.extract(page_of(BIRTH), _kind("giay_khai_sinh"))
    father = next(value for value in found if value.name == "father_name")
    assert father.value is None


def test_every_value_has_its_place_and_confidence(page_of, printed) -> None:
    found = printed.extract(page_of(BIRTH, confidence=0.8), _kind("giay_khai_sinh"))
    name = next(value for value in found if value.name == "person_name")
    assert name.box is not None
    assert name.box.top == 450
    assert name.box.left > 400
    assert name.confidence == pytest.approx(0.8)


def test_a_number_is_checked_against_birth_year_and_sex(page_of, printed) -> None:
    number = next(
        value
        for value in printed.extract(page_of(BIRTH), _kind("giay_khai_sinh"))
        if value.name == "personal_number"
    )
    assert dict(number.checks) == {
        "twelve_digits": True,
        "province_known": True,
        "birth_year_matches": True,
        "sex_matches": True,
    }


def test_columns_of_wife_and_husband_are_kept_apart(page_of, printed) -> None:
    lines = [
        (-1, 300, "GIẤY CHỨNG NHẬN KẾT HÔN", 40),
        (200, 450, "Họ, chữ đệm, tên vợ:"),
        (880, 450, "Họ, chữ đệm, tên chồng:"),
        (220, 500, "TRẦN THỊ MẪU"),
        (900, 500, "LÊ VĂN MẪU"),
        (200, 560, "Ngày, tháng, năm sinh: 04/01/1987"),
        (880, 560, "Ngày, tháng, năm sinh: 26/02/1988"),
        (200, 620, "Nơi cư trú: Thôn Đoài, Xã Nhuận,"),
        (880, 620, "Nơi cư trú: Thôn Trung, Xã Lương,"),
        (220, 665, "Tỉnh Một"),
        (900, 665, "Tỉnh Hai"),
        (200, 740, "Giấy tờ tùy thân: CCCD số 003187080156"),
        (880, 740, "Giấy tờ tùy thân: CCCD số 003088927495"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("gcn_ket_hon")))
    assert (values["wife_name"], values["husband_name"]) == ("TRẦN THỊ MẪU", "LÊ VĂN MẪU")
    assert (values["wife_birth_date"], values["husband_birth_date"]) == ("1987-01-04", "1988-02-26")
    assert values["wife_personal_number"] == "003187080156"
    assert values["husband_personal_number"] == "003088927495"
    assert values["wife_residence"] == "Thôn Đoài, Xã Nhuận, Tỉnh Một"
    assert values["husband_residence"] == "Thôn Trung, Xã Lương, Tỉnh Hai"


def test_digits_in_boxes_are_joined(page_of, printed) -> None:
    lines = [
        (200, 300, "4. Số định danh cá nhân: 0 0 3 | 0 9 0 1 2 | 3 4 5 6"),
        (200, 360, "5. Số điện thoại liên hệ: 0912345678 6."),
        (900, 360, "Email: a@example.vn"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("ct01")))
    assert values["personal_number"] == "003090123456"
    assert values["phone"] == "0912345678"


def test_an_incomplete_number_is_none(page_of, printed) -> None:
    lines = [(200, 300, "4. Số định danh cá nhân: 0 0 3 0 9 0 1 2 3 4 5")]
    values = _values(printed.extract(page_of(lines), _kind("ct01")))
    assert values["personal_number"] is None


def test_a_letter_gives_number_date_subject_and_signer(page_of, printed) -> None:
    lines = [
        (200, 120, "BỘ CÔNG AN"),
        (900, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (200, 230, "Số: 2243 /PCCC&CNCH-P6"),
        (900, 230, "Hà Nội, ngày 23 tháng 07 năm 2025"),
        (180, 290, "V/v thu thập, tổng hợp"),
        (220, 330, "tình hình thực hiện"),
        (-1, 430, "Kính gửi:"),
        (200, 500, "Căn cứ Quyết định số 1/QĐ-TTg ngày 01 tháng 01 năm 2020, đề nghị"),
        (1000, 1700, "KT. CỤC TRƯỞNG"),
        (980, 1740, "PHÓ CỤC TRƯỞNG"),
        (970, 1900, "Đại tá Nguyễn Văn Mẫu"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("cong_van")))
    assert values["document_number"] == "2243/PCCC&CNCH-P6"
    assert values["issue_date"] == "2025-07-23"
    assert values["subject"] == "thu thập, tổng hợp tình hình thực hiện"
    assert values["signer_name"] == "Nguyễn Văn Mẫu"


def test_a_number_line_left_open_gives_none(page_of, printed) -> None:
    lines = [(200, 230, "Số: /2020/TT-BCA"), (900, 230, "Hà Nội, ngày tháng năm 2020")]
    values = _values(printed.extract(page_of(lines), _kind("van_ban_khac")))
    assert values["document_number"] is None
    assert values["issue_date"] is None


def test_an_issued_copy_has_two_numbers_and_two_dates(page_of, printed) -> None:
    lines = [
        (200, 230, "Số: 739/GKS-BS"),
        (-1, 300, "GIẤY KHAI SINH", 40),
        (1200, 380, "Số: 78/2019"),
        (200, 1000, "Nơi đăng ký khai sinh: Ủy ban nhân dân xã Mẫu"),
        (200, 1060, "Ngày, tháng, năm đăng ký: 03/06/2019"),
        (900, 1200, "Mẫu, ngày 10 tháng 7 năm 2026"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("giay_khai_sinh_ban_sao")))
    assert (values["document_number"], values["register_number"]) == ("739/GKS-BS", "78/2019")
    assert (values["issue_date"], values["registration_date"]) == ("2026-07-10", "2019-06-03")


def test_a_land_certificate_gives_owners_parcel_and_serial(page_of, printed) -> None:
    lines = [
        (-1, 300, "GIẤY CHỨNG NHẬN", 50),
        (240, 450, "Ông: ĐOÀN VĂN MẪU"),
        (240, 510, "Năm sinh: 1994, CCCD số: 003094321440"),
        (240, 570, "Bà: LƯƠNG THỊ MẪU"),
        (240, 630, "Năm sinh: 1999, CCCD số: 003199707304"),
        (240, 800, "a) Thửa đất số: 691"),
        (800, 800, "tờ bản đồ số: 20"),
        (240, 860, "c) Diện tích: 1.265,2 m²"),
        (240, 920, "đ) Mục đích sử dụng: -/-"),
        (1200, 2200, "CD 710561"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("gcn_qsdd")))
    assert (values["person_name"], values["co_owner_name"]) == ("ĐOÀN VĂN MẪU", "LƯƠNG THỊ MẪU")
    assert (values["personal_number"], values["co_owner_number"]) == ("003094321440", "003199707304")
    assert (values["parcel_number"], values["map_sheet"]) == ("691", "20")
    assert values["area"] == "1265.2"
    assert values["use_purpose"] is None
    assert values["serial_number"] == "CD 710561"


def test_no_type_gives_no_fields(page_of, printed) -> None:
    assert printed.extract(page_of(BIRTH), None) == ()
    assert printed.extract(page_of(BIRTH), _kind("unknown")) == ()


def test_columns_of_a_table_are_kept_apart(page_of, printed) -> None:
    lines = [
        (-1, 200, "TỜ KHAI ĐĂNG KÝ KẾT HÔN", 40),
        (170, 350, "Thông tin"),
        (500, 350, "Bên nữ"),
        (1000, 350, "Bên nam"),
        (170, 410, "Họ, chữ đệm, tên"),
        (500, 410, "TRẦN THỊ MẪU"),
        (1000, 410, "LÊ VĂN MẪU"),
        (170, 470, "Ngày, tháng, năm sinh"),
        (600, 470, "04/01/1987"),
        (1000, 470, "26/02/1988"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("to_khai_ket_hon")))
    assert (values["wife_name"], values["husband_name"]) == ("TRẦN THỊ MẪU", "LÊ VĂN MẪU")
    assert (values["wife_birth_date"], values["husband_birth_date"]) == ("1987-01-04", "1988-02-26")


def test_a_certification_has_number_date_and_signer_of_its_own(page_of, printed) -> None:
    lines = [
        *BIRTH,
        (200, 1500, "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH"),
        (200, 1560, "Số chứng thực: 4449 Quyển số: 01/2026-SCT/BS"),
        (200, 1620, "Mẫu, ngày 16 tháng 3 năm 2026"),
        (250, 1680, "PHÓ CHỦ TỊCH"),
        (250, 1850, "Hồ Văn Mẫu"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("giay_khai_sinh")))
    assert values["issue_date"] == "2024-11-19"
    assert values["certification_number"] == "4449"
    assert values["certification_date"] == "2026-03-16"
    assert values["certifier_name"] == "Hồ Văn Mẫu"
    assert "signer_name" not in values


def test_a_value_that_floats_off_its_line_still_belongs_to_its_label(page_of, printed) -> None:
    lines = [(200, 450, "Họ, chữ đệm, tên:"), (700, 432, "LÊ VĂN MẪU"), (200, 520, "Giới tính: Nam")]
    values = _values(printed.extract(page_of(lines), _kind("giay_khai_sinh")))
    assert values["person_name"] == "LÊ VĂN MẪU"


def test_a_signer_without_a_legible_office_is_taken_with_less_confidence(page_of, printed) -> None:
    found = printed.extract(page_of([(1000, 1900, "Nguyễn Văn Mẫu")], confidence=0.9), _kind("quyet_dinh"))
    assert [(value.name, value.value) for value in found] == [("signer_name", "Nguyễn Văn Mẫu")]
    assert found[0].confidence == pytest.approx(0.72)


@pytest.mark.parametrize("name", ["Thị Hồng Nhạn", "Nơi nhận như trên", "Hồng Nhạn"])
def test_a_cut_off_name_is_no_signer(page_of, printed, name: str) -> None:
    assert printed.extract(page_of([(1000, 1900, name)]), _kind("quyet_dinh")) == ()


def test_a_number_with_a_letter_in_it_is_none(page_of, printed) -> None:
    lines = [(200, 300, "Thửa đất số: 19f"), (900, 300, "tờ bản đồ số: 68")]
    values = _values(printed.extract(page_of(lines), _kind("gcn_qsdd")))
    assert values["parcel_number"] is None
    assert values["map_sheet"] == "68"


@pytest.mark.parametrize("junk", ["-_ ", "„ ", ": . "])
def test_stray_signs_before_a_name_do_not_hide_it(page_of, printed, junk: str) -> None:
    lines = [(200, 300, f"Họ, chữ đệm, tên người cha: {junk}HOÀNG VĂN MẪU")]
    values = _values(printed.extract(page_of(lines), _kind("giay_khai_sinh")))
    assert values["father_name"] == "HOÀNG VĂN MẪU"


def test_digits_may_stand_far_from_their_label(page_of, printed) -> None:
    lines = [(200, 300, "9. Số định danh cá nhân của chủ hộ:"), (1300, 300, "003087219893")]
    values = _values(printed.extract(page_of(lines), _kind("ct01")))
    assert values["head_of_household_number"] == "003087219893"


def test_an_address_that_begins_with_a_number_is_no_label(page_of, printed) -> None:
    lines = [
        (200, 300, "Nơi thường trú / Place of residence: Số 105 đường Mẫu Thị"),
        (200, 340, "Thử, Phường Một, Tỉnh Hai"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("cccd_front")))
    assert values["residence"] == "Số 105 đường Mẫu Thị Thử, Phường Một, Tỉnh Hai"


def test_an_illegible_second_label_does_not_hide_the_date_below(page_of, printed) -> None:
    lines = [(200, 300, "Có giá trị đến"), (200, 340, "Dafe ðf exqcry"), (200, 375, "15/03/2027")]
    values = _values(printed.extract(page_of(lines), _kind("cccd_front")))
    assert values["expiry_date"] == "2027-03-15"


def test_dirt_before_a_label_does_not_hide_it(page_of, printed) -> None:
    lines = [
        (200, 300, "Đăng ký khai sinh tại: Ủy ban nhân dân xã Mẫu"),
        (200, 360, "Số: 242/2019"),
        (800, 360, "ˆ ngày 03/06/2019"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("trich_luc_khai_sinh")))
    assert values["registration_date"] == "2019-06-03"


def test_a_request_tells_who_asks_apart_from_about_whom(page_of, printed) -> None:
    lines = [
        (200, 300, "Họ, chữ đệm, tên người yêu cầu: LÊ THỊ MẪU"),
        (200, 360, "Nơi cư trú: Thôn Đoài, Xã Một, Tỉnh Hai"),
        (200, 420, "Giấy tờ tùy thân: Thẻ CCCD số 003190123456"),
        (200, 480, "Họ, chữ đệm, tên: VŨ HOA MẪU"),
        (200, 540, "Số định danh cá nhân: 003324018865"),
        (200, 600, "Nơi cư trú: Thôn Hạ, Xã Ba, Tỉnh Bốn"),
        (200, 660, "Đề nghị công nhận người cha: VŨ VĂN MẪU"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("to_khai_nhan_cha_me_con")))
    assert values["requester_name"] == "LÊ THỊ MẪU"
    assert values["requester_personal_number"] == "003190123456"
    assert values["requester_residence"] == "Thôn Đoài, Xã Một, Tỉnh Hai"
    assert values["person_name"] == "VŨ HOA MẪU"
    assert values["personal_number"] == "003324018865"
    assert values["residence"] == "Thôn Hạ, Xã Ba, Tỉnh Bốn"
    assert values["father_name"] == "VŨ VĂN MẪU"


def test_the_back_of_an_old_card_tells_its_office(page_of, printed) -> None:
    lines = [
        (300, 100, "Dân tộc: Tày"),
        (700, 100, "Tôn giáo: Không"),
        (600, 400, "Ngày 09 tháng 02 năm 2009"),
        (600, 460, "GIÁM ĐỐC CÔNG AN TỈNH MẪU"),
    ]
    values = _values(printed.extract(page_of(lines), _kind("cmnd")))
    assert values["ethnicity"] == "Tày"
    assert values["issue_date"] == "2009-02-09"
    assert values["issuer"] == "GIÁM ĐỐC CÔNG AN TỈNH MẪU"


def test_the_day_of_an_entry_is_not_that_of_the_household_book(page_of, printed) -> None:
    signed = [(900, 900, "Ngày 12 tháng 5 năm 2014"), (900, 960, "TRƯỞNG CÔNG AN"), (900, 1200, "Lê Văn Mẫu")]
    head = [(200, 300, "SỔ HỘ KHẨU"), (200, 420, "Họ và tên chủ hộ: LÊ VĂN MẪU"), *signed]
    entry = [(200, 300, "QUAN HỆ VỚI CHỦ HỘ: Vợ"), (200, 420, "Họ và tên: PHẠM THỊ MẪU"), *signed]
    of_the_head = _values(printed.extract(page_of(head), _kind("so_ho_khau")))
    of_the_entry = _values(printed.extract(page_of(entry), _kind("so_ho_khau")))
    assert (of_the_head["issue_date"], of_the_head["signer_name"]) == ("2014-05-12", "Lê Văn Mẫu")
    assert of_the_entry["member_name"] == "PHẠM THỊ MẪU"
    assert not {"issue_date", "signer_name"} & of_the_entry.keys()


def test_the_first_words_of_minutes_do_not_belong_to_their_subject(page_of, printed) -> None:
    minutes = [
        (-1, 300, "BIÊN BẢN"),
        (-1, 350, "kiểm tra hiện trạng thửa đất"),
        (200, 410, "Hôm nay, hồi 8 giờ 30 phút, ngày 19 tháng 5 năm 2026, tại Thôn Trung"),
    ]
    found = _values(printed.extract(page_of(minutes), _kind("van_ban_khac")))
    assert found["subject"] == "kiểm tra hiện trạng thửa đất"


@pytest.mark.parametrize("place", ["Tự Lạn", "Gio Linh"])
def test_a_place_may_be_called_like_a_word_of_other_dates(page_of, printed, place: str) -> None:
    head = [(900, 200, f"{place}, ngày 13 tháng 10 năm 2026"), (-1, 300, "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ")]
    assert _values(printed.extract(page_of(head), _kind("ct07")))["issue_date"] == "2026-10-13"


def test_the_day_of_another_entry_is_none_of_issue(page_of, printed) -> None:
    lines = [
        (-1, 300, "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ"),
        (900, 400, "Đăng ký lần đầu, ngày 13 tháng 10 năm 2026"),
    ]
    assert "issue_date" not in _values(printed.extract(page_of(lines), _kind("ct07")))


def test_what_is_left_of_an_english_half_does_not_begin_the_value(page_of, printed) -> None:
    back = [(300, 860, "Nơi đăng ký khai sinh / Place sf E rth re stry a Xã Mẫu, Tỉnh Một")]
    front = [(300, 860, "Giới tính / Sex Nam"), (800, 860, "Quốc tịch ý Nauonaly- Việt Nam")]
    values = _values(printed.extract(page_of(back), _kind("can_cuoc_back")))
    assert values["place_of_birth_registration"] == "Xã Mẫu, Tỉnh Một"
    values = _values(printed.extract(page_of(front), _kind("can_cuoc_front")))
    assert values["nationality"] == "Việt Nam"


def test_a_part_of_a_boxed_number_is_none(page_of) -> None:
    with_engine = make(GarbageEngine())
    lines = [(200, 300, "4. Số định danh cá nhân: 003 184 261 |")]
    assert _values(with_engine.extract(page_of(lines), _kind("ct01")))["personal_number"] is None
