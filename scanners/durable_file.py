"""Files that are on the disk with their names when writing them returns (C1, C7)."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dossiers.errors import ResourceError


def write_durably(path: Path, *pieces: bytes) -> None:
    """Writes a file that appears whole or not at all, in place of one of the same name.

    Raises:
        ResourceError: ``SPOOL_FULL`` or ``SPOOL_UNAVAILABLE``; nothing may be acknowledged.
    """
    with spool_errors():
        partial = path.with_name(path.name + ".part")
        with partial.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Makes a folder for its owner only, with its parents, and makes their names durable."""
    with spool_errors():
        missing = [each for each in (path, *path.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
            sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def spool_errors() -> Iterator[None]:
    """Turns errors of the disk into ours; what was being written counts as not written (C7)."""
    try:
        yield
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ResourceError(
                "SPOOL_FULL",
                vi="Ổ đĩa của quầy đã đầy; trang vừa quét chưa được giữ, hãy báo quản trị viên rồi quét lại.",
                en="the disk of the station is full; the page just scanned is not kept",
                hint="free space, then resume the session",
            ) from trouble
        raise ResourceError(
            "SPOOL_UNAVAILABLE",
            vi="Không ghi được vào vùng đệm của quầy; hãy báo quản trị viên.",
            en="the spool of the station cannot be written or read",
            hint="check that its disk is mounted and writable",
        ) from trouble
