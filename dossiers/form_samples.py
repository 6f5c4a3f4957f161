"""Invented values for every place of printed forms: what a template is tried with before it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dossiers.form_template import FormTemplate
from dossiers.printed_form import FormFacts, PaperMark

_CODE: Final = "H00.000-261128-0001"
_NUMBER: Final = "000000000001"
_VALUES: Final[Mapping[str, str]] = {
    "dossier_code": _CODE,
    "procedure_code": "1.001193",
    "procedure_name": "Đăng ký khai sinh",
    "receiving_name": "Trung tâm Phục vụ hành chính công Mẫu",
    "parent_name": "Ủy ban nhân dân phường Mẫu",
    "receiving_address": "Số 1, đường Mẫu, phường Mẫu",
    "receiving_phone": "000 000 0000",
    "competent_name": "Ủy ban nhân dân phường Mẫu",
    "support_name": "Điểm hỗ trợ Mẫu",
    "owner_name": "Nguyễn Văn Mẫu",
    "owner_address": "Số 2, đường Mẫu, phường Mẫu",
    "owner_identifier": _NUMBER,
    "contact_phone": "000 000 0001",
    "bearer_name": "Trần Thị Mẫu",
    "authorisation": "giấy ủy quyền số 01",
    "term": "05 ngày làm việc",
    "received_time": "08 giờ 15 phút, ngày 28 tháng 11 năm 2026",
    "received_day": "ngày 28 tháng 11 năm 2026",
    "counts_from": "ngày 30 tháng 11 năm 2026",
    "due_time": "16 giờ 00 phút, ngày 04 tháng 12 năm 2026",
    "former_due_time": "16 giờ 00 phút, ngày 02 tháng 12 năm 2026",
    "provisional_note": "Ngày hẹn tạm tính",
    "reason": "Lý do viết ở đây, dài bằng một câu thường gặp khi in giấy này.",
    "step_time": "09 giờ 30 phút, ngày 28 tháng 11 năm 2026",
    "book": "01/2026",
    "register_number": "123",
    "dated": "Phường Mẫu, ngày 28 tháng 11 năm 2026",
    "signer_post": "Giám đốc",
    "signer_name": "Lê Thị Mẫu",
    "first_day": "ngày 01 tháng 11 năm 2026",
    "last_day": "ngày 30 tháng 11 năm 2026",
}
_LISTS: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "papers": (
        {"number": "1", "name": "Tờ khai đăng ký khai sinh", "form": "Bản chính", "note": ""},
        {"number": "2", "name": "Giấy chứng sinh", "form": "Bản chính", "note": "Đã có trong kho"},
    ),
    "asked": ({"number": "1", "name": "Giấy chứng sinh"}, {"number": "2", "name": "Văn bản ủy quyền"}),
    "steps": (
        {
            "number": "1",
            "time": "08:15 28/11/2026",
            "action": "Tiếp nhận",
            "by": "Phạm Văn Mẫu",
            "state": "Đã tiếp nhận",
        },
        {
            "number": "2",
            "time": "09:30 28/11/2026",
            "action": "Chuyển giải quyết",
            "by": "Phạm Văn Mẫu",
            "state": "Đang giải quyết",
        },
    ),
    "entries": (
        {
            "number": "123",
            "code": _CODE,
            "procedure": "Đăng ký khai sinh",
            "owner": "Nguyễn Văn Mẫu",
            "received": "08:15 28/11/2026",
            "due": "16:00 04/12/2026",
            "ended": "",
            "state": "Đang giải quyết",
        },
    ),
}


def sample_facts(template: FormTemplate) -> FormFacts:
    """Facts with something in every place, so that the whole paper can be looked at."""
    mark = PaperMark(
        dossier_code=_CODE,
        procedure_code=_VALUES["procedure_code"],
        owner_identifier=_NUMBER,
        paper_name=template.name,
    )
    return FormFacts(values=_VALUES, lists=_LISTS, mark=mark)
