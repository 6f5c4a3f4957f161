"""How many requests an account or an address may send: a bucket that fills again as time passes (S11).

The counts are those of one process; several behind a proxy allow as many times more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Final

from dossiers.errors import AccessDenied

#: Most keys that are remembered; the longest unused one is forgotten first.
MOST_KEYS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What is allowed.

    Attributes:
        burst: requests at once.
        per_second: requests that come back each second.
    """

    burst: int
    per_second: float


#: A person with several screens open: each asks once a second, and loads pictures of pages.
PERSON: Final = Rate(burst=400, per_second=20)
PROGRAM: Final = Rate(burst=200, per_second=20)
#: Nobody signed in: the sign-in page, health.
ADDRESS: Final = Rate(burst=120, per_second=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bucket:
    left: float
    at: datetime


class Rates:
    """Counts requests; safe to call from several threads.

    Args:
        clock: tells the time.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def count(self, key: str, rate: Rate) -> None:
        """Counts a request.

        Raises:
            AccessDenied: TOO_MANY_REQUESTS; the hint is the number of seconds to wait.
        """
        now = self._clock()
        with self._lock:
            bucket = self._filled(key, rate, now)
            is_empty = bucket.left < 1
            self._buckets[key] = bucket if is_empty else replace(bucket, left=bucket.left - 1)
            self._buckets.move_to_end(key)
            if len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
        if is_empty:
            raise _too_many(1 + int((1 - bucket.left) / rate.per_second))

    def _filled(self, key: str, rate: Rate, now: datetime) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            return _Bucket(left=rate.burst, at=now)
        passed = max(0.0, (now - bucket.at).total_seconds())
        return _Bucket(left=min(rate.burst, bucket.left + passed * rate.per_second), at=now)


def _too_many(seconds: int) -> AccessDenied:
    return AccessDenied(
        "TOO_MANY_REQUESTS",
        vi="Quá nhiều yêu cầu liên tiếp; hãy đợi một lát rồi thử lại.",
        en="too many requests; wait a moment, then try again",
        hint=str(seconds),
    )
