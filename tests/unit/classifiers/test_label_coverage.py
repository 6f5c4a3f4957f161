"""Every printed label of the table of papers leads to a field of its type."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from classifiers.extractors.field_book import load_field_book
from classifiers.extractors.rules import TypeRules
from classifiers.folding import key_of

_PERSON_OF_BIRTH = (
    "Họ, chữ đệm, tên", "Ngày, tháng, năm sinh", "Giới tính", "Dân tộc", "Quốc tịch", "Nơi sinh", "Quê quán",
    "Số định danh cá nhân", "Họ và tên mẹ", "Họ và tên cha", "Năm sinh", "Nơi cư trú", "Giấy tờ tùy thân",
    "Họ, chữ đệm, tên người đi khai sinh", "Nơi đăng ký khai sinh", "Ngày, tháng, năm đăng ký",
)  # fmt: skip
_CONTRACT = ("Ông", "Ngày sinh", "Số định danh cá nhân", "Nơi thường trú")
#: Printed labels by type. Numbers, dates, signers, issuing bodies
#: (of papers of birth and death the health facility) and marks are found by layout.
LABELS: Mapping[str, tuple[str, ...]] = {
    "cccd_front": (
        "Số/No", "Họ và tên / Full name", "Ngày sinh / Date of birth", "Giới tính / Sex",
        "Quốc tịch / Nationality", "Quê quán / Place of origin", "Nơi thường trú / Place of residence",
        "Có giá trị đến", "Date of expiry",
    ),
    "cccd_back": ("Đặc điểm nhận dạng / Personal identification", "Ngày, tháng, năm / Date, month, year"),
    "can_cuoc_front": (
        "Số định danh cá nhân / Personal identification number", "Họ, chữ đệm và tên khai sinh / Full name",
        "Ngày, tháng, năm sinh / Date of birth", "Giới tính", "Quốc tịch",
    ),
    "can_cuoc_back": (
        "Nơi cư trú / Place of residence", "Nơi đăng ký khai sinh / Place of birth registration",
        "Ngày, tháng, năm cấp / Date of issue", "Ngày, tháng, năm hết hạn / Date of expiry",
    ),
    "cmnd": (
        "Số", "Họ tên", "Sinh ngày", "Nguyên quán", "Nơi ĐKHK thường trú", "Dân tộc", "Tôn giáo",
        "Dấu vết riêng",
    ),
    "giay_khai_sinh": _PERSON_OF_BIRTH,
    "giay_khai_sinh_ban_sao": _PERSON_OF_BIRTH,
    "trich_luc_khai_sinh": (*_PERSON_OF_BIRTH, "Đăng ký khai sinh tại", "Ghi chú"),
    "giay_chung_sinh": (
        "Họ và tên mẹ", "Năm sinh", "Nơi thường trú/tạm trú", "Số CMND/Hộ chiếu", "Đã sinh con vào lúc",
        "Tại", "Giới tính của con", "Cân nặng", "Con thứ mấy", "Số con trong một lần sinh",
        "Dự định đặt tên con là", "Quyển số",
    ),
    "to_khai_khai_sinh": (
        "Kính gửi", "Họ, chữ đệm, tên người yêu cầu", "Giấy tờ tùy thân", "Nơi cư trú",
        "Quan hệ với người được khai sinh", "Đề nghị cấp bản sao", "Số lượng",
    ),
    "gcn_ket_hon": (
        "Họ, chữ đệm, tên vợ", "Họ, chữ đệm, tên chồng", "Ngày, tháng, năm sinh", "Dân tộc", "Quốc tịch",
        "Nơi cư trú", "Giấy tờ tùy thân", "Nơi đăng ký kết hôn", "Ngày, tháng, năm đăng ký", "Quyển số",
    ),
    "xn_tinh_trang_hon_nhan": (
        "Xét đề nghị của", "Họ, chữ đệm, tên", "Ngày, tháng, năm sinh", "Dân tộc", "Quốc tịch",
        "Giấy tờ tùy thân", "Nơi cư trú", "Tình trạng hôn nhân", "Giấy này được cấp để",
    ),
    "trich_luc_khai_tu": (
        "Họ, chữ đệm, tên", "Ngày, tháng, năm sinh", "Dân tộc", "Quốc tịch", "Nơi cư trú cuối cùng",
        "Đã chết vào lúc", "Nơi chết", "Nguyên nhân chết", "Đăng ký khai tử tại",
    ),
    "giay_bao_tu": ("Họ và tên", "Quyển số", "Nguyên nhân"),
    "so_ho_khau": ("Họ và tên chủ hộ", "Họ và tên"),
    "ct01": (
        "Kính gửi", "Họ, chữ đệm và tên khai sinh", "Ngày, tháng, năm sinh", "Giới tính",
        "Số định danh cá nhân", "Số điện thoại liên hệ", "Email", "Họ tên chủ hộ", "Mối quan hệ với chủ hộ",
        "Số định danh của chủ hộ", "Nội dung đề nghị", "Mối quan hệ",
    ),
    "ct07": (
        "Ngày sinh", "Giới tính", "Số định danh", "Dân tộc", "Tôn giáo", "Quê quán", "Nơi đăng ký khai sinh",
        "Nơi thường trú", "Nơi tạm trú", "Nơi ở hiện tại", "Họ tên chủ hộ", "Quan hệ với chủ hộ",
        "Số định danh chủ hộ", "Giấy này có giá trị sử dụng đến hết", "Thông tin khác",
    ),
    "gcn_qsdd": (
        "Ông", "Năm sinh", "CCCD số", "Địa chỉ thường trú", "Thửa đất số", "Tờ bản đồ số", "Địa chỉ",
        "Diện tích", "Bằng chữ", "Hình thức sử dụng", "Mục đích sử dụng", "Thời hạn sử dụng",
        "Nguồn gốc sử dụng", "Nhà ở", "Ghi chú", "Số phát hành", "Số vào sổ cấp GCN",
    ),
    "hop_dong_chuyen_quyen": (*_CONTRACT, "Thửa đất số", "Giá chuyển nhượng", "Số công chứng"),
    "to_khai_le_phi_truoc_ba": (
        "Người nộp thuế", "[04]", "Ngày sinh", "[05]", "Mã số thuế", "[06]", "Số định danh/hộ chiếu", "[07]",
        "Địa chỉ", "[08]", "Xã/phường/đặc khu", "[09]", "Tỉnh", "[10]",
    ),
    "don_dang_ky_bien_dong": (
        "Tên người sử dụng đất", "Giấy tờ nhân thân/pháp nhân số", "Địa chỉ", "Điện thoại",
        "Nội dung biến động", "Lý do", "Giấy tờ kèm theo",
    ),
    "gcn_dang_ky_doanh_nghiep": (
        "Mã số doanh nghiệp", "Đăng ký lần đầu", "Đăng ký thay đổi lần thứ", "Tên công ty", "Vốn điều lệ",
        "Địa chỉ trụ sở chính", "Họ và tên",
    ),
    "gcn_dang_ky_hkd": (
        "Mã số hộ kinh doanh", "Tên hộ kinh doanh", "Địa điểm kinh doanh", "Tên ngành", "Mã ngành",
        "Vốn kinh doanh", "Họ và tên chủ hộ",
    ),
    "phieu_ly_lich_tu_phap": (
        "Họ và tên", "Giới tính", "Ngày sinh", "Nơi sinh", "Quốc tịch", "Nơi cư trú", "Giấy tờ tùy thân",
        "Tình trạng án tích",
    ),
    "bang_tot_nghiep": ("Số hiệu", "Số vào sổ gốc cấp bằng"),
    "giay_uy_quyen": (*_CONTRACT, "Nội dung ủy quyền", "Thời hạn ủy quyền"),
    "giay_phep_lai_xe": (
        "Số/No", "Họ tên/Full name", "Ngày sinh/Date of birth", "Quốc tịch/Nationality", "Nơi cư trú/Address",
        "Hạng/Class", "Có giá trị đến/Expires", "Ngày trúng tuyển/Beginning date",
    ),
    "giay_phep_xay_dung": ("Chủ đầu tư", "Thửa đất số", "Diện tích xây dựng", "Số tầng", "Cốt nền"),
    "quyet_dinh": (), "cong_van": ("Kính gửi",),
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Mapping[str, TypeRules]:
    return load_field_book()


@pytest.mark.parametrize("type_id", [each for each, labels in LABELS.items() if labels])
def test_every_printed_label_leads_to_a_field(book: Mapping[str, TypeRules], type_id: str) -> None:
    rules = book[type_id]
    columns = [column for table in rules.tables for column in table.columns]
    known = {_key(label) for field in (*rules.fields, *columns) for label in field.labels}

    missing = [label for label in LABELS[type_id] if _key(label) not in known]

    assert missing == []


def _key(label: str) -> str:
    """A number in brackets has no letters; it stands for itself."""
    return key_of(label) or label
