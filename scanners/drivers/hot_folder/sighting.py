"""What a name in the folder stood for when it was last looked at, without following links."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import Final

#: Ends of names that writers give files while they write, and files that systems leave behind.
_UNFINISHED: Final = (
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".tmp",
    ".temp",
    ".download",
    ".swp",
    "~",
)
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini"})
#: A folder with such a name pretends to be a paper.
_PAPERS: Final = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One look at a name; equal ones mean that nothing has changed.

    Attributes:
        device: device and inode: which file it is.
        inode: see ``device``.
        size: bytes.
        modified_ns: time of the last change, nanoseconds.
        mode: kind of file.
        links: names that the file has.
    """

    device: int
    inode: int
    size: int
    modified_ns: int
    mode: int
    links: int

    @property
    def is_ordinary(self) -> bool:
        """Whether it is a file with this one name: a second name is a link too (S15)."""
        return stat.S_ISREG(self.mode) and self.links == 1

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return stat.S_ISDIR(self.mode)


def look_at(name: str, folder: int) -> Sighting | None:
    """Looks at a name in an opened folder; ``None`` if it is gone."""
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return None
    return sighting_of(found)


def sighting_of(found: os.stat_result) -> Sighting:
    """The same of an opened file."""
    return Sighting(
        device=found.st_dev,
        inode=found.st_ino,
        size=found.st_size,
        modified_ns=found.st_mtime_ns,
        mode=found.st_mode,
        links=found.st_nlink,
    )


def is_passed_over(name: str, sighting: Sighting) -> bool:
    """Whether a name is left where it is: hidden, still being written, litter, or a folder of its own."""
    folded = name.casefold()
    if sighting.is_folder and not folded.endswith(_PAPERS):
        return True
    return name.startswith((".", "~$")) or folded.endswith(_UNFINISHED) or folded in _LITTER
