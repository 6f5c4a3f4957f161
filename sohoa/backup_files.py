"""Files of a backup, written so that a power cut leaves the old one or the new one."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path


def write_durably(path: Path, content: bytes) -> str:
    """Puts a file in place of the one before; returns the SHA-256 of its content."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    _sync_folder(path.parent)
    return hashlib.sha256(content).hexdigest()


def copy_durably(source: Path, to: Path) -> str:
    """Copies a file in place of the one before; returns the SHA-256 of what was written."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = to.with_name(f"{to.name}.part")
    shutil.copyfile(source, partial)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(to)
    _sync_folder(to.parent)
    return hash_of(to)


def hash_of(path: Path) -> str:
    """SHA-256 of a file in lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
