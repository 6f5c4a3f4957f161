"""One run of ``scanimage --batch`` that takes the next page only when told.

The program asks for a key before every page; we press it when the next page is wanted. It writes a page
into a file beside the final one, renames it when all of it is there, then prints the name: half a page
never has a name. If we are killed, its standard input ends and so does its batch.
"""

from __future__ import annotations

import contextlib
import queue
import re
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from scanners.drivers.program import kill, start

#: How often the growth of a page is looked at, seconds.
_LOOK_SECONDS: Final = 0.05
#: How long the program may take to end in order, seconds.
_END_SECONDS: Final = 3.0
#: How the program tells why pages stopped.
_TOLD: Final = re.compile(r"^scanimage: sane_\w+: (.+)$")
#: Most lines of its complaints that are kept, the last ones: it says a line or two for every page.
_MAX_LINES: Final = 200


class Stalled(Exception):
    """No byte came for too long; the program has been killed."""


class Batch:
    """Pages of one run, one at a time. ``stop`` may be called from any thread.

    Args:
        command: ``scanimage`` with the device and its values.
        environment: variables for it.
        folder: an empty private folder for the page.
        first_seconds: longest time until the first byte of a page.
        stall_seconds: longest pause inside a page.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        *,
        first_seconds: float,
        stall_seconds: float,
    ) -> None:
        pattern = str(folder / "page-").replace("%", "%%") + "%d.pnm"
        batch = [f"--batch={pattern}", "--batch-print", "--batch-prompt", "--format=pnm"]
        self._process = start([*command, *batch], environment)
        self._folder = folder
        self._first_seconds = first_seconds
        self._stall_seconds = stall_seconds
        self._asked = 0
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._complaints: deque[str] = deque(maxlen=_MAX_LINES)
        self._words = ""
        self._readers = (
            threading.Thread(target=self._read_pages, daemon=True),
            threading.Thread(target=self._read_complaints, daemon=True),
        )
        for reader in self._readers:
            reader.start()

    def next_page(self) -> bytes | None:
        """Asks for the next page and waits for all of it; ``None`` when the run is over.

        Raises:
            Stalled: it does not come.
        """
        self._asked += 1
        if not self._press_key():
            self._await_end()
            return None
        path = self._await_page(self._folder / f"page-{self._asked}.pnm.part")
        if path is None:
            self._await_end()
            return None
        content = path.read_bytes()
        path.unlink()
        return content

    @property
    def status(self) -> int:
        """Exit status of the program once ``next_page`` said ``None``: one of SANE's, negative if it hung."""
        return self._process.returncode or 0

    @property
    def words(self) -> str:
        """SANE's words for why pages stopped, as soon as the program has told them; empty before."""
        return self._words

    @property
    def complaints(self) -> str:
        """What the program complained of."""
        return "\n".join(tuple(self._complaints))

    def interrupt(self) -> None:
        """Tells the device to stop, from any thread; the page it is at is thrown away."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGINT)

    def end(self) -> None:
        """Ends the run in order if it still runs: no more sheets, then the device is closed."""
        if self._process.poll() is None:
            with contextlib.suppress(OSError):
                self._stdin.close()
            self._await_end()
        self._close_pipes()

    def _press_key(self) -> bool:
        try:
            self._stdin.write("\n")
            self._stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    @property
    def _stdin(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _await_page(self, growing: Path) -> Path | None:
        size, moved = -1, time.monotonic()
        while True:
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=_LOOK_SECONDS)
                return None if line is None else Path(line)
            grown = _size(growing)
            if grown != size:
                size, moved = grown, time.monotonic()
            if self.words and time.monotonic() - moved > _END_SECONDS:
                kill(self._process)  # some drivers hang when they are to stop after trouble
                return None
            patience = self._stall_seconds if size > 0 else self._first_seconds
            if time.monotonic() - moved > patience:
                kill(self._process)
                raise Stalled

    def _await_end(self) -> None:
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.interrupt()
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                kill(self._process)
        for reader in self._readers:
            reader.join(_END_SECONDS)

    def _close_pipes(self) -> None:
        for reader in self._readers:
            reader.join(_END_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _read_pages(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(str(self._folder)):
                self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def _read_complaints(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._complaints.append(line.rstrip("\n"))
            told = _TOLD.search(line.rstrip("\n"))
            if told is not None and not self._words:
                self._words = told[1]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
