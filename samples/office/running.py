"""Runs the desk of an office as a program, for tests, benchmarks and pictures that look from outside."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDesk:
    """A desk that is open: its address, without a slash at the end, and its process."""

    url: str
    process: subprocess.Popen[str]

    def stop(self) -> int:
        """Ends it as an administrator does and returns its exit code; one that has ended stays ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


def start_desk(office: Path, environment: Mapping[str, str], *arguments: str, port: str = "0") -> RunningDesk:
    """Starts ``sohoa desk`` and returns once it has told its address.

    Args:
        office: data folder with its ``sohoa.toml``.
        environment: what is said beside the environment of this process.
        arguments: of the command, beside the port.
        port: where it listens; 0: any free one.
    """
    command = [sys.executable, "-m", "sohoa.cli", "--data-dir", str(office)]
    command += ["--config", str(office / "sohoa.toml"), "desk", "--port", port, *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **environment},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"(http://[0-9.:]+)/", line)
    assert found, f"the desk did not open: {line!r}"
    return RunningDesk(url=found[1], process=process)


@contextmanager
def running_desk(office: Path, *, faults: str) -> Iterator[str]:
    """Yields the desk's address, without a slash at its end; ends the desk after it.

    Args:
        office: folder that ``set_up`` made, with a ``tray`` that the simulated scanner feeds from.
        faults: faults of the simulated scanner, ``jam=3`` for example.
    """
    running = start_desk(office, {"SOHOA_SCANNER": f"simulated:{office / 'tray'}?{faults}"})
    try:
        yield running.url
    finally:
        running.stop()
