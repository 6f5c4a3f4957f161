"""Starting programs in the background and ending them again, by their numbers."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import psutil


def end(*pid_files: Path, seconds: float = 10) -> None:
    """Ends the processes whose numbers stand in the files: asked first, killed where that takes too long."""
    processes = [each for path in pid_files if (each := find(path)) is not None]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _gone, alive = psutil.wait_procs(processes, timeout=seconds)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(alive, timeout=seconds)


def await_file(path: Path, seconds: float) -> None:
    """Waits until a program has made a file."""
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} was not made in {seconds} s"
        os.sched_yield()
        time.sleep(0.05)


def find(path: Path) -> psutil.Process | None:
    """The process whose number stands in a file; ``None`` where it has ended.

    Numbers come round within minutes where much is started, threads count too, and a signal to the number of
    a thread ends its whole process: whoever began after the file was written is somebody else.
    """
    with contextlib.suppress(OSError, ValueError, psutil.NoSuchProcess):
        found = psutil.Process(int(path.read_text().strip()))
        return found if found.create_time() <= path.stat().st_mtime + 1 else None
    return None
