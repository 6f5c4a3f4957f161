"""Runs the desk of a sample office as a program, for benchmarks and pictures that look at it from outside."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_desk(office: Path, *, faults: str) -> Iterator[str]:
    """Yields the desk's address, without a slash at its end; ends the desk after it.

    Args:
        office: folder that ``set_up`` made, with a ``tray`` that the simulated scanner feeds from.
        faults: faults of the simulated scanner, ``jam=3`` for example.
    """
    command = [sys.executable, "-m", "sohoa.cli", "--data-dir", str(office)]
    command += ["--config", str(office / "sohoa.toml"), "desk", "--port", "0"]
    scanner = {"SOHOA_SCANNER": f"simulated:{office / 'tray'}?{faults}"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **scanner}
    )
    try:
        assert process.stdout is not None
        found = re.search(r"(http://[0-9.:]+)/", process.stdout.readline())
        assert found, "the desk did not open"
        yield found[1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
