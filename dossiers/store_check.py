"""What an object store says about itself when an administrator asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFinding:
    """One thing that was looked at.

    Attributes:
        subject: what, in English: ``create once``.
        found: how it is; ``None`` where it is not as it must or should be.
        is_required: whether objects are unsafe without it.
        remedy: what to do where it is not.
    """

    subject: str
    found: str | None
    is_required: bool
    remedy: str


@runtime_checkable
class ExaminedStore(Protocol):
    """A store that stands on a server and can try it out."""

    def examine(self) -> Sequence[StoreFinding]:
        """Tries the server out; leaves no more behind than a few bytes. Never raises for what it finds."""
        ...


@runtime_checkable
class PreparedStore(Protocol):
    """A store whose place must be made before the first object."""

    def prepare(self) -> None:
        """Makes the place; may be repeated.

        Raises:
            ResourceError: the server cannot be reached or refuses.
        """
        ...


@runtime_checkable
class MendableStore(Protocol):
    """A store in which a damaged or missing object can be given its bytes again."""

    def mend(self, content: bytes) -> str:
        """Stores bytes durably under their key in place of others, reads them back and returns the key.

        An object that has these bytes is left as it is; may be repeated.

        Raises:
            ResourceError: nothing is mended for sure.
        """
        ...
