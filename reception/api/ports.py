"""What the interface for programs needs besides the desk's services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that arrives in pieces.

    Attributes:
        upload_id: names it; random.
        account_id: who sends it.
        dossier_id: where it goes.
        name: what people call the file; never used as a path.
        size: bytes when it is whole, 1 to 200 MiB.
        sha256: of the whole, lower-case hex.
        offset: bytes that have arrived and are durable.
        begun_at: UTC.
    """

    upload_id: str
    account_id: str
    dossier_id: str
    name: str
    size: int
    sha256: str
    offset: int
    begun_at: datetime


class UploadSpool(Protocol):
    """Keeps pieces of files until they are whole, on a disk of this machine."""

    def begin(self, upload: Upload) -> None:
        """Makes room for a file.

        Raises:
            InputError: LIMIT_EXCEEDED, the account has too many unfinished ones, or too large ones.
            ResourceError: the spool is unavailable.
        """
        ...

    def find(self, upload_id: str) -> Upload | None:
        """Returns an unfinished file; ``None`` where there is none, or no longer."""
        ...

    def append(self, upload_id: str, offset: int, piece: bytes) -> Upload:
        """Adds a piece durably at an offset.

        Raises:
            RecordError: NOT_FOUND; UPLOAD_OFFSET, the piece does not begin where the last one ended.
            InputError: LIMIT_EXCEEDED, it reaches beyond the size that was said.
        """
        ...

    def content(self, upload_id: str) -> bytes:
        """The whole file.

        Raises:
            RecordError: NOT_FOUND.
            InputError: DAMAGED, its hash is not the one that was said.
        """
        ...

    def drop(self, upload_id: str) -> None:
        """Forgets a file; one that is gone is no error."""
        ...
