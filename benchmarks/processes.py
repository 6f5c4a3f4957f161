"""What a process costs: wall seconds, CPU seconds of it and its children, peak memory."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

#: Seconds between two looks at the memory of a running process.
_LOOK: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A process that ended.

    Attributes:
        exit_code: negative where a signal ended it.
        wall_seconds: from start to end.
        cpu_seconds: user and system time of the process and everything it waited for.
        messages: the end of what it wrote to standard error.
    """

    exit_code: int
    wall_seconds: float
    cpu_seconds: float
    messages: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakMemory:
    """Peak resident memory in bytes.

    Attributes:
        started: of the process that was started itself.
        largest: of the largest of its descendants; 0 where it had none.
        together: largest sum over the tree at one moment; pages that processes share count each time.
    """

    started: int
    largest: int
    together: int


def run_measured(command: Sequence[str], environment: Mapping[str, str], timeout_seconds: float) -> Finished:
    """Runs a program in a process group of its own, which is killed at the timeout or on interruption."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = _start(command, environment, errors.fileno())
        alarm = threading.Timer(timeout_seconds, _kill, [process])
        alarm.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            alarm.cancel()
            _kill(process)
        seconds = time.monotonic() - started
        errors.seek(0)
        messages = errors.read().decode("utf-8", "replace")
    return Finished(
        exit_code=process.returncode,
        wall_seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        messages=messages[-2000:].strip(),
    )


def watch_memory(command: Sequence[str], environment: Mapping[str, str]) -> PeakMemory:
    """Runs a program and watches the memory of its whole tree; slows it a little, so no time is taken."""
    process = _start(command, environment, subprocess.DEVNULL)
    peaks: dict[int, int] = {}
    together = 0
    try:
        while process.poll() is None:
            with suppress(psutil.NoSuchProcess):
                tree = [
                    process.pid,
                    *(child.pid for child in psutil.Process(process.pid).children(recursive=True)),
                ]
                together = max(together, sum(resident(pid) for pid in tree))
                for pid in tree:
                    peaks[pid] = max(peaks.get(pid, 0), peak_resident(pid))
            time.sleep(_LOOK)
    finally:
        _kill(process)
    others = [peak for pid, peak in peaks.items() if pid != process.pid]
    return PeakMemory(started=peaks.get(process.pid, 0), largest=max(others, default=0), together=together)


def children_cpu_seconds() -> float:
    """User and system time of this process's living descendants and of those that they waited for."""
    seconds = 0.0
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            times = child.cpu_times()
            seconds += times.user + times.system + times.children_user + times.children_system
    return seconds


def children_peak_bytes() -> int:
    """Peak resident memory of the largest of this process's living descendants."""
    children = psutil.Process().children(recursive=True)
    return max((peak_resident(child.pid) for child in children), default=0)


def peak_resident(pid: int) -> int:
    """Highest resident memory of a process since its program started, in bytes; 0 if it is gone."""
    return _from_status(pid, "VmHWM:")


def resident(pid: int) -> int:
    """Resident memory of a process now, in bytes; 0 if it is gone."""
    return _from_status(pid, "VmRSS:")


def _from_status(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0


def _start(command: Sequence[str], environment: Mapping[str, str], errors: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=dict(environment),
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
