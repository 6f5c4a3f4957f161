"""OCRmyPDF in a virtual environment of its own, at a pinned version, on the same page files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.evaluation_split import ROOT
from benchmarks.measurement import Digitized, Measurement
from benchmarks.page_case import PageCase
from benchmarks.processes import Finished, PeakMemory, run_measured, watch_memory

#: Pinned so that figures of two runs can be compared.
VERSION: Final = "17.13.0"
#: As Sohoa does: Vietnamese, upright, straight, one job, PDF/A-2b without Ghostscript. Its default threshold,
#: 14, leaves a third of our turned pages as they lie; 2 turned the most pages rightly.
OPTIONS: Final = (
    "--quiet", "-l", "vie", "--deskew", "--rotate-pages", "--rotate-pages-threshold", "2", "--jobs", "1",
    "--output-type", "pdfa-2", "--pdfa-backend", "internal",
)  # fmt: skip
_HOME: Final = ROOT / ".cache" / "ocrmypdf"
_TIMEOUT_SECONDS: Final = 300.0
#: Exit codes of OCRmyPDF that say why, by the names of its manual.
_EXIT_NAMES: Final = {
    1: "bad_args", 2: "input_file", 3: "missing_dependency", 4: "invalid_output_pdf", 5: "file_access_error",
    6: "already_done_ocr", 7: "child_process_error", 8: "encrypted_pdf", 9: "invalid_config",
    10: "pdfa_conversion_failed", 15: "other_error", -9: "timeout",
}  # fmt: skip


class OcrmypdfSystem:
    """One command for each page, with these options."""

    name: Final = "OCRmyPDF"

    def __init__(self, options: Sequence[str] = OPTIONS) -> None:
        install()
        self._options = tuple(options)
        shown = hashlib.sha256(" ".join(options).encode()).hexdigest()[:8]
        self.version: Final = f"{VERSION}-{tesseract_version()}-{shown}"

    def measure(self, page: PageCase) -> Measurement:
        """Runs the command; an exit code other than 0 is a failure by its name."""
        return self.digitize(page).measurement

    def digitize(self, page: PageCase) -> Digitized:
        """Runs the command and hands out the PDF."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            command = _command(page, folder, self._options)
            finished = run_measured(command, one_thread(), _TIMEOUT_SECONDS)
            return digitized(finished, folder / "out.txt", folder / "out.pdf", _failure(finished))

    def close(self) -> None:
        """Nothing of it stays running."""


def install() -> None:
    """Installs the pinned version through uv unless it is there.

    Raises:
        subprocess.CalledProcessError: uv could not install it; it has said why.
        FileNotFoundError: there is no uv; ``scripts/setup.sh`` brings one.
    """
    if _installed_version() == VERSION:
        return
    own = ROOT / ".cache" / "uv" / "bin" / "uv"
    uv = str(own) if own.exists() else shutil.which("uv")
    if uv is None:
        raise FileNotFoundError("uv")
    subprocess.run([uv, "venv", "--quiet", "--clear", "--python", "3.11", str(_HOME)], check=True)
    target = ["--python", str(_HOME / "bin" / "python")]
    subprocess.run([uv, "pip", "install", "--quiet", *target, f"ocrmypdf=={VERSION}"], check=True)


def run_as_one_file(pages: Sequence[PageCase]) -> Finished | None:
    """All pages, image files only, as one PDF in one command; ``None`` where it fails.

    A command for each page pays for starting Python each time; this is what is left without that.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = []
        for number, page in enumerate(pages):
            paths.append(folder / f"{number:03d}{page.suffix}")
            paths[-1].write_bytes(page.content)
        joined = folder / "joined.pdf"
        subprocess.run([_HOME / "bin" / "img2pdf", *paths, "-o", joined], check=True, capture_output=True)
        command = [str(_HOME / "bin" / "ocrmypdf"), *OPTIONS, str(joined), str(folder / "out.pdf")]
        finished = run_measured(command, one_thread(), _TIMEOUT_SECONDS * 2)
    return finished if finished.exit_code == 0 else None


def watch_command(page: PageCase) -> PeakMemory:
    """Memory of the command and its children on one page."""
    with tempfile.TemporaryDirectory() as scratch:
        return watch_memory(_command(page, Path(scratch)), one_thread())


def _command(page: PageCase, folder: Path, options: Sequence[str] = OPTIONS) -> list[str]:
    source = folder / f"page{page.suffix}"
    source.write_bytes(page.content)
    dpi = () if page.has_dpi else ("--image-dpi", str(page.truth["dpi"]))
    mode = ("--mode", "skip") if page.has_text else ()
    outputs = ("--sidecar", str(folder / "out.txt"))
    program = str(_HOME / "bin" / "ocrmypdf")
    return [program, *options, *outputs, *dpi, *mode, str(source), str(folder / "out.pdf")]


def digitized(finished: Finished, text: Path, pdf: Path, failure: str) -> Digitized:
    """Gathers what a command left in these files; a failed one counts as nothing read."""
    read = "" if failure or not text.exists() else text.read_text(encoding="utf-8").strip("\f\n ")
    made = b"" if failure or not pdf.exists() else pdf.read_bytes()
    measurement = Measurement(
        text=read,
        wall_seconds=finished.wall_seconds,
        cpu_seconds=finished.cpu_seconds,
        pdf_bytes=len(made),
        failure=failure,
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return Digitized(measurement=measurement, pdf=made)


def one_thread() -> dict[str, str]:
    """One thread for Tesseract: on one core more threads only cost more CPU time."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _failure(finished: Finished) -> str:
    if finished.exit_code == 0:
        return ""
    return _EXIT_NAMES.get(finished.exit_code, f"exit code {finished.exit_code}")


def _installed_version() -> str:
    program = _HOME / "bin" / "ocrmypdf"
    if not program.exists():
        return ""
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def tesseract_version() -> str:
    """Version of the program on the path, as part of a folder name."""
    told = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"tesseract (\S+)", told)
    return f"tesseract-{found.group(1)}" if found else "tesseract"
