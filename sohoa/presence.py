"""Who is at work in a data folder: everybody shares a lock, whoever moves the office has it alone.

The lock is the kernel's and ends with the process, however that ends. A note beside it says that the office
is being moved, or where it has moved from, so that nobody goes on with what was left behind.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from dossiers.errors import ConfigurationError, ResourceError
from scanners.durable_file import sync_folder, write_durably
from sohoa.settings import Settings

_LOCK: Final = "at-work.lock"
#: The note of a move, in the data folder.
NOTE: Final = "moved.json"


class MoveState(StrEnum):
    """How far a move is."""

    MOVING = "moving"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveNote:
    """A move: its state and the marks of where the office was and where it goes."""

    state: MoveState
    origin: str
    target: str


def mark_of(settings: Settings) -> str:
    """Tells places of records and objects apart without naming them."""
    place = [settings.records_url, settings.object_store, sorted(settings.object_store_options.items())]
    return hashlib.sha256(json.dumps(place).encode()).hexdigest()


@contextmanager
def at_work(settings: Settings) -> Iterator[None]:
    """Works in the data folder beside others.

    Raises:
        ConfigurationError: ``OFFICE_MOVING`` or ``OFFICE_MOVED``.
    """
    with _locked(settings.data_dir, fcntl.LOCK_SH, _moving):
        note = read_note(settings.data_dir)
        if note is not None and note.state is MoveState.MOVING:
            raise _moving()
        if note is not None and note.origin == mark_of(settings):
            raise ConfigurationError(
                "OFFICE_MOVED",
                vi="Dữ liệu đã chuyển sang máy chủ; hãy dùng tệp cấu hình mới.",
                en="the records and objects of these settings were moved to servers",
                hint="use the new settings file",
            )
        yield


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Works in the data folder with nobody else.

    Raises:
        ResourceError: ``OFFICE_IN_USE``.
    """
    with _locked(data_dir, fcntl.LOCK_EX, _in_use):
        yield


def read_note(data_dir: Path) -> MoveNote | None:
    """Reads the note of a move, if there is one."""
    try:
        told = json.loads((data_dir / NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return MoveNote(state=MoveState(told["state"]), origin=told["origin"], target=told["target"])


def write_note(data_dir: Path, note: MoveNote) -> None:
    """Writes the note durably."""
    told = {"state": note.state.value, "origin": note.origin, "target": note.target}
    write_durably(data_dir / NOTE, json.dumps(told).encode())


def remove_note(data_dir: Path) -> None:
    """Removes the note durably; none is no error."""
    with suppress(FileNotFoundError):
        (data_dir / NOTE).unlink()
        sync_folder(data_dir)


@contextmanager
def _locked(data_dir: Path, kind: int, refusal: Callable[[], Exception]) -> Iterator[None]:
    handle = os.open(data_dir / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise refusal() from taken
        yield
    finally:
        os.close(handle)


def _moving() -> ConfigurationError:
    return ConfigurationError(
        "OFFICE_MOVING",
        vi="Dữ liệu đang được chuyển sang máy chủ; hãy đợi xong rồi làm tiếp.",
        en="the office is being moved to servers, or a move was interrupted",
        hint="run sohoa migrate-to again to finish it, or with --abandon to stay",
    )


def _in_use() -> ResourceError:
    return ResourceError(
        "OFFICE_IN_USE",
        vi="Còn chương trình Sohoa đang chạy trên dữ liệu này; hãy dừng các chương trình ấy rồi thử lại.",
        en="another Sohoa process works in this data folder",
        hint="stop the desk and the workers, then try again",
    )
