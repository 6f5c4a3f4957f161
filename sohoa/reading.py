"""Reads one file without making a dossier of it: pages side by side, results in order."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dossiers.errors import InputCode, InputError
from dossiers.intake import MAX_FILE_BYTES
from pipeline.codec import encode_result
from pipeline.page_result import PageResult
from pipeline.reader import PdfPage
from scanners.driver import Unreadable
from scanners.folder import FolderSource
from sohoa.bootstrap import make_reader
from sohoa.settings import Settings
from workers.reader_pool import ReaderPool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file that was looked at and may be read.

    Attributes:
        content: its bytes.
        page_count: pages in it.
        readers: the readers that read it.
        threads: what the readers work in; a child process ends with the thread that started it.
    """

    content: bytes
    page_count: int
    readers: ReaderPool
    threads: ThreadPoolExecutor

    def pages(self) -> Iterator[PageResult]:
        """Reads every page; yields them in order, each as soon as it and those before it are done.

        Raises:
            InputError: a page is damaged.
            EngineError: the engine failed on a page.
        """
        return self.threads.map(self._read, range(self.page_count))

    def pdf(self, results: list[PageResult], title: str) -> bytes:
        """Makes the searchable PDF/A-2b of pages that were read."""
        pages = [
            PdfPage(content=self.content, index=index, artefact=encode_result(result))
            for index, result in enumerate(results)
        ]
        return self.threads.submit(self._render, pages, title).result()

    def _render(self, pages: list[PdfPage], title: str) -> bytes:
        with self.readers.borrow() as reader:
            return reader.render_pdf(pages, title)

    def _read(self, index: int) -> PageResult:
        with self.readers.borrow() as reader:
            return reader.read(self.content, index)


@contextmanager
def open_file(path: Path, settings: Settings) -> Iterator[OpenFile]:
    """Opens a file for reading.

    Raises:
        InputError: it cannot be taken (rules R1-R6).
    """
    [item] = FolderSource([path], MAX_FILE_BYTES).scan() if not path.is_dir() else [None]
    if item is None:
        raise InputError(InputCode.NOT_A_FILE)
    if isinstance(item, Unreadable):
        raise InputError(item.reason)
    if not item.content:
        raise InputError(InputCode.EMPTY)
    readers = ReaderPool(lambda: make_reader(settings), settings.workers)
    threads = ThreadPoolExecutor(settings.workers)
    try:
        suffix = Path(item.name).suffix.lower()
        inspection = threads.submit(readers.inspect, item.content, suffix).result()
        yield OpenFile(
            content=item.content, page_count=inspection.page_count, readers=readers, threads=threads
        )
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        readers.close()
