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


def patiently(work: Callable[[], _Result], deadline: Deadline) -> _Result:
    """Does the work, again and again while it fails in a way that may pass.

    Full jitter: each pause is drawn between nothing and twice the last longest one, so that many clients of a
    server that comes back do not come at once.

    Raises:
        SohoaError: the last one, at the deadline, or the first that does not pass by itself.
    """
    longest = FIRST_PAUSE
    while True:
        try:
            return work()
        except SohoaError as trouble:
            pause = _DICE.uniform(0, longest)
            if not _may_pass(trouble) or pause >= deadline.left():
                raise
        time.sleep(pause)
        longest = min(LONGEST_PAUSE, longest * 2)


def _may_pass(trouble: SohoaError) -> bool:
    return trouble.code in _PASSING
