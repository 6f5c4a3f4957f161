"""Translates what the operating system says about files into our errors."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dossiers.errors import IntegrityError, RecordError, ResourceError, StoreInDoubt

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def translated() -> Iterator[None]:
    """Raises ``ResourceError`` ``STORE_FULL`` or ``STORE_UNAVAILABLE`` in place of an ``OSError``."""
    try:
        yield
    except OSError as trouble:
        raise _resource_error(trouble) from trouble


def not_found(key: str) -> RecordError:
    """There is no such object."""
    return RecordError(
        "OBJECT_NOT_FOUND",
        vi="Không tìm thấy tệp này trong kho lưu trữ.",
        en=f"there is no object {key}",
    )


def damaged(key: str) -> IntegrityError:
    """The stored bytes are not those that were put."""
    return IntegrityError(
        "OBJECT_DAMAGED",
        vi="Tệp trong kho lưu trữ đã bị hỏng; hãy báo quản trị viên khôi phục từ bản sao lưu.",
        en=f"object {key} does not have the hash it was stored under",
        hint="restore it from the second copy",
    )


def in_doubt() -> StoreInDoubt:
    """A directory could not be synced: nobody knows what is on the disk until the process is restarted."""
    return StoreInDoubt(
        "STORE_UNAVAILABLE",
        vi="Kho lưu trữ gặp lỗi khi ghi xuống đĩa nên tạm ngừng nhận; hãy báo quản trị viên.",
        en="the object store failed to reach the disk and takes nothing until it is restarted",
        hint="check the disk, then restart the program (C7)",
    )


def _resource_error(trouble: OSError) -> ResourceError:
    reason = errno.errorcode.get(trouble.errno or 0, "unknown")
    if trouble.errno in _FULL:
        return ResourceError(
            "STORE_FULL",
            vi="Ổ đĩa của kho lưu trữ đã đầy; tệp chưa được nhận, hãy báo quản trị viên.",
            en=f"the disk of the object store is full ({reason}); nothing was taken",
            hint="free space, then try again",
        )
    return ResourceError(
        "STORE_UNAVAILABLE",
        vi="Kho lưu trữ hiện không dùng được; tệp chưa được nhận, hãy thử lại hoặc báo quản trị viên.",
        en=f"the object store is unavailable ({reason})",
        hint="check that the disk is mounted and writable",
    )
