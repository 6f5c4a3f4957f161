"""A step that is done again and again by a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from dossiers.errors import ResourceError

_log = logging.getLogger(__name__)


class Ticker:
    """Does a step at once, then every so many seconds or when it is woken, until it is stopped.

    A store that is away is met again at the next step.

    Args:
        name: of the thread.
        step: what is done; may raise ``ResourceError``.
        seconds: between two steps.
    """

    def __init__(self, name: str, step: Callable[[], object], seconds: float) -> None:
        self._step = step
        self._seconds = seconds
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Does the next step now."""
        self._wake.set()

    def stop(self) -> None:
        """Ends after the step at hand; stopping what was never started is no error."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self._step()
            except ResourceError as trouble:
                _log.warning("%s: %s", self._thread.name, trouble.code)
            if not self._stopping.is_set():
                self._wake.wait(self._seconds)
