"""Which piece of work the present thread is at: ties the lines of a log together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

#: An id without personal data, or empty.
_TRACE: Final[ContextVar[str]] = ContextVar("trace", default="")


@contextmanager
def tracing(trace_id: str) -> Iterator[None]:
    """Everything logged within the block carries this id.

    Args:
        trace_id: of a task or a request; never made of personal data.
    """
    token = _TRACE.set(trace_id)
    try:
        yield
    finally:
        _TRACE.reset(token)


def trace_id() -> str:
    """The id of the work at hand; empty where there is none."""
    return _TRACE.get()
