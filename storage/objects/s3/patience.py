"""Tries again what may pass by itself, with pauses drawn at random, until the deadline."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final, TypeVar

from dossiers.errors import SohoaError
from storage.objects.s3.deadline import Deadline

#: Longest first pause and longest pause at all, seconds; they double in between.
FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 5.0
#: What passes by itself within seconds; space, keys and buckets wait for a person.
_PASSING: Final = frozenset({"STORE_UNAVAILABLE"})

_Result = TypeVar("_Result")
_DICE: Final = random.SystemRandom()


class Patience:
    """What is known of a server that may come back; any number of threads may share it.

    Rule: whoever waited for it until the deadline has waited for all: until it answers again, every operation
    tries once and says at once that it is away. So no feeder stands still while a store is away for long.
    """

    def __init__(self) -> None:
        self._is_away = False

    def do(self, work: Callable[[], _Result], deadline: Deadline) -> _Result:
        """Does the work, again and again while it fails in a way that may pass.

        Full jitter: each pause is drawn between nothing and twice the last longest one, so that many clients
        of a server that comes back do not come at once.

        Raises:
            SohoaError: the last one, at the deadline; the first that does not pass by itself; any while the
                server is known to be away.
        """
        longest = FIRST_PAUSE
        while True:
            try:
                result = work()
            except SohoaError as trouble:
                pause = _DICE.uniform(0, longest)
                if trouble.code not in _PASSING:
                    self._is_away = False  # it has answered
                    raise
                if self._is_away or pause >= deadline.left():
                    self._is_away = True
                    raise
            else:
                self._is_away = False
                return result
            time.sleep(pause)
            longest = min(LONGEST_PAUSE, longest * 2)
