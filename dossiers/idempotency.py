"""Requests of programs that were answered: the same request again gets the same answer, not a second effect.

Rule: a key is reserved before the work begins. Where the program dies in between, the key is free again after
a while; what is opened or received with the key is the same opening or receipt even then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

#: Answers are kept so long.
KEPT_FOR: Final = timedelta(hours=24)
#: A key that was reserved so long ago without an answer is free again.
RESERVED_FOR: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """The answer to one request.

    Attributes:
        key: hash of the account and the key that the program chose.
        request_hash: hash of method, path and body.
        status: HTTP status; 0 while the work goes on.
        body: JSON; empty while the work goes on.
        at: when the key was reserved, UTC.
    """

    key: str
    request_hash: str
    status: int
    body: str
    at: datetime

    @property
    def is_pending(self) -> bool:
        """Whether the work has not ended."""
        return self.status == 0


class KeptAnswers(Protocol):
    """Answers that are kept; part of ``dossiers.ports.UnitOfWork``."""

    def find(self, key: str) -> KeptAnswer | None:
        """Returns what is kept under a key."""
        ...

    def put(self, answer: KeptAnswer) -> None:
        """Keeps an answer in place of what was kept under its key."""
        ...

    def forget(self, key: str) -> None:
        """Frees a key; one that is free is no error."""
        ...

    def sweep(self, before: datetime) -> int:
        """Forgets what was reserved before a moment; returns how many."""
        ...
