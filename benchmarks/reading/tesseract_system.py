"""Tesseract's own command line: default page mode, text and searchable PDF in one call."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.measurement import Digitized, Measurement
from benchmarks.ocrmypdf_system import digitized, one_thread, tesseract_version
from benchmarks.page_case import PageCase
from benchmarks.processes import run_measured

#: Where Debian puts the models, the fast ones.
FAST_FOLDER: Final = Path("/usr/share/tesseract-ocr/5/tessdata")
_OPTIONS: Final = ("-l", "vie", "-c", "tessedit_create_txt=1", "-c", "tessedit_create_pdf=1")
_TIMEOUT_SECONDS: Final = 300.0


class TesseractSystem:
    """One command for each page.

    Args:
        name: what people call it.
        models: folder with ``vie.traineddata``.
    """

    def __init__(self, name: str, models: Path) -> None:
        self.name: Final = name
        model = hashlib.sha256((models / "vie.traineddata").read_bytes()).hexdigest()[:8]
        options = hashlib.sha256(" ".join(_OPTIONS).encode()).hexdigest()[:8]
        self.version: Final = f"{tesseract_version()}-{model}-{options}"
        self._models = models

    def measure(self, page: PageCase) -> Measurement:
        """Runs the command; an exit code other than 0 is a failure."""
        return self.digitize(page).measurement

    def digitize(self, page: PageCase) -> Digitized:
        """Runs the command and hands out the PDF, which is no PDF/A."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            source = folder / f"page{page.suffix}"
            source.write_bytes(page.content)
            finished = run_measured(self._command(source, page), one_thread(), _TIMEOUT_SECONDS)
            failure = f"exit code {finished.exit_code}" if finished.exit_code else ""
            return digitized(finished, folder / "out.txt", folder / "out.pdf", failure)

    def close(self) -> None:
        """Nothing of it stays running."""

    def _command(self, source: Path, page: PageCase) -> list[str]:
        """The true resolution is given: pictures may name a wrong one or none."""
        told = ["--tessdata-dir", str(self._models), "--dpi", str(page.truth["dpi"])]
        return ["tesseract", str(source), str(source.with_name("out")), *told, *_OPTIONS]
