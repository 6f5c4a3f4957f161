"""Translates what PostgreSQL and its driver say into our errors.

The server's own five-letter codes decide (SQLSTATE), never the words of a message. Where no code came, the
connection is gone: what was asked last, a commit included, may have happened or not (C7).
"""

from __future__ import annotations

from typing import Final

import psycopg
from sqlalchemy import ExceptionContext
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dossiers.errors import ConfigurationError, IntegrityError, RecordError, ResourceError, SohoaError

_UNIQUE: Final = "23505"
_FOREIGN_KEY: Final = "23503"
#: Serialization failure, deadlock, lock not available, statement cancelled: done again, it may well succeed.
_BUSY: Final = frozenset({"40001", "40P01", "55P03", "57014", "25P03", "53300"})
#: Disk full, out of memory for locks or work.
_FULL: Final = frozenset({"53100", "53200"})
#: Wrong password, no such role, database or right.
_REFUSED: Final = frozenset({"28000", "28P01", "3D000", "42501"})
#: The classes of damage: data_corrupted, index_corrupted.
_BROKEN: Final = frozenset({"XX001", "XX002"})
#: Classes of connection trouble, resources, operators (shut down, starting up), system and internal errors;
#: 25006: the server is a read-only copy.
_UNAVAILABLE_CLASSES: Final = ("08", "53", "57", "58", "XX")
_READ_ONLY: Final = "25006"


def translate(context: ExceptionContext) -> BaseException | None:
    """Handles SQLAlchemy's ``handle_error``: returns our error, or ``None`` for a mistake in our program."""
    trouble = context.original_exception
    if isinstance(trouble, UnicodeEncodeError | psycopg.DataError) and _is_bad_text(trouble):
        return RecordError(
            "BAD_TEXT",
            vi="Tên tệp hoặc nội dung có ký tự không hợp lệ.",
            en="a text holds half a character or a NUL and cannot be kept",
        )
    if not isinstance(trouble, psycopg.Error):
        return None
    return error_of(trouble.sqlstate, is_connection_lost=isinstance(trouble, psycopg.OperationalError))


def error_of(code: str | None, *, is_connection_lost: bool = False) -> SohoaError | None:
    """Our error for a code of the server; ``None`` where it is a mistake in our program."""
    if code == _UNIQUE:
        return RecordError("DUPLICATE", vi="Dữ liệu này đã có rồi.", en="there is already such a record")
    if code == _FOREIGN_KEY:
        return RecordError(
            "NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="a record that this one belongs to is missing"
        )
    if code in _BUSY:
        return busy(f"the records are busy (PostgreSQL code {code})")
    if code in _FULL:
        return ResourceError(
            "STORE_FULL",
            vi="Ổ đĩa của cơ sở dữ liệu đã đầy; chưa có gì được ghi, hãy báo quản trị viên.",
            en="the server of the records has no room left; nothing was changed",
            hint="free space on the database server, then try again",
        )
    if code in _BROKEN:
        return IntegrityError(
            "RECORDS_DAMAGED",
            vi="Cơ sở dữ liệu bị hỏng; hãy báo quản trị viên khôi phục từ bản sao lưu.",
            en="the database of the records is damaged",
            hint="restore it from the last backup",
        )
    if code in _REFUSED:
        return ConfigurationError(
            "RECORDS_REFUSED",
            vi="Máy chủ cơ sở dữ liệu từ chối kết nối; hãy kiểm tra tài khoản trong cấu hình.",
            en=f"the database server does not let us in (PostgreSQL code {code})",
            hint="check user, password, database and rights of records_url",
        )
    if code is None and is_connection_lost:
        return unavailable("the connection to the records was lost or cannot be made")
    if code is not None and (code == _READ_ONLY or code.startswith(_UNAVAILABLE_CLASSES)):
        return unavailable(f"the records are unavailable (PostgreSQL code {code})")
    return None


def of_pool(_trouble: PoolTimeout) -> ResourceError:
    """Our error where every connection of this process was taken for too long."""
    return busy("all connections to the records are in use")


def busy(en: str) -> ResourceError:
    """It may be done again at once."""
    return ResourceError("STORE_BUSY", vi="Cơ sở dữ liệu đang bận; hãy thử lại sau ít giây.", en=en)


def unavailable(en: str) -> ResourceError:
    """Nothing is acknowledged; it may be done again when the server is back."""
    return ResourceError(
        "STORE_UNAVAILABLE",
        vi="Cơ sở dữ liệu hiện không dùng được; hãy thử lại hoặc báo quản trị viên.",
        en=en,
        hint="check that the database server runs and is reached from here",
    )


def _is_bad_text(trouble: Exception) -> bool:
    """The driver refuses NUL without a code; a code would be a value out of range, our mistake."""
    return isinstance(trouble, UnicodeEncodeError) or getattr(trouble, "sqlstate", None) in (None, "22021")
