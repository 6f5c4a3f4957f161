"""Where bytes are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class ObjectStore(Protocol):
    """Keeps immutable bytes under their SHA-256 (C1, C2)."""

    def put_once(self, content: bytes) -> str:
        """Stores bytes durably and returns their key, SHA-256 in lower-case hex.

        When it returns, the bytes have been read back. Putting the same bytes again changes nothing.
        """
        ...

    def get(self, key: str) -> bytes:
        """Returns the bytes, checked against their key; may be repeated.

        Raises:
            RecordError: ``OBJECT_NOT_FOUND``, no such object.
            IntegrityError: the stored bytes are not those that were put.
        """
        ...

    def contains(self, key: str) -> bool:
        """Whether there is an object under the key; does not check its bytes."""
        ...

    def keys(self, after: str = "") -> Iterator[str]:
        """Keys of all objects, ascending, after ``after``; what is put meanwhile may be missed."""
        ...
