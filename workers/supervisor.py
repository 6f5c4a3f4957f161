"""Keeping worker processes alive: one that dies is started again, one that cannot work ends them all.

Dramatiq's own master ends every process when one is killed; ours does not. A step without a clock or a
thread of its own: the caller repeats it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from dossiers.errors import ConfigurationError

#: A process that lived for less is not started again at once, seconds.
_SHORT_LIFE: Final = 10.0
#: Pause before it is started again, seconds; doubled each time.
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0

_log = logging.getLogger(__name__)


class Child(Protocol):
    """A worker process."""

    def poll(self) -> int | None:
        """Its exit code once it has ended; negative: the signal that killed it."""
        ...

    def drain(self) -> None:
        """Asks it to finish what it is at and to end; repeating it is no error."""
        ...

    def kill(self) -> None:
        """Ends it at once; repeating it is no error."""
        ...


@dataclass(slots=True)
class _Place:
    child: Child | None = None
    started: float = 0.0
    next_start: float = 0.0
    pause: float = _FIRST_PAUSE


class Supervisor:
    """Keeps so many processes.

    Args:
        spawn: starts the process of a place, 0 to ``count`` - 1.
        count: how many.
        now: seconds since any moment.
    """

    def __init__(self, spawn: Callable[[int], Child], count: int, now: Callable[[], float]) -> None:
        self._spawn = spawn
        self._now = now
        self._places = [_Place() for _ in range(count)]
        self._is_draining = False
        #: How often a process was started again after it had died.
        self.restarts = 0

    def step(self) -> None:
        """Starts what is missing.

        Raises:
            ConfigurationError: ``WORKER_CANNOT_WORK``, a process says that a setting or a tool is missing;
                the others are to be ended.
        """
        for number, place in enumerate(self._places):
            self._look_after(number, place)

    def drain(self) -> None:
        """Asks all to end after what they are at; none is started any more."""
        self._is_draining = True
        for place in self._places:
            if place.child is not None:
                place.child.drain()

    def kill(self) -> None:
        """Ends all at once; none is started any more."""
        self._is_draining = True
        for place in self._places:
            if place.child is not None:
                place.child.kill()

    @property
    def alive(self) -> int:
        """How many are running."""
        return sum(place.child is not None and place.child.poll() is None for place in self._places)

    def _look_after(self, number: int, place: _Place) -> None:
        now = self._now()
        if place.child is not None:
            code = place.child.poll()
            if code is None:
                return
            place.child = None
            if self._is_draining:
                return
            if code == ConfigurationError.exit_code:
                raise _cannot_work()
            self._note_death(place, code, now)
        if not self._is_draining and now >= place.next_start:
            place.child, place.started = self._spawn(number), now

    def _note_death(self, place: _Place, code: int, now: float) -> None:
        self.restarts += 1
        if now - place.started >= _SHORT_LIFE:
            place.pause, place.next_start = _FIRST_PAUSE, now
        else:
            place.next_start = now + place.pause
            place.pause = min(2 * place.pause, _LONGEST_PAUSE)
        _log.error("a worker process ended with code %d and is started again", code)


def _cannot_work() -> ConfigurationError:
    return ConfigurationError(
        "WORKER_CANNOT_WORK",
        vi="Tiến trình xử lý không chạy được vì thiếu công cụ hoặc thiết lập sai; hãy chạy sohoa doctor.",
        en="a worker process cannot work: a tool is missing or a setting is wrong",
        hint="run: sohoa doctor",
    )
