"""Long-lived child processes that decode untrusted bytes with few rights and little of everything.

A child that takes too long or dies takes only the page it was at with it: its whole process group is
killed, the caller gets an ``EngineError``, and the next request starts a fresh child.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dossiers.errors import ConfigurationError, EngineError, InputCode, InputError
from pipeline.frames import WORK, Frame, Head, packed, text_of, unpacked

#: Bytes moved at once between the processes.
_STEP: Final = 1 << 16
_CONFINE: Final = Path(__file__).with_name("confine.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxLimits:
    """What one child may use.

    Attributes:
        memory_bytes: address space; libraries and models alone map about 1 GiB.
        timeout_seconds: wall-clock time of one request of usual work.
        most_work: a child may say once that a request is more work than usual; it gets as many times the
            time, at most so many times: 4 stay within the ten minutes that a page is leased for.
        start_seconds: added to the first request of a fresh child, which loads its model then.
        open_files: file descriptors.
        file_bytes: size of one file that it may write into its scratch folder.
        pages_per_child: requests after which a child is replaced, so that no leak grows for days.
        readable: further folders that it may read, for example where language data lies.
    """

    memory_bytes: int = 3 * 1024**3
    timeout_seconds: float = 120.0
    most_work: float = 4.0
    start_seconds: float = 30.0
    open_files: int = 128
    file_bytes: int = 512 * 1024**2
    pages_per_child: int = 500
    readable: tuple[str, ...] = ()


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
        """
        process = self._ready()
        start_seconds = 0 if self._served else self._limits.start_seconds
        try:
            answer = _exchange(process, request, self._limits, start_seconds)
        except EngineError:
            self._kill()
            raise
        self._served += 1
        if self._served >= self._limits.pages_per_child:
            self._kill()
        _raise_reported(answer)
        return answer

    def close(self) -> None:
        """Ends the child, even at work; closing twice is no error. A closed sandbox starts no other child."""
        self._closed = True
        self._kill()

    @property
    def pid(self) -> int | None:
        """Process id of the living child, and of its process group; ``None`` where there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def _ready(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise EngineError("CLOSED", "the sandbox was closed")
            process = self._process
            if process is not None and process.poll() is None:
                return process
        self._kill()
        with self._lock:
            self._process = self._start()
            self._served = 0
            return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        limits = self._limits
        self._scratch = tempfile.mkdtemp(prefix="sohoa-page-")
        confine = [
            sys.executable, str(_CONFINE), str(limits.memory_bytes), str(limits.open_files),
            str(limits.file_bytes), self._scratch, str(os.getpid()), "--", *self._command,
        ]  # fmt: skip
        return subprocess.Popen(
            confine,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env=self._environment(),
        )

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


def _exchange(
    process: subprocess.Popen[bytes], request: Frame, limits: SandboxLimits, start_seconds: float
) -> Frame:
    """Writes and reads without ever waiting beyond the deadline, whatever the child does."""
    pipe = _Pipe(process, time.monotonic() + limits.timeout_seconds + start_seconds)
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


def _received(pipe: _Pipe) -> Frame:
    answer = unpacked(pipe.read)
    if answer is None:
        raise EngineError("CRASHED", "the page process ended")
    return answer


def _factor(head: Head) -> float:
    """Reads how much work the child sees; NaN and what is no number count as usual work."""
    value = head.get(WORK)
    return float(value) if isinstance(value, (int, float)) and value > 1 else 1.0


class _Pipe:
    """Both pipes of a child under one deadline."""

    def __init__(self, process: subprocess.Popen[bytes], deadline: float) -> None:
        if process.stdin is None or process.stdout is None:
            raise EngineError("CRASHED", "the page process has no pipes")
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        self._deadline = deadline
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    def extend(self, seconds: float) -> None:
        """Moves the deadline."""
        self._deadline += seconds

    def write(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                self._wait(self._in, selectors.EVENT_WRITE)
                try:
                    rest = rest[os.write(self._in, rest[:_STEP]) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise EngineError("CRASHED", "the page process ended") from error

    def read(self, length: int) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            self._wait(self._out, selectors.EVENT_READ)
            try:
                part = os.read(self._out, min(_STEP, length - len(parts)))
            except BlockingIOError:
                continue
            except OSError as error:
                raise EngineError("CRASHED", "the page process ended") from error
            if not part:
                break
            parts += part
        return bytes(parts)

    def _wait(self, pipe: int, event: int) -> None:
        left = self._deadline - time.monotonic()
        with selectors.DefaultSelector() as selector:
            try:
                selector.register(pipe, event)
            except (ValueError, OSError) as error:
                raise EngineError("CRASHED", "the page process was ended") from error
            if left <= 0 or not selector.select(left):
                raise EngineError("TIMEOUT", "the page took too long")


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
