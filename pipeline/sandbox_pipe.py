"""Both pipes of a sandboxed child under one deadline, and a look at the child every second of waiting."""

from __future__ import annotations

import os
import select
import subprocess
import time
from typing import Final

from dossiers.errors import EngineError
from pipeline import crowd
from pipeline.sandbox_limits import SandboxLimits

#: Bytes moved at once between the processes; a pipe is made to hold as many where the kernel allows it.
STEP: Final = 1 << 20
#: Pieces from this size on are sent without being copied.
_LARGE: Final = 1 << 16
#: How often a child that is waited for is looked at, seconds.
_LOOK_SECONDS: Final = 1.0


class SandboxPipe:
    """Writes and reads without ever waiting beyond the deadline, whatever the child does.

    Args:
        process: the child.
        limits: how many processes and bytes of scratch it may have.
        scratch: its scratch folder.
        seconds: from now to the deadline.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], limits: SandboxLimits, scratch: str, seconds: float
    ) -> None:
        if process.stdin is None or process.stdout is None:
            raise EngineError("CRASHED", "the page process has no pipes")
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        self._pid = process.pid
        self._limits = limits
        self._scratch = scratch
        now = time.monotonic()
        self._deadline = now + seconds
        self._look_at = now + _LOOK_SECONDS
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    def extend(self, seconds: float) -> None:
        """Moves the deadline."""
        self._deadline += seconds

    def write(self, pieces: list[bytes]) -> None:
        """Sends all pieces.

        Raises:
            EngineError: TIMEOUT or CRASHED.
        """
        for piece in _joined(pieces):
            rest = memoryview(piece)
            while rest:
                self._check(time.monotonic())
                try:
                    rest = rest[os.write(self._in, rest[:STEP]) :]
                except BlockingIOError:
                    self._wait(self._in, select.POLLOUT)
                except OSError as error:
                    raise EngineError("CRASHED", "the page process ended") from error

    def read(self, length: int) -> bytes:
        """Receives so many bytes, fewer where the child ended.

        Raises:
            EngineError: TIMEOUT or CRASHED.
        """
        parts: list[bytes] = []
        missing = length
        while missing:
            self._check(time.monotonic())
            try:
                part = os.read(self._out, min(STEP, missing))
            except BlockingIOError:
                self._wait(self._out, select.POLLIN)
                continue
            except OSError as error:
                raise EngineError("CRASHED", "the page process ended") from error
            if not part:
                break
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _wait(self, pipe: int, event: int) -> None:
        """Waits until the pipe lets bytes through, or has ended: then the next call says so."""
        poll = select.poll()
        try:
            poll.register(pipe, event)
        except (ValueError, OSError) as error:
            raise EngineError("CRASHED", "the page process was ended") from error
        now = time.monotonic()
        while not poll.poll(max(0.0, 1000 * (min(self._deadline, self._look_at) - now))):
            now = time.monotonic()
            self._check(now)

    def _check(self, now: float) -> None:
        if now >= self._look_at:
            self._look()
            self._look_at = now + _LOOK_SECONDS
        if now >= self._deadline:
            raise EngineError("TIMEOUT", "the page took too long")

    def _look(self) -> None:
        if crowd.count_below(self._pid) > self._limits.processes:
            raise EngineError("CRASHED", "the page process started too many programs")
        if crowd.bytes_in(self._scratch) > self._limits.scratch_bytes:
            raise EngineError("CRASHED", "the page process filled its scratch folder")


def _joined(pieces: list[bytes]) -> list[bytes]:
    """Heads and lengths in one piece; what is large is not copied."""
    joined: list[bytes] = []
    small: list[bytes] = []
    for piece in pieces:
        if len(piece) < _LARGE:
            small.append(piece)
        else:
            joined += [b"".join(small), piece]
            small = []
    return [*joined, b"".join(small)]
