"""What is done with a page while the device takes the next one: judging it and handing it on.

Rule: in order, one piece at a time, and never more than a few pages ahead: a device that is quicker than the
centre waits for it. What failed is told to whoever feeds, at the next piece or at the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Protocol

Work = Callable[[], None]
#: Pages that wait to be judged: each is in memory until then.
_MOST_WAITING: Final = 4


class Behind(Protocol):
    """Does pieces of work in order."""

    def submit(self, work: Work) -> None:
        """Has it done; raises what an earlier piece raised, and nothing behind that piece was done then."""
        ...

    def settle(self) -> None:
        """Returns when everything was done; raises what a piece raised."""
        ...


class AtOnce:
    """Does every piece before it returns: the device waits."""

    def submit(self, work: Work) -> None:
        """Does it."""
        work()

    def settle(self) -> None:
        """Nothing is ever left."""


class BehindTheFeeder:
    """Does the pieces in one thread that lives until ``close``: page processes are its children."""

    def __init__(self, most_waiting: int = _MOST_WAITING) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="behind-the-feeder")
        self._waiting: deque[Future[None]] = deque()
        self._most_waiting = most_waiting
        self._has_failed = False

    def submit(self, work: Work) -> None:
        """Has it done behind what was asked before; waits while too much is waiting."""
        while self._waiting and (len(self._waiting) >= self._most_waiting or self._waiting[0].done()):
            self._await_oldest()
        self._waiting.append(self._thread.submit(self._do, work))

    def settle(self) -> None:
        """Waits for everything."""
        while self._waiting:
            self._await_oldest()

    def close(self) -> None:
        """Ends the thread behind the piece that it is at; what waits is left undone."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _await_oldest(self) -> None:
        try:
            self._waiting.popleft().result()
        except BaseException:
            for left in self._waiting:
                left.cancel()
            self._thread.submit(self._forget).result()  # the piece at work has seen the failure
            self._waiting.clear()
            raise

    def _do(self, work: Work) -> None:
        if self._has_failed:
            return
        try:
            work()
        except BaseException:
            self._has_failed = True
            raise

    def _forget(self) -> None:
        self._has_failed = False
