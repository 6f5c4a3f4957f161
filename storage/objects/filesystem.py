"""Objects as files: ``ab/cd/<sha256>`` below a root directory on a local file system.

Rule: a key is returned only after its bytes and its name are on the disk and were read back (C1, C2); a
name never shows other bytes than its own, because files get their name only when they are complete.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from dossiers.errors import ConfigurationError
from storage.objects.directories import DurableDirectories
from storage.objects.trouble import damaged, not_found, translated

_KEY: Final = re.compile(r"[0-9a-f]{64}")
#: Below the root, on the same file system: files that have no name yet.
_INCOMING: Final = "incoming"


class FilesystemObjectStore:
    """Implements ``dossiers.ports.ObjectStore``; any number of threads and processes may share a root.

    Args:
        root: the directory; made when the first object is put.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self._incoming = self._root / _INCOMING
        self._directories = DurableDirectories(self._root)

    def put_once(self, content: bytes) -> str:
        """Stores bytes durably, reads them back and returns their key; may be repeated.

        Raises:
            ResourceError: ``STORE_FULL`` or ``STORE_UNAVAILABLE``; nothing is acknowledged.
            IntegrityError: other bytes are found under the key.
        """
        key = hashlib.sha256(content).hexdigest()
        path = self._path(key)
        with translated():
            self._directories.check()
            self._directories.make(path.parent)
            if not path.exists():
                self._create(path, content)
            self._directories.sync(path.parent)
            if _read(path, bypass_cache=True) != content:
                raise damaged(key)
        return key

    def mend(self, content: bytes) -> str:
        """Puts bytes in place of damaged ones; see ``dossiers.store_check.MendableStore``.

        The name shows the old bytes or the new ones, whenever the power fails.
        """
        key = hashlib.sha256(content).hexdigest()
        path = self._path(key)
        with translated():
            self._directories.check()
            self._directories.make(path.parent)
            if not path.exists() or _read(path) != content:
                self._directories.make(self._incoming)
                whole = self._incoming / uuid.uuid4().hex
                _write_durably(whole, content)
                whole.replace(path)
        return self.put_once(content)

    def get(self, key: str) -> bytes:
        """Returns the bytes, checked against their key.

        Raises:
            RecordError: ``OBJECT_NOT_FOUND``.
            IntegrityError: ``OBJECT_DAMAGED``, they are not those that were put.
            ResourceError: ``STORE_UNAVAILABLE``.
        """
        if not _KEY.fullmatch(key):
            raise not_found(key)
        with translated():
            try:
                content = _read(self._path(key))
            except FileNotFoundError:
                raise not_found(key) from None
        if hashlib.sha256(content).hexdigest() != key:
            raise damaged(key)
        return content

    def contains(self, key: str) -> bool:
        """Whether there is an object under the key; does not check its bytes."""
        with translated():
            return bool(_KEY.fullmatch(key)) and self._path(key).is_file()

    def keys(self, after: str = "") -> Iterator[str]:
        """Keys of all objects, ascending, after ``after``; files with other names are passed over."""
        with translated():
            for path in self._folders_of_keys():
                if path.parent.name + path.name >= after[:4]:
                    yield from (key for key in _names(path) if key > after and _KEY.fullmatch(key))

    def _folders_of_keys(self) -> Iterator[Path]:
        for first in _names(self._root):
            if len(first) == 2:
                yield from (self._root / first / second for second in _names(self._root / first))

    def check(self) -> None:
        """Says whether this process may still use the store.

        Raises:
            StoreInDoubt: it failed to reach its disk; a new process has to look what is there (C7).
        """
        self._directories.check()

    def sweep_temporary(self, older_than_seconds: float) -> int:
        """Removes what killed writers left behind and returns how many files that were.

        Args:
            older_than_seconds: younger files may still be written to and stay.
        """
        before = time.time() - older_than_seconds
        swept = 0
        with translated():
            for path in self._incoming.glob("*"):
                with suppress(FileNotFoundError):  # its writer or another sweeper was quicker
                    if path.lstat().st_mtime <= before:
                        path.unlink()
                        swept += 1
        return swept

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key[2:4] / key

    def _create(self, path: Path, content: bytes) -> None:
        self._directories.make(self._incoming)
        temporary = self._incoming / uuid.uuid4().hex
        try:
            _write_durably(temporary, content)
            with suppress(FileExistsError):  # somebody put the same bytes meanwhile
                os.link(temporary, path)
        finally:
            with suppress(OSError):  # left for the sweeper; must not hide the error that brought us here
                temporary.unlink(missing_ok=True)


def make_filesystem(kind: str, data_dir: Path, options: Mapping[str, str]) -> FilesystemObjectStore:
    """Makes the store from settings; the entry point ``filesystem`` of ``sohoa.object_stores``.

    Args:
        kind: of the objects; the directory's name.
        data_dir: what it lies in, unless there is a ``root``.
        options: ``root``, a directory in place of the data folder; may be absent.

    Raises:
        ConfigurationError: there is an option that nobody knows.
    """
    unknown = sorted(set(options) - {"root"})
    if unknown:
        raise ConfigurationError(
            "BAD_OBJECT_STORE",
            vi="Cấu hình kho lưu trữ tệp không đúng: chỉ có thể có một mục root là đường dẫn thư mục.",
            en=f"the filesystem object store takes one option, root; unknown: {unknown}",
        )
    return FilesystemObjectStore(Path(options.get("root") or data_dir) / kind)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _write_durably(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, 0o400)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fchmod(handle, 0o444)
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(path: Path, *, bypass_cache: bool = False) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if bypass_cache:  # clean pages are dropped, so that the bytes come from the disk
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()
