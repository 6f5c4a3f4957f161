"""Where, when and with what the figures were taken."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

#: Distributions whose versions move the figures.
_LIBRARIES = ("numpy", "opencv-python-headless", "pikepdf", "pillow", "pypdfium2", "tesserocr", "zxing-cpp")


def describe() -> list[tuple[str, str]]:
    """Returns rows of what and which: processor, memory, system, date, versions, load."""
    one, five, _ = os.getloadavg()
    return [
        ("Date", datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ("Processor", f"{_cpu_model()}, {len(os.sched_getaffinity(0))} cores"),
        ("Memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"),
        ("System", f"{_system()}, Linux {platform.release()}, Python {platform.python_version()}"),
        ("Tesseract", tesseract_versions()),
        ("Libraries of Sohoa", ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)),
        ("Load of the machine at the start", f"{one:.1f} (1 min), {five:.1f} (5 min)"),
    ]


def tesseract_versions() -> str:
    """The program that OCRmyPDF starts, and the library that Sohoa holds; they may differ."""
    told = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False).stdout
    program = re.search(r"tesseract (\S+)", told)
    probe = "import tesserocr; print(tesserocr.tesseract_version().split()[1])"
    library = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    return f"program {program.group(1) if program else '?'}, library in tesserocr {library.stdout.strip()}"


def _cpu_model() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    return found.group(1) if found else platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
