"""Every error that Sohoa raises on purpose.

    SohoaError
      InputError          bytes or words from outside that cannot be taken
      ConfigurationError  a setting, tool or plugin is missing or wrong
      RecordError         the records say no
      AccessDenied        who is asking may not
      ResourceError       a store or a device we stand on is unavailable
      DeviceError         a scanner reports trouble
      EngineError         a recognition engine or its sandbox failed

An error carries a stable code, the exit code of the command line, whether trying again may help, and one
sentence for people in Vietnamese and in English. Sentences name objects (a file, a page number), never
citizen data. "Refused", "needs a clerk" and "low confidence" are values, not errors.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class SohoaError(Exception):
    """The root: catch this to catch everything that Sohoa raises on purpose.

    Args:
        code: stable upper-case code, for example ``DAMAGED``; never reworded between releases.
        vi: one Vietnamese sentence for the clerk.
        en: the same in English.
        hint: what to do next, in English; may be empty.
    """

    exit_code: ClassVar[int] = 70
    retryable: bool = False

    def __init__(self, code: str, *, vi: str, en: str, hint: str = "") -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self.vi = vi
        self.en = en
        self.hint = hint


class InputCode(StrEnum):
    """Why bytes from outside are refused (rules R1-R6 of the input policy)."""

    UNSUPPORTED_TYPE = "UNSUPPORTED_TYPE"
    TYPE_MISMATCH = "TYPE_MISMATCH"
    DAMAGED = "DAMAGED"
    ENCRYPTED = "ENCRYPTED"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    EMPTY = "EMPTY"
    NOT_FOUND = "NOT_FOUND"
    NOT_A_FILE = "NOT_A_FILE"
    BAD_PROCEDURE_CODE = "BAD_PROCEDURE_CODE"
    BAD_DOSSIER_CODE = "BAD_DOSSIER_CODE"
    BAD_PERSONAL_NUMBER = "BAD_PERSONAL_NUMBER"
    BAD_AGENCY_CODE = "BAD_AGENCY_CODE"
    BAD_TAX_CODE = "BAD_TAX_CODE"
    BAD_QUERY = "BAD_QUERY"
    BAD_VALUE = "BAD_VALUE"
    BAD_LIST = "BAD_LIST"
    BAD_ADDRESS = "BAD_ADDRESS"
    KEY_USED = "KEY_USED"
    BAD_ACCOUNT_NAME = "BAD_ACCOUNT_NAME"
    PASSWORD_TOO_SHORT = "PASSWORD_TOO_SHORT"  # noqa: S105 - a code
    PASSWORD_TOO_LONG = "PASSWORD_TOO_LONG"  # noqa: S105 - a code
    PASSWORD_TOO_COMMON = "PASSWORD_TOO_COMMON"  # noqa: S105 - a code


_INPUT_SENTENCES: dict[InputCode, tuple[str, str]] = {
    InputCode.UNSUPPORTED_TYPE: (
        "Loại tệp này không được hỗ trợ; hãy dùng PDF, TIFF, JPEG hoặc PNG.",
        "This type of file is not supported; use PDF, TIFF, JPEG or PNG.",
    ),
    InputCode.TYPE_MISMATCH: (
        "Nội dung tệp không đúng với phần mở rộng của tên tệp.",
        "The content of the file does not match its extension.",
    ),
    InputCode.DAMAGED: (
        "Tệp bị hỏng nên không đọc được đủ mọi trang; hãy quét hoặc gửi lại.",
        "The file is damaged and not every page can be read; scan or send it again.",
    ),
    InputCode.ENCRYPTED: (
        "Tệp có mật khẩu; hãy gỡ mật khẩu rồi gửi lại.",
        "The file needs a password; remove the password and send it again.",
    ),
    InputCode.LIMIT_EXCEEDED: (
        "Tệp vượt quá giới hạn cho phép về dung lượng, số trang hoặc kích thước ảnh.",
        "The file exceeds the limit on size, pages or image dimensions.",
    ),
    InputCode.EMPTY: ("Tệp rỗng, không có trang nào.", "The file is empty: it has no page."),
    InputCode.NOT_FOUND: ("Không tìm thấy tệp hoặc hồ sơ này.", "No such file or dossier was found."),
    InputCode.NOT_A_FILE: (
        "Chỉ nhận tệp thường; liên kết, thiết bị và ống dẫn bị từ chối.",
        "Only ordinary files are taken; links, devices and pipes are refused.",
    ),
    InputCode.BAD_PROCEDURE_CODE: (
        "Mã thủ tục hành chính không đúng dạng, ví dụ đúng: 1.001193.",
        "The procedure code is malformed; a correct one looks like 1.001193.",
    ),
    InputCode.BAD_DOSSIER_CODE: (
        "Mã hồ sơ không đúng dạng, ví dụ đúng: H29.119-250701-0001.",
        "The dossier code is malformed; a correct one looks like H29.119-250701-0001.",
    ),
    InputCode.BAD_PERSONAL_NUMBER: (
        "Số định danh cá nhân phải gồm đúng 12 chữ số (CMND cũ: 9 chữ số).",
        "A personal number has exactly 12 digits (an old identity card: 9).",
    ),
    InputCode.BAD_AGENCY_CODE: (
        "Mã định danh cơ quan không đúng dạng, ví dụ đúng: H29.119 hoặc 000.00.16.H26.",
        "The agency identifier is malformed; a correct one looks like H29.119 or 000.00.16.H26.",
    ),
    InputCode.BAD_TAX_CODE: (
        "Mã số thuế phải gồm 10 chữ số, 10-3 chữ số đối với đơn vị phụ thuộc, hoặc 12 chữ số.",
        "A tax code has 10 digits, 10-3 digits for a branch, or 12 digits.",
    ),
    InputCode.BAD_ADDRESS: (
        "Địa chỉ này không được phép gọi; hãy nhờ quản trị viên thêm vào danh sách trong thiết lập.",
        "This address must not be called; have the administrator put it on the list of the settings.",
    ),
    InputCode.BAD_LIST: (
        "Danh mục nhập vào không đúng; không có gì được thay đổi.",
        "The list to be imported is not right; nothing was changed.",
    ),
    InputCode.BAD_QUERY: (
        "Hãy nhập ít nhất một điều kiện tìm kiếm.",
        "Give at least one thing to search for.",
    ),
    InputCode.BAD_VALUE: (
        "Giá trị nhập không đúng dạng của trường này.",
        "The value typed does not have the shape of this field.",
    ),
    InputCode.KEY_USED: (
        "Khóa chống gửi trùng này đã dùng cho một yêu cầu khác; hãy dùng khóa mới.",
        "This idempotency key was used for another request; choose a new one.",
    ),
    InputCode.BAD_ACCOUNT_NAME: (
        "Tên tài khoản gồm 2 đến 40 chữ cái không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới.",
        "An account name has 2 to 40 letters without marks, digits, dots, hyphens or underscores.",
    ),
    InputCode.PASSWORD_TOO_SHORT: (
        "Mật khẩu phải có ít nhất 12 ký tự; một câu dài dễ nhớ là tốt nhất.",
        "A password has 12 characters or more; a long sentence is best.",
    ),
    InputCode.PASSWORD_TOO_LONG: (
        "Mật khẩu dài quá 256 ký tự; hãy chọn mật khẩu ngắn hơn.",
        "The password is longer than 256 characters; choose a shorter one.",
    ),
    InputCode.PASSWORD_TOO_COMMON: (
        "Mật khẩu này quá dễ đoán hoặc chứa tên tài khoản; hãy chọn mật khẩu khác.",
        "This password is too easy to guess or made of the account's name; choose another.",
    ),
}


class InputError(SohoaError):
    """Bytes or words from outside that cannot be taken; whatever was received before stays safe.

    Args:
        code: the reason; picks the sentences for people.
        detail: a short technical English remark (page number, limit); no path and no citizen data.
    """

    exit_code = 4

    def __init__(self, code: InputCode, detail: str = "") -> None:
        vi, en = _INPUT_SENTENCES[code]
        super().__init__(code.value, vi=vi, en=en, hint=detail)
        self.reason = code


class ConfigurationError(SohoaError):
    """A setting is unknown, a tool is missing, a plugin is unavailable."""

    exit_code = 3


class RecordError(SohoaError):
    """The records say no: not found, duplicate, illegal move or a stale version."""

    exit_code = 5


class StaleVersion(RecordError):
    """Somebody saved this record since it was read; read it again and decide anew."""

    retryable = True

    def __init__(self, record: str) -> None:
        super().__init__(
            "STALE_VERSION",
            vi="Dữ liệu vừa được người khác thay đổi; hãy mở lại rồi làm tiếp.",
            en=f"{record} was changed by somebody else in the meantime",
        )


class IllegalMove(RecordError):
    """A record may not go from its state to the one asked for."""

    exit_code = 8

    def __init__(self, record: str, present: str, asked: str) -> None:
        super().__init__(
            "ILLEGAL_MOVE",
            vi="Không thể chuyển sang trạng thái này từ trạng thái hiện tại.",
            en=f"{record} cannot go from {present} to {asked}",
        )


class AgainstRule(RecordError):
    """A rule of the procedure forbids what was asked for: a second request for papers, a day too early."""

    exit_code = 8


class AccessDenied(SohoaError):
    """Whoever is asking is not authenticated or not authorised."""

    exit_code = 8


class ResourceError(SohoaError):
    """An object store, record store or queue is unavailable; trying again may help."""

    exit_code = 5
    retryable = True


class IntegrityError(ResourceError):
    """Stored bytes do not have the hash they were stored under; trying again does not help."""

    retryable = False


class StoreInDoubt(ResourceError):
    """A store failed to reach its disk: nobody knows what is there until a new process looks (C7).

    Trying again in this process does not help, yet nothing is wrong with what was to be stored.
    """

    retryable = False


class DeviceCode(StrEnum):
    """What troubles a scanner."""

    BUSY = "DEVICE_BUSY"
    JAM = "PAPER_JAM"
    COVER_OPEN = "COVER_OPEN"
    FEEDER_EMPTY = "FEEDER_EMPTY"
    DOUBLE_FEED = "DOUBLE_FEED"
    OFFLINE = "DEVICE_OFFLINE"
    UNSUPPORTED_SETTING = "UNSUPPORTED_SETTING"
    DRIVER_FAILED = "DRIVER_FAILED"


_DEVICE_SENTENCES: dict[DeviceCode, tuple[str, str]] = {
    DeviceCode.BUSY: (
        "Máy quét đang bận; hãy đợi lượt quét trước kết thúc rồi thử lại.",
        "The scanner is busy; wait for the scan before to end, then try again.",
    ),
    DeviceCode.JAM: (
        "Kẹt giấy; hãy lấy tờ bị kẹt ra, đặt lại vào khay rồi quét tiếp.",
        "Paper jam; take the sheet out, put it back into the feeder and go on.",
    ),
    DeviceCode.COVER_OPEN: (
        "Nắp máy quét đang mở; hãy đóng nắp rồi quét tiếp.",
        "The cover of the scanner is open; close it and go on.",
    ),
    DeviceCode.FEEDER_EMPTY: (
        "Khay nạp giấy không có giấy; hãy đặt giấy vào khay rồi quét.",
        "The feeder is empty; put the paper in and scan.",
    ),
    DeviceCode.DOUBLE_FEED: (
        "Máy kéo hai tờ cùng lúc; hãy tách giấy, đặt lại hai tờ đó rồi quét tiếp.",
        "Two sheets were fed at once; part them, put both back and go on.",
    ),
    DeviceCode.OFFLINE: (
        "Không liên lạc được với máy quét; hãy kiểm tra nguồn điện và dây nối rồi thử lại.",
        "The scanner does not answer; check its power and cable, then try again.",
    ),
    DeviceCode.UNSUPPORTED_SETTING: (
        "Máy quét không quét được theo thiết lập này; hãy chọn cấu hình quét khác.",
        "The scanner cannot scan with these settings; choose another profile.",
    ),
    DeviceCode.DRIVER_FAILED: (
        "Máy quét báo lỗi; hãy tắt, bật lại máy rồi thử lại.",
        "The scanner failed; switch it off and on, then try again.",
    ),
}

#: Trouble that may be over without anybody touching the device.
_PASSING_TROUBLE: frozenset[DeviceCode] = frozenset({DeviceCode.BUSY, DeviceCode.OFFLINE})


class DeviceError(SohoaError):
    """A scanner reports trouble; pages that it yielded before are good.

    Args:
        reason: what troubles it; picks the sentences for people.
        detail: a short technical English remark of the driver; no citizen data.
        sheet: 1-based sheet to put back first, where it is known.
    """

    exit_code = 6

    def __init__(self, reason: DeviceCode, detail: str = "", *, sheet: int | None = None) -> None:
        vi, en = _DEVICE_SENTENCES[reason]
        super().__init__(reason.value, vi=vi, en=en, hint=detail)
        self.reason = reason
        self.sheet = sheet
        self.retryable = reason in _PASSING_TROUBLE


class EngineError(SohoaError):
    """A recognition engine or its sandbox failed: timeout, crash, unusable output."""

    exit_code = 7
    retryable = True

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(
            code,
            vi="Bộ phận nhận dạng gặp sự cố khi đọc trang này; trang vẫn được giữ an toàn.",
            en="The recognition engine failed on this page; the page itself is safe.",
            hint=detail,
        )
