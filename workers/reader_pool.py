"""A fixed number of page readers, each with its own child process, lent to one thread at a time.

Rule: looking at a file that arrives never waits for pages that are being read; the counter goes first.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from dossiers.ports import Inspection
from pipeline.inspection import Inspection as SeenFile
from pipeline.reader import PageReader


class ReaderPool:
    """Makes readers when they are first needed and keeps them.

    Args:
        make: makes one reader.
        size: how many there may be.
        make_doorkeeper: makes one that only looks at files, for when every reader is at work or none was
            started yet; without it files wait for a reader.
    """

    def __init__(
        self,
        make: Callable[[], PageReader],
        size: int,
        make_doorkeeper: Callable[[], PageReader] | None = None,
    ) -> None:
        self._make = make
        self._make_doorkeeper = make_doorkeeper
        self._doorkeeper: PageReader | None = None
        # A child ends with the thread that started it: this one lives as long as the pool.
        self._door = ThreadPoolExecutor(1, thread_name_prefix="doorkeeper")
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
        """Looks at a file with an idle reader, else with the doorkeeper; see ``dossiers.ports.Inspector``."""
        if self._make_doorkeeper is None:
            with self.borrow() as reader:
                seen = reader.inspect(content, suffix)
        elif (idle := self._idle_now()) is not None:
            try:
                seen = idle.inspect(content, suffix)
            finally:
                self._idle.put(idle)
        else:
            seen = self._door.submit(self._inspect_at_door, content, suffix).result()
        return Inspection(media_type=seen.media_type, page_count=seen.page_count, flags=seen.flags)

    def close(self) -> None:
        """Ends every child process at once, even one that is at work."""
        with self._lock:
            for reader in self._made:
                reader.close()
        self._door.shutdown()

    def _idle_now(self) -> PageReader | None:
        """A reader whose child is there and does nothing."""
        try:
            reader = self._idle.get_nowait()
        except queue.Empty:
            return None
        if reader is not None and reader.is_started:
            return reader
        self._idle.put(reader)
        return None

    def _inspect_at_door(self, content: bytes, suffix: str) -> SeenFile:
        if self._doorkeeper is None and self._make_doorkeeper is not None:
            self._doorkeeper = self._make_doorkeeper()
            with self._lock:
                self._made.append(self._doorkeeper)
        assert self._doorkeeper is not None
        return self._doorkeeper.inspect(content, suffix)
