"""Both pipes of a sandboxed child under one deadline, and a look at the child every second of waiting."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from typing import Final

from dossiers.errors import EngineError
from pipeline import crowd
from pipeline.sandbox_limits import SandboxLimits

#: Bytes moved at once between the processes.
_STEP: Final = 1 << 16
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
        """Receives so many bytes, fewer where the child ended.

        Raises:
            EngineError: TIMEOUT or CRASHED.
        """
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
        with selectors.DefaultSelector() as selector:
            try:
                selector.register(pipe, event)
            except (ValueError, OSError) as error:
                raise EngineError("CRASHED", "the page process was ended") from error
            while True:
                now = time.monotonic()
                if now >= self._look_at:
                    self._look()
                    self._look_at = now + _LOOK_SECONDS
                if now >= self._deadline:
                    raise EngineError("TIMEOUT", "the page took too long")
                if selector.select(min(self._deadline, self._look_at) - now):
                    return

    def _look(self) -> None:
        if crowd.count_below(self._pid) > self._limits.processes:
            raise EngineError("CRASHED", "the page process started too many programs")
        if crowd.bytes_in(self._scratch) > self._limits.scratch_bytes:
            raise EngineError("CRASHED", "the page process filled its scratch folder")
