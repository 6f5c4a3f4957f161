"""A fixed number of page readers, each with its own child process, lent to one thread at a time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dossiers.ports import Inspection
from pipeline.reader import PageReader


class ReaderPool:
    """Makes readers when they are first needed and keeps them.

    Args:
        make: makes one reader.
        size: how many there may be.
    """

    def __init__(self, make: Callable[[], PageReader], size: int) -> None:
        self._make = make
        self._idle: queue.LifoQueue[PageReader | None] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)
        self._made: list[PageReader] = []
        self._lock = threading.Lock()

    @contextmanager
    def borrow(self) -> Iterator[PageReader]:
        """Lends a reader; waits for one to come back where all are out."""
        reader = self._idle.get()
        try:
            if reader is None:
                reader = self._make()
                with self._lock:
                    self._made.append(reader)
            yield reader
        finally:
            self._idle.put(reader)

    def probe(self) -> tuple[str, ...]:
        """Loads the tools of one reader; see ``PageReader.probe``."""
        with self.borrow() as reader:
            return reader.probe()

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        """Looks at a file with any reader; see ``dossiers.ports.Inspector``."""
        with self.borrow() as reader:
            seen = reader.inspect(content, suffix)
        return Inspection(media_type=seen.media_type, page_count=seen.page_count, flags=seen.flags)

    def close(self) -> None:
        """Ends every child process at once, even one that is at work."""
        with self._lock:
            for reader in self._made:
                reader.close()
