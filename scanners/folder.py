"""Files and folders on a local disk as a source of pages.

Rules: only ordinary files are opened, never links, pipes or devices (S15); nothing is moved, changed or
deleted; names sort the way people count (2 before 10).
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from dossiers.errors import InputCode
from scanners.driver import RawPage, Unreadable

#: Files beside the papers that describe them and are no papers.
SIDECARS: Final = frozenset({"dossier.toml", "truth.json"})


class FolderSource:
    """Yields the files named, and those in the folders named, folders deeply.

    Hidden files and sidecars inside a folder are passed over; a file that is named itself never is.

    Args:
        paths: files and folders.
        max_bytes: larger files are reported ``LIMIT_EXCEEDED`` without being read.
    """

    name = "folder"

    def __init__(self, paths: Sequence[Path], max_bytes: int) -> None:
        self._files = tuple(_files(paths))
        self._max_bytes = max_bytes

    @property
    def paths(self) -> Sequence[Path]:
        """The files to come, in order."""
        return self._files

    def expected(self) -> int:
        """How many files are to come."""
        return len(self._files)

    def scan(self) -> Iterator[RawPage | Unreadable]:
        """Yields every file in order; what cannot be read is yielded as ``Unreadable``."""
        for sequence, path in enumerate(self._files):
            yield self._read(sequence, path)

    def close(self) -> None:
        """Nothing to free."""

    def _read(self, sequence: int, path: Path) -> RawPage | Unreadable:
        name = _readable(path.name)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return Unreadable(sequence=sequence, name=name, reason=InputCode.NOT_FOUND)
        except OSError:
            return Unreadable(sequence=sequence, name=name, reason=InputCode.NOT_A_FILE)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - the descriptor was opened without following links
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Unreadable(sequence=sequence, name=name, reason=InputCode.NOT_A_FILE)
            if status.st_size > self._max_bytes:
                return Unreadable(sequence=sequence, name=name, reason=InputCode.LIMIT_EXCEEDED)
            return RawPage(sequence=sequence, name=name, content=file.read())


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            yield from sorted(_inside(path), key=lambda inner: _natural(str(inner.relative_to(path))))
        else:
            yield path


def _inside(folder: Path) -> Iterator[Path]:
    for directory, names, files in os.walk(folder):  # does not follow links to folders
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and name not in SIDECARS:
                yield Path(directory) / name


def _readable(name: str) -> str:
    """The name for people: bytes of old Vietnamese encodings that are no UTF-8 become question marks."""
    return os.fsencode(name).decode("utf-8", "replace")


def _natural(text: str) -> tuple[tuple[int, int | str], ...]:
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts if part)
