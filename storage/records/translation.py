"""Translates what the database driver says into our errors.

SQLite's own result codes decide, never the words of a message.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy import ExceptionContext

from dossiers.errors import IntegrityError, RecordError, ResourceError

_UNIQUE: Final = frozenset(
    {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID}
)
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BROKEN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNAVAILABLE: Final = frozenset(
    {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
    }
)


def translate(context: ExceptionContext) -> BaseException | None:
    """Handles SQLAlchemy's ``handle_error``: returns our error, or ``None`` for a mistake in our program."""
    trouble = context.original_exception
    if isinstance(trouble, UnicodeEncodeError):
        return RecordError(
            "BAD_TEXT",
            vi="Tên tệp hoặc nội dung có ký tự không hợp lệ.",
            en="a text holds half a character (a lone surrogate) and cannot be kept",
        )
    if not isinstance(trouble, sqlite3.Error):
        return None
    code = getattr(trouble, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code in _UNIQUE:
        return RecordError("DUPLICATE", vi="Dữ liệu này đã có rồi.", en="there is already such a record")
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return RecordError(
            "NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="a record that this one belongs to is missing"
        )
    return _resource_error(code & 0xFF)


def _resource_error(code: int) -> ResourceError | None:
    if code == sqlite3.SQLITE_FULL:
        return ResourceError(
            "STORE_FULL",
            vi="Ổ đĩa của cơ sở dữ liệu đã đầy; chưa có gì được ghi, hãy báo quản trị viên.",
            en="the disk of the records is full; nothing was changed",
            hint="free space, then try again",
        )
    if code in _BUSY:
        return ResourceError(
            "STORE_BUSY",
            vi="Cơ sở dữ liệu đang bận; hãy thử lại sau ít giây.",
            en="the records are locked by another program",
        )
    if code in _BROKEN:
        return IntegrityError(
            "RECORDS_DAMAGED",
            vi="Cơ sở dữ liệu bị hỏng; hãy báo quản trị viên khôi phục từ bản sao lưu.",
            en="the database of the records is damaged",
            hint="restore it from the last backup",
        )
    if code in _UNAVAILABLE:
        return ResourceError(
            "STORE_UNAVAILABLE",
            vi="Cơ sở dữ liệu hiện không dùng được; hãy thử lại hoặc báo quản trị viên.",
            en=f"the records are unavailable (SQLite code {code})",
            hint="check that the disk is mounted and writable",
        )
    return None
