"""The two keys of an S3 account, from a file of their own or from the environment.

Rule: they are never part of a text: neither of ``repr`` nor of an error. A key file that was replaced is
read again at the next request, so keys rotate without a restart (S47).
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from dossiers.errors import ResourceError

#: Variables that every S3 program knows.
ACCESS_VARIABLE: Final = "AWS_ACCESS_KEY_ID"
SECRET_VARIABLE: Final = "AWS_SECRET_ACCESS_KEY"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Keys:
    """An account; only the fact that there is one is shown."""

    access: str = field(repr=False)
    secret: str = field(repr=False)


class KeySource:
    """Hands out the keys as they are now; may be used from several threads.

    Args:
        path: a file with two lines, readable by its owner alone; ``None`` for the environment.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = Lock()
        self._read: tuple[tuple[int, int], S3Keys] | None = None

    def now(self) -> S3Keys:
        """Returns the keys.

        Raises:
            ResourceError: ``NO_STORE_KEYS``, there are none, or others may read the file.
        """
        if self._path is None:
            return _from_environment()
        with self._lock:
            return self._from_file(self._path)

    def _from_file(self, path: Path) -> S3Keys:
        try:
            about = path.stat()
            version = (about.st_ino, about.st_mtime_ns)
            if self._read is not None and self._read[0] == version:
                return self._read[1]
            lines = path.read_text(encoding="utf-8").split()
        except (OSError, UnicodeDecodeError) as trouble:
            raise _no_keys("the key file cannot be read") from trouble
        if stat.S_IMODE(about.st_mode) & 0o077:
            raise _no_keys("the key file may be read by others; allow its owner alone (chmod 600)")
        if len(lines) != 2:
            raise _no_keys("the key file holds two lines: the access key and the secret key")
        keys = S3Keys(access=lines[0], secret=lines[1])
        self._read = (version, keys)
        return keys


def _from_environment() -> S3Keys:
    access, secret = os.environ.get(ACCESS_VARIABLE), os.environ.get(SECRET_VARIABLE)
    if not access or not secret:
        raise _no_keys(f"set key_file, or {ACCESS_VARIABLE} and {SECRET_VARIABLE}")
    return S3Keys(access=access, secret=secret)


def _no_keys(reason: str) -> ResourceError:
    return ResourceError(
        "NO_STORE_KEYS",
        vi="Chưa có khóa truy cập kho lưu trữ S3 dùng được; hãy báo quản trị viên.",
        en=f"there are no usable keys for the S3 object store: {reason}",
        hint=reason,
    )
