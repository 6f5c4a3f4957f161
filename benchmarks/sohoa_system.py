"""Sohoa as it runs in production: pages are read and rendered by one long-lived sandboxed child."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.evaluation_split import ROOT
from benchmarks.measurement import Digitized, Measurement
from benchmarks.page_case import PageCase
from benchmarks.processes import PeakMemory, children_cpu_seconds, children_peak_bytes, watch_memory
from dossiers.errors import SohoaError
from pipeline.codec import encode_result
from pipeline.reader import PageReader, PdfPage
from sohoa.bootstrap import make_reader
from sohoa.settings import Settings

#: Packages whose code and data decide what a page gives.
_CODE: Final = ("classifiers", "dossiers", "pipeline")
#: Name of Sohoa with the setting that keeps pictures as they came.
AS_RECEIVED: Final = "Sohoa original"


class SohoaSystem:
    """One worker with the default settings. No other child processes may be at work beside it.

    Args:
        as_received: keep pictures in the PDF/A as they came; the default makes them smaller.
    """

    name: str = "Sohoa"

    def __init__(self, *, as_received: bool = False) -> None:
        self.name = AS_RECEIVED if as_received else "Sohoa"
        self.version: Final = f"code-{_code_hash()}"
        settings = _settings()
        self._reader = make_reader(
            settings.model_copy(update={"archive_picture": "original"}) if as_received else settings
        )

    def start(self, page: PageCase) -> tuple[float, float]:
        """Starts the child and loads its models; returns wall and CPU seconds of that and of one page."""
        started, before = time.monotonic(), children_cpu_seconds()
        with suppress(SohoaError):
            self._reader.read(page.content, 0)
        return time.monotonic() - started, children_cpu_seconds() - before

    def measure(self, page: PageCase) -> Measurement:
        """Reads the page and renders its PDF/A."""
        return self.digitize(page).measurement

    def digitize(self, page: PageCase) -> Digitized:
        """Reads the page and renders its PDF/A, and hands it out."""
        clock = _Clock()
        text = failure = result_json = ""
        pdf = b""
        try:
            result = self._reader.read(page.content, 0)
            text, result_json = result.reading.text, encode_result(result).decode()
            clock.lap("read")
            pdf = self._reader.render_pdf(
                [PdfPage(content=page.content, index=0, artefact=encode_result(result))], page.name
            )
            clock.lap("PDF/A")
        except SohoaError as error:
            failure = error.code
            clock.lap("failed")
        measurement = Measurement(
            text=text,
            wall_seconds=clock.wall_seconds,
            cpu_seconds=sum(clock.parts.values()),
            pdf_bytes=len(pdf),
            failure=failure,
            parts=clock.parts,
            result=result_json,
            measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        return Digitized(measurement=measurement, pdf=pdf)

    def peak_bytes(self) -> int:
        """Peak resident memory of the child over its life."""
        return children_peak_bytes()

    def close(self) -> None:
        """Ends the child."""
        self._reader.close()


class _Clock:
    """Wall time in all, and CPU time of this process and its children part by part."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}
        self._started = time.monotonic()
        self._before = self._cpu()
        self.wall_seconds = 0.0

    def lap(self, name: str) -> None:
        """Ends a part."""
        now = self._cpu()
        self.parts[name] = now - self._before
        self._before = now
        self.wall_seconds = time.monotonic() - self._started

    @staticmethod
    def _cpu() -> float:
        return time.process_time() + children_cpu_seconds()


def seconds_on_workers(pages: Sequence[PageCase], workers: int) -> float:
    """Wall seconds for all pages: each of so many workers does all of them at once, divided by the workers.

    So no worker waits at the end for the last page of another. Loading the models is not counted.
    """
    with ExitStack() as closing:
        readers = [make_reader(_settings()) for _ in range(workers)]
        for reader in readers:
            closing.callback(reader.close)
        threads = closing.enter_context(ThreadPoolExecutor(workers))
        list(threads.map(lambda reader: digitize_all(reader, pages[:1]), readers))
        orders = [
            [*pages[first:], *pages[:first]] for first in range(0, len(pages), max(1, len(pages) // workers))
        ]
        started = time.monotonic()
        list(threads.map(digitize_all, readers, orders))
        return (time.monotonic() - started) / workers


def digitize_all(reader: PageReader, pages: Sequence[PageCase]) -> None:
    """Reads and renders pages one after the other; failures take their time too."""
    for page in pages:
        with suppress(SohoaError):
            result = reader.read(page.content, 0)
            reader.render_pdf(
                [PdfPage(content=page.content, index=0, artefact=encode_result(result))], page.name
            )


def watch_command(page: PageCase) -> PeakMemory:
    """Memory of ``sohoa read`` with its page process on one page."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / f"page{page.suffix}"
        source.write_bytes(page.content)
        command = [sys.executable, "-m", "sohoa.cli", "read", str(source), "--format", "pdf"]
        command += ["--output", f"{scratch}/out.pdf"]
        return watch_memory(command, {**os.environ, "HOME": scratch, "PYTHONPATH": str(ROOT)})


def _settings() -> Settings:
    return Settings(data_dir=Path(tempfile.gettempdir()), workers=1)


def _code_hash() -> str:
    digest = hashlib.sha256()
    files = (path for folder in _CODE for path in (ROOT / folder).rglob("*") if path.is_file())
    for path in sorted(path for path in files if path.suffix != ".pyc"):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
