"""Processes whose system calls fail or kill them: forked from one that has loaded everything, then traced."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.faults import crash_ops
from tests.faults.forking import forking

FORKING = forking("tests.faults.crash_ops")
#: Calls that change a disk.
DURABLE = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "link", "linkat", "rename", "renameat", "renameat2",
    "unlink", "unlinkat", "ftruncate", "mkdir", "mkdirat", "rmdir", "fchmod",
)  # fmt: skip
_LINE = re.compile(r"^\d+ +(\w+)\((.*)")
_KILL = "signal=SIGKILL"
_FULL = (_KILL, "error=ENOSPC", "error=EDQUOT", "error=EIO")
_BROKEN = (_KILL, "error=EIO", "error=ENOSPC")
_ONLY_KILL = (_KILL, "error=EIO")


@dataclass(frozen=True)
class Point:
    """One call of a step, and what is done to it."""

    step: str
    call: str
    number: int
    fault: str

    @property
    def option(self) -> str:
        return f"--inject={self.call}:{self.fault}:when={self.number}"


@dataclass(frozen=True)
class Life:
    """How a traced process ended, and what it had said."""

    exit_code: int | None
    told: tuple[str, ...]


def points(strace: str, step: str, folder: Path) -> list[Point]:
    """Every call of an undisturbed step that changes something below the folder, with every fault for it."""
    log = folder.with_name(folder.name + ".log")
    life = run(strace, step, folder, f"--trace={','.join(DURABLE)}", "-y", f"--output={log}")
    if life.exit_code != 0:
        raise RuntimeError(f"{step} failed undisturbed: {life}")
    counts: dict[str, int] = {}
    found = []
    for line in log.read_text(errors="replace").splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        call, told = match.groups()
        counts[call] = counts.get(call, 0) + 1
        if str(folder) in told and (call != "openat" or "O_CREAT" in told):
            found += [Point(step, call, counts[call], fault) for fault in faults_of(call)]
    return found


def faults_of(call: str) -> Sequence[str]:
    """What can go wrong with a call."""
    if call in ("fsync", "fdatasync"):
        return _BROKEN
    return _ONLY_KILL if call.startswith(("unlink", "rmdir", "ftruncate", "fchmod")) else _FULL


def run(strace: str, step: str, folder: Path, *options: str) -> Life:
    """Does a step in a traced process."""
    goes, go = FORKING.Pipe(duplex=False)
    told, tells = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=crash_ops.main, args=(step, str(folder), goes, tells))
    process.start()
    goes.close()
    tells.close()
    if not told.poll(60) or told.recv() != crash_ops.AT_GATE:
        raise RuntimeError("the process did not begin")
    output = () if any(each.startswith("--output") for each in options) else ("--output=/dev/null",)
    tracer = subprocess.Popen(
        [strace, "-f", "-qqq", *output, *options, "-p", str(process.pid)], stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_traced(process, tracer)
        go.send(None)
        said = _said(told)
        process.join(60)
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        tracer.wait()
        go.close()
        told.close()
    return Life(process.exitcode, tuple(said))


def _wait_until_traced(process: BaseProcess, tracer: subprocess.Popen[bytes]) -> None:
    status = Path(f"/proc/{process.pid}/status")
    deadline = time.monotonic() + 30
    while "TracerPid:\t0\n" in status.read_text():
        if tracer.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the process cannot be traced")
        time.sleep(0.001)


def _said(told) -> list[str]:
    said: list[str] = []
    try:
        while True:
            said.append(told.recv())
    except (EOFError, OSError):
        return said
