"""Objects in memory: lost with the process, otherwise like any other object store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from threading import Lock

from dossiers.errors import RecordError


class MemoryObjectStore:
    """Implements ``dossiers.ports.ObjectStore``; may be used from several threads."""

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}
        self._lock = Lock()

    def put_once(self, content: bytes) -> str:
        """Stores bytes and returns their SHA-256 in lower-case hex."""
        key = hashlib.sha256(content).hexdigest()
        with self._lock:
            self._objects.setdefault(key, bytes(content))
        return key

    def get(self, key: str) -> bytes:
        """Returns the bytes; ``RecordError`` ``OBJECT_NOT_FOUND`` where there are none."""
        with self._lock:
            content = self._objects.get(key)
        if content is None:
            raise RecordError(
                "OBJECT_NOT_FOUND",
                vi="Không tìm thấy tệp này trong kho lưu trữ.",
                en=f"there is no object {key}",
            )
        return content

    def keys(self, after: str = "") -> Iterator[str]:
        """Keys of all objects, ascending, from the one after ``after``."""
        with self._lock:
            found = sorted(key for key in self._objects if key > after)
        return iter(found)

    def contains(self, key: str) -> bool:
        """Whether there is an object under the key."""
        with self._lock:
            return key in self._objects
