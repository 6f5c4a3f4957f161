"""Invented sentences of office prose."""

from __future__ import annotations

import random
from typing import Final

SUBJECTS: Final = (
    "rà soát, chuẩn hóa hồ sơ lưu trữ của các đơn vị",
    "tổ chức trực tiếp nhận hồ sơ trong dịp nghỉ lễ",
    "kiểm kê trang thiết bị của bộ phận một cửa",
    "tăng cường kỷ luật, kỷ cương hành chính",
    "phân công nhiệm vụ của các thành viên Tổ công tác",
    "tập huấn sử dụng phần mềm tiếp nhận hồ sơ",
    "bố trí lại quầy giao dịch và khu vực chờ của người dân",
)
GROUNDS: Final = (
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Căn cứ quy định về thực hiện thủ tục hành chính theo cơ chế một cửa;",
    "Theo đề nghị của Giám đốc Trung tâm Phục vụ hành chính công.",
)
HEADINGS: Final = (
    "MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN", "KẾT QUẢ ĐẠT ĐƯỢC", "TỔ CHỨC THỰC HIỆN", "KINH PHÍ",
    "TỒN TẠI, HẠN CHẾ", "PHƯƠNG HƯỚNG, NHIỆM VỤ", "ĐỀ XUẤT, KIẾN NGHỊ",
)  # fmt: skip
ARTICLES: Final = (
    "Phạm vi điều chỉnh", "Nguyên tắc làm việc", "Nhiệm vụ của tổ trưởng", "Chế độ báo cáo",
    "Kinh phí hoạt động", "Quan hệ phối hợp", "Trách nhiệm thi hành",
)  # fmt: skip
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI")
_WHO: Final = (
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
    "Trung tâm Phục vụ hành chính công",
    "Các phòng chuyên môn, đơn vị sự nghiệp",
    "Công chức được phân công tiếp nhận hồ sơ",
    "Bộ phận lưu trữ",
    "Trưởng các khu dân cư, tổ dân phố",
)
_DOES: Final = (
    "có trách nhiệm rà soát toàn bộ danh mục hồ sơ thuộc phạm vi quản lý",
    "chủ trì, phối hợp với các đơn vị có liên quan xây dựng lịch làm việc hằng tuần",
    "thường xuyên kiểm tra, đôn đốc việc giải quyết hồ sơ đúng thời hạn",
    "tổng hợp khó khăn, vướng mắc phát sinh trong quá trình thực hiện",
    "bố trí đủ nhân lực, trang thiết bị và đường truyền phục vụ người dân",
    "thực hiện số hóa thành phần hồ sơ ngay khi tiếp nhận",
)
_HOW: Final = (
    "bảo đảm công khai, minh bạch và thuận lợi cho tổ chức, cá nhân",
    "không để phát sinh hồ sơ quá hạn mà không có lý do chính đáng",
    "trong đó chú trọng các lĩnh vực đất đai, hộ tịch, cư trú và bảo trợ xã hội",
    "đồng thời gửi kết quả về cơ quan thường trực trước ngày 25 hằng tháng",
    "theo đúng quy trình nội bộ đã được phê duyệt và quy định của pháp luật",
    "tránh chồng chéo, trùng lặp và lãng phí nguồn lực của các bên tham gia",
)


def paragraph(rng: random.Random) -> str:
    """Two to four sentences."""
    return " ".join(
        f"{rng.choice(_WHO)} {rng.choice(_DOES)}, {rng.choice(_HOW)}." for _ in range(rng.randint(2, 4))
    )
