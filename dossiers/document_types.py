"""The kinds of paper that Sohoa knows, with the names people use for them.

An id is stored in records for ever: ids are added, never renamed. What a paper looks like (headings,
form numbers) belongs to the classifiers, not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

#: Page kinds that are no document type of their own.
BLANK: Final = "blank"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """One kind of paper.

    Attributes:
        type_id: stable id, ASCII.
        vi: the name a clerk uses.
        en: the English name.
        joins: id of the type this page belongs to as its other side, for the back of a card; else empty.
        is_identity: whether it identifies a person.
        is_sensitive: whether viewing it must be logged individually.
    """

    type_id: str
    vi: str
    en: str
    joins: str = ""
    is_identity: bool = False
    is_sensitive: bool = False


def _identity(type_id: str, vi: str, en: str, joins: str = "") -> DocumentType:
    return DocumentType(type_id=type_id, vi=vi, en=en, joins=joins, is_identity=True, is_sensitive=True)


def _paper(type_id: str, vi: str, en: str, *, is_sensitive: bool = False) -> DocumentType:
    return DocumentType(type_id=type_id, vi=vi, en=en, is_sensitive=is_sensitive)


_ALL: Final = (
    _identity("cccd_front", "Căn cước công dân (mặt trước)", "Citizen identity card, front"),
    _identity("cccd_back", "Căn cước công dân (mặt sau)", "Citizen identity card, back", "cccd_front"),
    _identity("can_cuoc_front", "Thẻ căn cước (mặt trước)", "Identity card 2024, front"),
    _identity("can_cuoc_back", "Thẻ căn cước (mặt sau)", "Identity card 2024, back", "can_cuoc_front"),
    _identity("cmnd", "Giấy chứng minh nhân dân", "Old identity card"),
    _identity("ho_chieu", "Hộ chiếu", "Passport"),
    _paper("giay_khai_sinh", "Giấy khai sinh", "Birth certificate"),
    _paper("giay_khai_sinh_ban_sao", "Giấy khai sinh (bản sao)", "Birth certificate, issued copy"),
    _paper("trich_luc_khai_sinh", "Trích lục khai sinh", "Birth register extract"),
    _paper("giay_chung_sinh", "Giấy chứng sinh", "Notice of birth"),
    _paper("to_khai_khai_sinh", "Tờ khai đăng ký khai sinh", "Birth registration form"),
    _paper("gcn_ket_hon", "Giấy chứng nhận kết hôn", "Marriage certificate"),
    _paper("xn_tinh_trang_hon_nhan", "Giấy xác nhận tình trạng hôn nhân", "Marital status confirmation"),
    _paper("trich_luc_khai_tu", "Trích lục khai tử", "Death register extract"),
    _paper("giay_bao_tu", "Giấy báo tử", "Notice of death"),
    _paper("so_ho_khau", "Sổ hộ khẩu", "Household register book"),
    _paper("ct01", "Tờ khai thay đổi thông tin cư trú (CT01)", "Residence change form CT01"),
    _paper(
        "ct02", "Tờ khai thay đổi thông tin cư trú (CT02)", "Residence change form CT02, for citizens abroad"
    ),
    _paper("ct03", "Phiếu khai báo tạm vắng (CT03)", "Declaration of temporary absence CT03"),
    _paper("ct07", "Xác nhận thông tin về cư trú (CT07)", "Residence confirmation CT07"),
    _paper("gcn_qsdd", "Giấy chứng nhận quyền sử dụng đất", "Land use right certificate"),
    _paper(
        "hop_dong_chuyen_quyen",
        "Hợp đồng chuyển nhượng, tặng cho quyền sử dụng đất",
        "Land transfer contract",
    ),
    _paper("to_khai_le_phi_truoc_ba", "Tờ khai lệ phí trước bạ", "Registration fee declaration"),
    _paper("to_khai_thue_dat", "Tờ khai thuế (03/BĐS-TNCN, 04/TK-SDDPNN)", "Land tax declaration"),
    _paper("don_dang_ky_bien_dong", "Đơn đăng ký biến động đất đai", "Land change registration form"),
    _paper("gcn_dang_ky_doanh_nghiep", "Giấy chứng nhận đăng ký doanh nghiệp", "Enterprise registration"),
    _paper("gcn_dang_ky_hkd", "Giấy chứng nhận đăng ký hộ kinh doanh", "Household business registration"),
    _paper(
        "phieu_ly_lich_tu_phap", "Phiếu lý lịch tư pháp", "Criminal record certificate", is_sensitive=True
    ),
    _paper("bang_tot_nghiep", "Bằng tốt nghiệp", "Diploma"),
    _paper("giay_uy_quyen", "Giấy ủy quyền", "Authorisation"),
    _paper("giay_kham_suc_khoe", "Giấy khám sức khỏe", "Health certificate", is_sensitive=True),
    _paper("giay_phep_lai_xe", "Giấy phép lái xe", "Driving licence"),
    _paper("giay_phep_xay_dung", "Giấy phép xây dựng", "Construction permit"),
    _paper("quyet_dinh", "Quyết định", "Decision"),
    _paper("cong_van", "Công văn", "Official letter"),
    _paper("van_ban_khac", "Văn bản hành chính khác", "Other official document"),
    _paper("ban_cam_doan", "Bản cam đoan", "Statement of undertaking"),
    _paper("to_khai_dang_ky_lai_khai_sinh", "Tờ khai đăng ký lại khai sinh", "Birth re-registration form"),
    _paper("to_khai_ket_hon", "Tờ khai đăng ký kết hôn", "Marriage registration form"),
    _paper("to_khai_khai_tu", "Tờ khai đăng ký khai tử", "Death registration form"),
    _paper("to_khai_trich_luc", "Tờ khai cấp bản sao trích lục hộ tịch", "Request for a register extract"),
    _paper(
        "to_khai_xn_hon_nhan",
        "Tờ khai cấp giấy xác nhận tình trạng hôn nhân",
        "Request for a marital status confirmation",
    ),
    _paper(
        "to_khai_cai_chinh",
        "Tờ khai thay đổi, cải chính, bổ sung thông tin hộ tịch",
        "Civil status correction form",
    ),
    _paper(
        "to_khai_nhan_cha_me_con", "Tờ khai đăng ký nhận cha, mẹ, con", "Parent or child recognition form"
    ),
    _paper("to_khai_ly_lich_tu_phap", "Tờ khai yêu cầu cấp phiếu lý lịch tư pháp", "Criminal record request"),
    _paper("to_khai_tro_cap_xa_hoi", "Tờ khai đề nghị trợ giúp xã hội", "Social allowance form"),
    _paper("to_khai_mai_tang", "Tờ khai đề nghị hỗ trợ chi phí mai táng", "Funeral support form"),
    _paper("giay_de_nghi_hkd", "Giấy đề nghị đăng ký hộ kinh doanh", "Household business application"),
    _paper("don_tach_hop_thua", "Đơn đề nghị tách thửa đất, hợp thửa đất", "Parcel split or merge form"),
    _paper("don_cap_phep_xay_dung", "Đơn đề nghị cấp giấy phép xây dựng", "Construction permit application"),
    _paper("van_ban_lam_chung", "Văn bản của người làm chứng", "Witness statement"),
    _paper("bien_ban_tre_bo_roi", "Biên bản về việc trẻ bị bỏ rơi", "Record of an abandoned child"),
    _paper("van_ban_mang_thai_ho", "Văn bản về việc mang thai hộ", "Surrogacy document", is_sensitive=True),
    _paper(
        "chung_cu_quan_he",
        "Giấy tờ, đồ vật chứng minh quan hệ cha, mẹ, con",
        "Evidence of a parent-child relation",
        is_sensitive=True,
    ),
    _paper("giay_to_ly_hon", "Bản án, quyết định ly hôn hoặc hủy kết hôn", "Divorce decision"),
    _paper("hoc_ba", "Học bạ", "School report book"),
    _paper("giay_to_cho_o", "Giấy tờ chứng minh chỗ ở hợp pháp", "Proof of lawful dwelling"),
    _paper("giay_to_quan_he", "Giấy tờ chứng minh mối quan hệ gia đình", "Proof of family relation"),
    _paper("van_ban_dong_y", "Văn bản đồng ý, thỏa thuận", "Written consent or agreement"),
    _paper("bien_ban_ban_giao", "Biên bản bàn giao, giao nhận", "Handover minutes"),
    _paper("bien_ban_hop", "Biên bản họp", "Minutes of a meeting"),
    _paper("hop_dong_khac", "Hợp đồng, giao dịch khác", "Other contract"),
    _paper("manh_trich_do", "Mảnh trích đo bản đồ địa chính", "Cadastral extract survey"),
    _paper("ban_ve_thua_dat", "Bản vẽ thửa đất (Mẫu 22, 22a)", "Parcel drawing"),
    _paper("ban_ve_xay_dung", "Bản vẽ thiết kế xây dựng", "Construction drawings"),
    _paper("giay_to_mien_giam_phi", "Giấy tờ chứng minh được miễn, giảm phí", "Proof of fee exemption"),
    _paper("giay_xn_khuyet_tat", "Giấy xác nhận khuyết tật", "Disability confirmation", is_sensitive=True),
    _paper(
        "don_xac_dinh_khuyet_tat",
        "Đơn đề nghị xác định mức độ khuyết tật",
        "Request to determine a disability",
        is_sensitive=True,
    ),
    _paper("giay_to_y_te", "Giấy tờ y tế khác", "Other medical document", is_sensitive=True),
    _paper("the_bhyt", "Thẻ bảo hiểm y tế", "Health insurance card"),
    _paper("so_bhxh", "Sổ bảo hiểm xã hội", "Social insurance book"),
    _paper("dang_ky_xe", "Chứng nhận đăng ký xe", "Vehicle registration"),
    _paper("gcn_dang_ky_htx", "Giấy chứng nhận đăng ký hợp tác xã", "Cooperative registration"),
    _paper(BLANK, "Trang trắng", "Blank page"),
    _paper(UNKNOWN, "Chưa rõ loại giấy tờ", "Not recognised"),
)

_KNOWN: Final = {each.type_id: each for each in _ALL}
#: All document types by id: ours, and the office's own once the wiring has added them.
DOCUMENT_TYPES: Final = MappingProxyType(_KNOWN)


def add_types(types: Iterable[DocumentType]) -> None:
    """Adds the office's own types for this process; an id that is known keeps its meaning."""
    for each in types:
        _KNOWN.setdefault(each.type_id, each)
