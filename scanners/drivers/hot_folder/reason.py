"""What lies beside a refused file: why, and what to do, for whoever looks into the folder."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from dossiers.errors import InputCode, InputError

#: Extension of the text beside a refused file.
SUFFIX: Final = ".ly-do.txt"
_WHAT_TO_DO: Final = {
    InputCode.DAMAGED: "Quét lại giấy tờ này; nếu máy ghi tệp chậm, hãy chép lại tệp vào thư mục quét.",
    InputCode.EMPTY: "Quét lại giấy tờ này.",
    InputCode.ENCRYPTED: "Gỡ mật khẩu rồi chép lại tệp vào thư mục quét.",
    InputCode.LIMIT_EXCEEDED: "Chia thành nhiều tệp nhỏ hơn rồi chép lại vào thư mục quét.",
    InputCode.NOT_A_FILE: "Chép chính tệp đó vào thư mục quét, không dùng liên kết hay thư mục con.",
}
_USUAL: Final = "Đặt máy quét lưu tệp PDF, TIFF, JPEG hoặc PNG rồi quét lại."


def reason_text(name: str, refusal: InputError, moment: datetime) -> str:
    """The text, Vietnamese first.

    Args:
        name: the file as people know it.
        refusal: why it was refused.
        moment: when, in the time of the office.
    """
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)
    return (
        f"Tệp: {shown}\n"
        f"Thời điểm: {moment:%d/%m/%Y %H:%M}\n"
        f"Mã: {refusal.code}\n"
        f"Lý do: {refusal.vi}\n"
        f"Cần làm: {_WHAT_TO_DO.get(refusal.reason, _USUAL)}\n"
        f"\n"
        f"Reason: {refusal.en}\n"
    )
