"""How far a long copy is, told on standard error now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sohoa.cli.session import Session

#: Objects between two remarks where the output is no terminal.
_STEP: Final = 1000


@contextmanager
def counted(session: Session, key: str) -> Iterator[Callable[[str, int], None]]:
    """Gives a function that takes a kind of objects and how many there are so far."""
    if not session.err.is_terminal:
        yield (
            lambda kind, count: (
                session.remark(key, kind=session.messages.say(f"kind_{kind}"), count=count)
                if count % _STEP == 0
                else None
            )
        )
        return
    with session.err.status(session.messages.say(key, kind="", count="")) as status:
        yield lambda kind, count: status.update(
            session.messages.say(key, kind=session.messages.say(f"kind_{kind}"), count=count)
        )
