"""What a child has around it: processes below it, and bytes in its scratch folder."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def count_below(pid: int) -> int:
    """Returns how many processes there are below one, at any depth; 0 where it is gone.

    A process whose parent died is counted where the one asked for is its reaper (``pipeline.confine``).
    """
    found, waiting = 0, [pid]
    while waiting:
        below = _children(waiting.pop())
        found += len(below)
        waiting += below
    return found


def _children(pid: int) -> list[int]:
    children: list[int] = []
    with suppress(OSError):  # it ended meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += [int(each) for each in (task / "children").read_text(encoding="ascii").split()]
    return children


def bytes_in(folder: str) -> int:
    """Returns how many bytes the files in a folder take; links are not followed."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_blocks * 512  # noqa: PTH118 - hot path
    return total


def empty(folder: str) -> None:
    """Removes what is in a folder, not the folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                with suppress(OSError):
                    Path(entry.path).unlink()
