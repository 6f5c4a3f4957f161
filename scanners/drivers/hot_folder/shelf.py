"""Folders beside the papers to which they move: never out of the hot folder, never over another file."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

_MAX_NAME_BYTES: Final = 255
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
#: Room that a number before the extension and the extension of the reason may take.
_ROOM: Final = 32


def move(folder: int, name: str, *shelf: str) -> str:
    """Moves a name of an opened folder onto a shelf inside it; links are moved, not followed.

    Returns:
        The name there: the same, with a number where there was one already.

    Raises:
        OSError: it is gone, or the shelf cannot be made.
    """
    with _opened(folder, shelf) as target:
        moved = _free_name(target, name)
        os.rename(name, moved, src_dir_fd=folder, dst_dir_fd=target)
        return moved


def move_with_text(folder: int, name: str, text: str, suffix: str, *shelf: str) -> str:
    """Moves a name likewise, a text file beside it that has its name and a suffix.

    The text is written first: whoever is killed or fails in between leaves the file where it was, and doing
    it again writes the text anew.

    Returns:
        The name there.

    Raises:
        OSError: it is gone, the text cannot be written, or the shelf cannot be made.
    """
    with _opened(folder, shelf) as target:
        moved = _free_name(target, name, suffix)
        with contextlib.suppress(FileNotFoundError):  # left by one that was killed
            os.unlink(moved + suffix, dir_fd=target)
        descriptor = os.open(moved + suffix, _NEW_FILE, 0o640, dir_fd=target)
        try:
            with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - opened without following links
                file.write(text)
            os.rename(name, moved, src_dir_fd=folder, dst_dir_fd=target)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(moved + suffix, dir_fd=target)
            raise
        return moved


def delete_before(shelf: Path, day: date, keep_days: int) -> None:
    """Deletes the folders of days that are so long ago; anything else on the shelf stays."""
    oldest = (day - timedelta(days=keep_days)).isoformat()
    if shelf.is_symlink():
        return
    with contextlib.suppress(OSError):
        for each in list(shelf.iterdir()):
            if _is_day(each.name) and each.name < oldest and not each.is_symlink():
                shutil.rmtree(each, ignore_errors=True)


@contextmanager
def _opened(folder: int, shelf: tuple[str, ...]) -> Iterator[int]:
    """The shelf as an opened folder; made where it is missing, refused where it is a link."""
    opened = [folder]
    try:
        for part in shelf:
            with contextlib.suppress(FileExistsError):
                os.mkdir(part, 0o750, dir_fd=opened[-1])
            opened.append(os.open(part, _FOLDER, dir_fd=opened[-1]))
        yield opened[-1]
    finally:
        for descriptor in opened[1:]:
            os.close(descriptor)


def _free_name(target: int, name: str, suffix_beside: str = "") -> str:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, no path
    stem = _shortened(stem, _MAX_NAME_BYTES - _ROOM - len(os.fsencode(suffix)))
    candidate, number = f"{stem}{suffix}", 1
    while _exists(target, candidate) or (suffix_beside and _is_odd(target, candidate + suffix_beside)):
        number += 1
        candidate = f"{stem} ({number}){suffix}"
    return candidate


def _exists(target: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=target, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _is_odd(target: int, name: str) -> bool:
    """Whether there is something that no text of ours can take the place of."""
    try:
        return not stat.S_ISREG(os.stat(name, dir_fd=target, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return False


def _shortened(stem: str, most_bytes: int) -> str:
    while len(os.fsencode(stem)) > max(1, most_bytes):
        stem = stem[:-1]
    return stem


def _is_day(name: str) -> bool:
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True
