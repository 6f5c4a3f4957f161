"""Whether a failed task is tried again, and when: one function of the class of the error."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from dossiers.errors import EngineError, ResourceError, SohoaError, StoreInDoubt
from dossiers.tasks import MAX_STARTS, Lease

#: Pause before the second try of a page whose engine failed.
_ENGINE_PAUSE: Final = timedelta(seconds=1)
#: A store that is away is asked again after this pause; work goes on as soon after it came back.
_RESOURCE_PAUSE: Final = timedelta(seconds=15)


def pause_before_retry(error: SohoaError, lease: Lease) -> timedelta | None:
    """Returns how long to wait before the next start, or ``None`` to give the task up.

    A store that is away, or that only a new process may use again, says nothing about the page: it is waited
    for without end, and its starts are not counted. An engine that fails is given ``MAX_STARTS`` starts in
    all, then the page goes to a person.
    """
    starts = lease.starts - lease.interruptions
    if isinstance(error, StoreInDoubt):
        return _RESOURCE_PAUSE
    if not error.retryable:
        return None
    if isinstance(error, EngineError):
        return _ENGINE_PAUSE if starts < MAX_STARTS else None
    if isinstance(error, ResourceError):
        return _RESOURCE_PAUSE
    return timedelta(0)
