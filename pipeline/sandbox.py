"""Long-lived child processes that decode untrusted bytes with few rights and little of everything.

A child that takes too long or dies takes only the page it was at with it: its whole process group is
killed, the caller gets an ``EngineError``, and the next request starts a fresh child.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dossiers.errors import ConfigurationError, EngineError, InputCode, InputError
from pipeline import crowd
from pipeline.confine import NOT_CONFINED
from pipeline.frames import WORK, Frame, Head, packed, text_of, unpacked
from pipeline.sandbox_limits import SandboxLimits
from pipeline.sandbox_pipe import STEP, SandboxPipe


class Sandbox:
    """One child at a time; use it from one thread, ``close`` from any.

    The kernel kills the child when the thread that started it ends: keep the thread, or expect a restart.

    Args:
        command: program and arguments of the child, which calls ``pipeline.child.serve``.
        limits: what it may use.
    """

    def __init__(self, command: Sequence[str], limits: SandboxLimits | None = None) -> None:
        self._command = tuple(command)
        self._limits = limits or SandboxLimits()
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch = ""
        self._served = 0
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, request: Frame) -> Frame:
        """Sends a request and returns the answer.

        Raises:
            InputError: the child refused the bytes.
            EngineError: TIMEOUT, CRASHED, BAD_OUTPUT, or what the child's engine reported.
            ConfigurationError: NOT_CONFINED, the kernel cannot confine the child.
        """
        process = self._ready()
        seconds = self._limits.timeout_seconds + (0 if self._served else self._limits.start_seconds)
        try:
            pipe = SandboxPipe(process, self._limits, self._scratch, seconds)
            answer = _exchange(pipe, request, self._limits)
        except EngineError as trouble:
            self._kill()
            if process.returncode == NOT_CONFINED and not self._served:
                raise not_confined() from trouble
            raise
        self._served += 1
        if self._served >= self._limits.pages_per_child:
            self._kill()
        else:
            crowd.empty(self._scratch)
        _raise_reported(answer)
        return answer

    def start(self) -> None:
        """Starts the child ahead of the first request; it is the child of this thread."""
        with contextlib.suppress(EngineError):  # closed meanwhile: whoever asks is told
            self._ready()

    def close(self) -> None:
        """Ends the child, even at work; closing twice is no error. A closed sandbox starts no other child."""
        self._closed = True
        self._kill()

    @property
    def pid(self) -> int | None:
        """Process id of the living child, and of its process group; ``None`` where there is none."""
        process = self._process
        return process.pid if process is not None and _is_alive(process) else None

    def _ready(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise EngineError("CLOSED", "the sandbox was closed")
            process = self._process
            if process is not None and _is_alive(process):
                return process
        self._kill()
        with self._lock:
            self._process = self._start()
            self._served = 0
            return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        self._scratch = tempfile.mkdtemp(prefix="sohoa-page-")
        process = subprocess.Popen(
            confined(self._command, self._limits, self._scratch),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env=self._environment(),
        )
        _widen(process)
        return process

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in _KEPT_NAMES}
        # One thread a page, pages in parallel: threads of libraries would take turns with the other children.
        return {
            **kept,
            "OMP_THREAD_LIMIT": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "OPENCV_FOR_THREADS_NUM": "1",
            **_KEPT_MEMORY,
            "TMPDIR": self._scratch,
            "HOME": self._scratch,
            "SOHOA_READABLE": ":".join((*self._limits.readable, *_own_places())),
            "PYTHONPATH": ":".join(_own_places()),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _kill(self) -> None:
        with self._lock:
            process, self._process = self._process, None
            scratch, self._scratch = self._scratch, ""
        if process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)


def _is_alive(process: subprocess.Popen[bytes]) -> bool:
    """Whether a child still runs; one that has ended keeps its number until ``_kill``.

    Were the number free, the group that ``_kill`` ends could be that of somebody who was given it since.
    """
    with contextlib.suppress(ChildProcessError):
        told = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return process.returncode is None and told is None
    return False


def confined(command: Sequence[str], limits: SandboxLimits, scratch: str) -> list[str]:
    """Returns the command that gives its rights up and becomes the one named; see ``pipeline.confine``."""
    wishes = {
        "memory_bytes": limits.memory_bytes,
        "open_files": limits.open_files,
        "file_bytes": limits.file_bytes,
        "cpu_seconds": limits.cpu_seconds,
        "processes": limits.processes,
        "scratch": scratch,
        "parent": os.getpid(),
        "unsafe": limits.unsafe,
        "niceness": limits.niceness,
    }
    return [sys.executable, "-P", "-m", "pipeline.confine", json.dumps(wishes), "--", *command]


def not_confined() -> ConfigurationError:
    """The kernel cannot confine a page process, and nobody said that this may be (S21)."""
    return ConfigurationError(
        "NOT_CONFINED",
        vi="Máy này không cô lập được tiến trình đọc tệp nên hệ thống không nhận tệp; hãy chạy sohoa doctor.",
        en="this machine cannot confine the process that reads files, so that no file is read",
        hint="a Linux kernel with Landlock (5.13) and seccomp; or the setting unsafe_sandbox = true",
    )


#: Pictures come and go a hundred times a page: memory that is kept is not cleared anew by the kernel each
#: time, which costs time and slows the other children down (glibc: largest block in the heap, kept memory).
_KEPT_MEMORY: Final = {
    "MALLOC_MMAP_THRESHOLD_": str(64 * 1024 * 1024),
    "MALLOC_TRIM_THRESHOLD_": str(256 * 1024 * 1024),
}
#: Variables that a child keeps; everything else, secrets included, stays with the parent.
_KEPT_NAMES: Final = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TZ")


def _own_places() -> tuple[str, ...]:
    """Returns the folders that this process imports from: the child imports the same code."""
    return tuple(
        dict.fromkeys(str(Path(place).resolve()) for place in sys.path if place and Path(place).exists())
    )


def _widen(process: subprocess.Popen[bytes]) -> None:
    """Lets a whole page through at once: else the two processes take turns for every 64 KiB of it."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # the user has had his share of such pipes
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, STEP)


def _exchange(pipe: SandboxPipe, request: Frame, limits: SandboxLimits) -> Frame:
    pipe.write(packed(request))
    answer = _received(pipe)
    if WORK in answer.head:
        # Only once: a child that keeps asking for time gets no more than the most.
        times = min(limits.most_work, max(1.0, _factor(answer.head)))
        pipe.extend((times - 1.0) * limits.timeout_seconds)
        answer = _received(pipe)
    if WORK in answer.head:
        raise EngineError("BAD_OUTPUT", "the page process asked for time twice")
    return answer


def _received(pipe: SandboxPipe) -> Frame:
    answer = unpacked(pipe.read)
    if answer is None:
        raise EngineError("CRASHED", "the page process ended")
    return answer


def _factor(head: Head) -> float:
    """Reads how much work the child sees; NaN and what is no number count as usual work."""
    value = head.get(WORK)
    return float(value) if isinstance(value, (int, float)) and value > 1 else 1.0


def _raise_reported(answer: Frame) -> None:
    """Raises again here what the child raised there, by its code."""
    error = answer.head.get("error")
    if error is None:
        return
    code, hint = text_of(answer.head, "code"), text_of(answer.head, "hint")
    if error == "input" and code in InputCode.__members__:
        raise InputError(InputCode(code), hint)
    if error == "configuration":
        vi, en = text_of(answer.head, "vi"), text_of(answer.head, "en")
        raise ConfigurationError(code, vi=vi, en=en, hint=hint)
    raise EngineError(code, hint)
