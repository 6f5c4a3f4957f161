from __future__ import annotations

import pytest

from classifiers.rules.classifier import RulesClassifier, make
from dossiers.reading import CopyKind, FieldValue, Source

MOTTO = [(-1, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (-1, 170, "Độc lập - Tự do - Hạnh phúc")]
HEAD = [
    (200, 120, "ỦY BAN NHÂN DÂN"),
    (200, 170, "XÃ MẪU"),
    (900, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (950, 170, "Độc lập - Tự do - Hạnh phúc"),
]


@pytest.fixture(scope="module")
def rules() -> RulesClassifier:
    return make()


@pytest.mark.parametrize(
    ("title", "type_id"),
    [
        ("GIẤY KHAI SINH", "giay_khai_sinh"),
        ("TRÍCH LỤC KHAI SINH", "trich_luc_khai_sinh"),
        ("GIẤY CHỨNG SINH", "giay_chung_sinh"),
        ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "to_khai_khai_sinh"),
        ("GIẤY CHỨNG NHẬN KẾT HÔN", "gcn_ket_hon"),
        ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "xn_tinh_trang_hon_nhan"),
        ("TRÍCH LỤC KHAI TỬ", "trich_luc_khai_tu"),
        ("GIẤY BÁO TỬ", "giay_bao_tu"),
        ("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", "ct01"),
        ("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", "ct07"),
        ("HỢP ĐỒNG TẶNG CHO QUYỀN SỬ DỤNG ĐẤT", "hop_dong_chuyen_quyen"),
        ("TỜ KHAI LỆ PHÍ TRƯỚC BẠ", "to_khai_le_phi_truoc_ba"),
        ("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", "don_dang_ky_bien_dong"),
        ("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP CÔNG TY CỔ PHẦN", "gcn_dang_ky_doanh_nghiep"),
        ("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "gcn_dang_ky_hkd"),
        ("PHIẾU LÝ LỊCH TƯ PHÁP SỐ 2", "phieu_ly_lich_tu_phap"),
        ("BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG", "bang_tot_nghiep"),
        ("GIẤY UỶ QUYỀN", "giay_uy_quyen"),
        ("GIẤY KHÁM SỨC KHOẺ", "giay_kham_suc_khoe"),
        ("GIẤY PHÉP XÂY DỰNG", "giay_phep_xay_dung"),
        ("BẢN CAM ĐOAN", "ban_cam_doan"),
        ("SỔ HỘ KHẨU", "so_ho_khau"),
    ],
)
def test_a_title_names_the_type(page_of, rules, title: str, type_id: str) -> None:
    found = rules.classify(page_of([*MOTTO, (-1, 300, title, 40)]), ())
    assert found.type_id == type_id
    assert found.evidence == title
    assert found.is_first_page
    assert found.confidence >= 0.5


@pytest.mark.parametrize(
    ("title", "likely"),
    [
        ("TRÍCH LỤC KHAI SỔ", "trich_luc_khai_tu"),
        ("GIẤY CHỨNG NHẬN KẾT NẠP", "gcn_ket_hon"),
    ],
)
def test_a_title_with_another_word_is_another_title(page_of, rules, title: str, likely: str) -> None:
    assert rules.classify(page_of([*MOTTO, (-1, 300, title, 40)]), ()).type_id != likely


def test_the_form_of_citizens_abroad_is_told_from_the_one_with_the_same_title(page_of, rules) -> None:
    title = (-1, 300, "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", 40)
    abroad = (-1, 350, "(Dùng cho công dân Việt Nam định cư ở nước ngoài)", 40)
    assert rules.classify(page_of([*MOTTO, title, abroad]), ()).type_id == "ct02"
    assert rules.classify(page_of([*MOTTO, title]), ()).type_id == "ct01"


@pytest.mark.parametrize(
    "title", ["ĐƠN XIN NGHỈ HỌC", "GIẤY CHỨNG NHẬN TRỒNG CÂY GIỎI", "PHIẾU THU", "TRÍCH LỤC SỔ CHI TIÊU"]
)
@pytest.mark.parametrize("number", [(), ((200, 240, "Số: 12/GCN-UBND"),)])
def test_a_certificate_or_form_of_an_unknown_kind_is_no_official_document(
    page_of, rules, title: str, number: tuple[tuple[int, int, str], ...]
) -> None:
    found = rules.classify(page_of([*HEAD, *number, (-1, 340, title, 36)]), ())
    assert found.type_id == "unknown"


def test_a_title_without_tones_and_with_a_wrong_letter_is_still_found(page_of, rules) -> None:
    found = rules.classify(page_of([*MOTTO, (-1, 300, "GIAY CHUNG NHAN KEI HÔN", 40)]), ())
    assert found.type_id == "gcn_ket_hon"


def test_a_title_on_two_lines_is_one_title(page_of, rules) -> None:
    lines = [*MOTTO, (-1, 600, "GIẤY CHỨNG NHẬN", 50), (-1, 670, "QUYỀN SỬ DỤNG ĐẤT", 50)]
    assert rules.classify(page_of(lines), ()).type_id == "gcn_qsdd"


def test_a_paper_that_is_only_listed_does_not_name_the_page(page_of, rules) -> None:
    lines = [
        *MOTTO,
        (-1, 300, "GIẤY ỦY QUYỀN", 40),
        (200, 500, "Giấy tờ kèm theo: giấy khai sinh, giấy chứng nhận kết hôn."),
        (200, 560, "GIẤY KHAI SINH và các giấy tờ khác"),
    ]
    assert rules.classify(page_of(lines), ()).type_id == "giay_uy_quyen"


def test_an_application_for_a_permit_is_no_permit(page_of, rules) -> None:
    lines = [*MOTTO, (-1, 300, "ĐƠN ĐỀ NGHỊ CẤP", 40), (-1, 360, "GIẤY PHÉP XÂY DỰNG", 40)]
    assert rules.classify(page_of(lines), ()).type_id != "giay_phep_xay_dung"


def test_a_card_number_in_a_text_makes_no_card(page_of, rules) -> None:
    lines = [(200, 300 + 60 * at, "Ông A, CCCD số 003090123456, căn cước công dân") for at in range(8)]
    found = rules.classify(page_of(lines), ())
    assert found.type_id == "unknown"
    assert found.evidence == ""


def test_an_issued_copy_of_a_birth_certificate_has_its_own_type(page_of, rules) -> None:
    lines = [*HEAD, (200, 230, "Số: 12/GKS-BS"), (-1, 320, "GIẤY KHAI SINH", 40), (-1, 380, "(BẢN SAO)")]
    found = rules.classify(page_of(lines), ())
    assert found.type_id == "giay_khai_sinh_ban_sao"
    assert found.copy_kind is CopyKind.EXTRACT_COPY


def test_a_letter_is_told_by_its_subject_under_the_number(page_of, rules) -> None:
    lines = [
        *HEAD,
        (200, 240, "Số: 329/UBND-VP"),
        (200, 300, "V/v cung cấp thông tin"),
        (-1, 420, "Kính gửi: Sở Tư pháp"),
        (200, 500, "Căn cứ Quyết định số 12/QĐ-UBND ngày 01/02/2026 của Ủy ban nhân dân xã"),
    ]
    found = rules.classify(page_of(lines), ())
    assert found.type_id == "cong_van"
    assert found.evidence == "V/v cung cấp thông tin"


@pytest.mark.parametrize(
    ("number", "title", "type_id"),
    [
        ("Số: 1472/QĐ-UBND", "QUYẾT ĐỊNH", "quyet_dinh"),
        ("Số: 45/2020/NĐ-CP", "NGHỊ ĐỊNH", "van_ban_khac"),
        ("Số: 12/TB-UBND", "THÔNG BÁO", "van_ban_khac"),
        ("Luật số: 26/2023/QH15", "LUẬT", "van_ban_khac"),
    ],
)
def test_official_documents_are_told_by_head_and_title(
    page_of, rules, number: str, title: str, type_id: str
) -> None:
    found = rules.classify(page_of([*HEAD, (200, 240, number), (-1, 340, title, 36)]), ())
    assert found.type_id == type_id


def test_a_later_page_is_told_by_how_it_speaks_of_itself(page_of, rules) -> None:
    lines = [
        (-1, 100, "8"),
        (200, 300, "Điều 12. Trách nhiệm thi hành"),
        (200, 360, "Bộ trưởng chịu trách nhiệm thi hành Thông tư này."),
        (200, 1500, "Nơi nhận:"),
    ]
    found = rules.classify(page_of(lines), ())
    assert found.type_id == "van_ban_khac"
    assert not found.is_first_page


def test_a_page_without_head_or_known_words_is_unknown_and_no_first_page(page_of, rules) -> None:
    found = rules.classify(page_of([(200, 300, "và các việc khác theo thỏa thuận giữa hai người.")]), ())
    assert found.type_id == "unknown"
    assert not found.is_first_page


CHIP_FRONT = [
    (560, 463, "CĂN CƯỚC CÔNG DÂN"),
    (630, 500, "Citizen Identity Card", 14),
    (560, 535, "Số / No.: 003187080156", 18),
    (560, 560, "Họ và tên / Full name:", 18),
    (560, 585, "TRẦN VIỆT MẪU", 20),
    (560, 615, "Ngày sinh / Date of birth: 04/01/1987", 18),
    (560, 640, "Giới tính / Sex: Nữ Quốc tịch / Nationality: Việt Nam", 18),
    (560, 665, "Quê quán / Place of origin:", 18),
]
CHIP_BACK = [
    (510, 888, "Đặc điểm nhận dạng / Personal identification: Nốt ruồi", 18),
    (630, 950, "Ngày, tháng, năm / Date, month, year: 19/12/2022", 18),
    (690, 980, "CỤC TRƯỞNG CỤC CẢNH SÁT", 16),
    (660, 1000, "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", 16),
    (800, 1030, "Ngón trỏ phải / Right index finger", 14),
]
NEW_FRONT = [
    (480, 200, "CĂN CƯỚC"),
    (520, 250, "IDENTITY CARD", 16),
    (360, 309, "Số định danh cá nhân / Personal identification number:", 18),
    (360, 404, "Họ, chữ đệm và tên khai sinh / Full name:", 18),
    (360, 493, "Ngày, tháng, năm sinh / Date of birth:", 18),
    (356, 571, "Giới tính / Sex: Nam Quốc tịch / Nationality: Việt Nam", 18),
]
NEW_BACK = [
    (82, 72, "Nơi cư trú / Place of residence: Thôn Trung", 18),
    (82, 153, "Nơi đăng ký khai sinh / Place of birth registration: Xã Mẫu", 18),
    (271, 251, "Ngày, tháng, năm cấp / Date of issue: 07/04/2025", 18),
    (271, 301, "Ngày, tháng, năm hết hạn / Date of expiry: 26/02/2028", 18),
    (443, 353, "BỘ CÔNG AN", 18),
    (401, 387, "MINISTRY OF PUBLIC SECURITY", 14),
]


@pytest.mark.parametrize(
    ("lines", "type_id"),
    [
        (CHIP_FRONT, "cccd_front"),
        (CHIP_BACK, "cccd_back"),
        (NEW_FRONT, "can_cuoc_front"),
        (NEW_BACK, "can_cuoc_back"),
    ],
)
def test_sides_of_cards_are_told_by_their_labels(page_of, rules, lines, type_id: str) -> None:
    assert rules.classify(page_of(lines), ()).type_id == type_id


def test_a_machine_zone_helps_where_labels_are_faint(page_of, rules) -> None:
    zone = FieldValue(
        name="birth_date", raw="", value="1990-01-01", box=None, confidence=0.99, source=Source.MRZ
    )
    page = page_of([CHIP_BACK[2]])
    assert rules.classify(page, ()).type_id == "unknown"
    assert rules.classify(page, (zone,)).type_id == "cccd_back"


def test_an_even_page_without_words_is_blank(page_of, rules) -> None:
    assert rules.classify(page_of([]), ()).type_id == "blank"


def test_a_certificate_whose_title_is_lost_is_told_by_its_labels(page_of, rules) -> None:
    lines = [
        *MOTTO,
        (-1, 300, "Lx AY/ E- ATSINH", 40),
        (1200, 360, "Số: 163/2017"),
        (200, 450, "Họ, chữ đệm, tên: VÕ VĂN MẪU"),
        (200, 510, "Ngày, tháng, năm sinh: 21/09/2017"),
        (200, 570, "Họ, chữ đệm, tên người mẹ: LÊ THỊ MẪU"),
        (200, 630, "Họ, chữ đệm, tên người cha: VÕ VĂN MẪU"),
        (200, 690, "Họ, chữ đệm, tên người đi khai sinh: VÕ VĂN MẪU"),
        (200, 750, "Nơi đăng ký khai sinh: Ủy ban nhân dân xã Mẫu"),
        (200, 810, "Ngày, tháng, năm đăng ký: 10/10/2017"),
        (1000, 900, "NGƯỜI KÝ GIẤY KHAI SINH"),
    ]
    found = rules.classify(page_of(lines), ())
    assert found.type_id == "giay_khai_sinh"
    assert found.is_first_page


def test_the_back_of_an_old_card_opens_no_document(page_of, rules) -> None:
    back = [
        (300, 100, "NGÓN TRỎ TRÁI"),
        (600, 100, "Tôn giáo: Không"),
        (600, 200, "DẤU VẾT RIÊNG VÀ DỊ HÌNH"),
        (300, 500, "NGÓN TRỎ PHẢI"),
    ]
    found = rules.classify(page_of(back), ())
    assert (found.type_id, found.is_first_page) == ("cmnd", False)
    front = [(-1, 100, "GIẤY CHỨNG MINH NHÂN DÂN", 40), (600, 200, "Nguyên quán: Xã Mẫu")]
    assert rules.classify(page_of(front), ()).is_first_page


def test_the_back_of_an_old_card_is_told_by_few_words_that_stand_there_only(page_of, rules) -> None:
    lines = [
        (200, 300, "NGÓN TRỎ TRÁI"),
        (700, 300, "Tôn giáo: Không"),
        (700, 380, "DẤU VẾT RIÊNG VÀ DỊ HÌNH"),
    ]
    found = rules.classify(page_of(lines), ())
    assert (found.type_id, found.is_first_page) == ("cmnd", False)


def test_the_page_of_owners_of_an_older_land_certificate_is_told_without_its_title(page_of, rules) -> None:
    lines = [
        (-1, 300, "ỦY BAN NHÂN DÂN"),
        (-1, 400, "CHỨNG NHẬN"),
        (200, 500, "I. Người sử dụng đất"),
        (200, 560, "Ông: LÊ VĂN MẪU"),
        (200, 620, "Địa chỉ thường trú: Thôn Mẫu, Xã Mẫu, Tỉnh Mẫu"),
    ]
    assert rules.classify(page_of(lines), ()).type_id == "gcn_qsdd"
