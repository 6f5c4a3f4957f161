"""The port behind which every source of pages stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from dossiers.errors import InputCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """Bytes as they left the source: one scanned side, or a file that holds one page or many.

    Attributes:
        sequence: 0-based place in the stream.
        name: what people know it by, for example a file name; never used as a path.
        content: the bytes, unaltered.
    """

    sequence: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Something that stood in the stream and could not be taken; the stream goes on."""

    sequence: int
    name: str
    reason: InputCode


class ScannerDriver(Protocol):
    """A source of pages."""

    @property
    def name(self) -> str:
        """What people call this source."""
        ...

    def expected(self) -> int | None:
        """How many items are to come, where the source knows."""
        ...

    def scan(self) -> Iterator[RawPage | Unreadable]:
        """Yields items in order as they become available.

        Raises:
            DeviceError: the source itself failed; what was yielded before is good.
        """
        ...

    def close(self) -> None:
        """Frees the source; closing twice is no error."""
        ...
