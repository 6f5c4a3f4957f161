"""Pictures of pages for screens: decoded in a sandboxed child of their own, the latest kept in memory.

The child belongs to the one thread that asks it, because a child ends with the thread that started it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from dossiers.page import Page
from dossiers.ports import ObjectStore, RecordStore
from pipeline.reader import PageReader

#: Bytes of pictures that are kept.
_KEPT_BYTES: Final = 64_000_000


class PagePictureMaker:
    """Makes pictures; safe to call from several threads, one is made at a time.

    Args:
        records: pages and their readings.
        originals: pages as received.
        derivatives: what reading them gave.
        reader: a reader for this alone.
    """

    def __init__(
        self, *, records: RecordStore, originals: ObjectStore, derivatives: ObjectStore, reader: PageReader
    ) -> None:
        self._records = records
        self._originals = originals
        self._derivatives = derivatives
        self._reader = reader
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, int, int], bytes] = OrderedDict()
        self._bytes = 0

    def picture(self, page: Page, width: int, turned: int = 0) -> bytes:
        """Returns the upright page as JPEG; see ``reception.services.PagePictures``."""
        with self._records.transaction() as work:
            known = work.pages.reading(page.page_id)
        result_key = known[1] if known else ""
        key = (page.page_id, result_key, width, turned)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._thread.submit(self._make, page, width, turned, result_key).result()
        self._keep(key, made)
        return made

    def close(self) -> None:
        """Ends the child and its thread."""
        self._reader.close()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _make(self, page: Page, width: int, turned: int, result_key: str) -> bytes:
        return self._reader.view(
            self._originals.get(page.original_key),
            page.index,
            width=width,
            turned=turned,
            region=page.region,
            result=self._derivatives.get(result_key) if result_key else b"",
        )

    def _keep(self, key: tuple[str, str, int, int], made: bytes) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._bytes += len(made)
            while self._bytes > _KEPT_BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest)
