"""Directories whose entries are known to be on the disk."""

from __future__ import annotations

import os
from pathlib import Path

from storage.objects.trouble import in_doubt


class DurableDirectories:
    """Makes and syncs directories below a root.

    A failed sync of a directory is never repeated, since the second one may succeed without having written
    anything (C7): from then on every operation raises, until a new process reads the disk again.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._durable: set[Path] = set()
        self._is_in_doubt = False

    def make(self, directory: Path) -> None:
        """Makes the directory and its missing parents, and makes their names durable.

        A directory that somebody else made may not be durable yet: each is synced once by each process.
        """
        if directory in self._durable:
            return
        if not directory.is_relative_to(self._root) and directory.is_dir():
            return
        self.make(directory.parent)
        directory.mkdir(mode=0o700, exist_ok=True)
        self.sync(directory.parent)
        self._durable.add(directory)

    def sync(self, directory: Path) -> None:
        """Makes the names in a directory durable.

        Raises:
            StoreInDoubt: this sync or an earlier one failed.
        """
        self.check()
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        except OSError as trouble:
            self._is_in_doubt = True
            raise in_doubt() from trouble
        finally:
            os.close(handle)

    def check(self) -> None:
        """Raises ``StoreInDoubt`` where an earlier sync failed."""
        if self._is_in_doubt:
            raise in_doubt()
