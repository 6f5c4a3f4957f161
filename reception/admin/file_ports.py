"""What the pages need to change the data of the office: files with a history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVersion:
    """A version that was kept: its number from 1, when (UTC), and by which account."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFile:
    """A file of the office.

    Attributes:
        name: how it is chosen, such as ``calendar`` or ``form-receipt``.
        file_name: where it lies in the data folder.
        text: what is in force, or the shipped text where the office has no own file.
        is_own: whether the office has its own.
        mark: of the text; a change says which one it was based on.
        versions: what was kept at the desk, the newest first.
    """

    name: str
    file_name: str
    text: str
    is_own: bool
    mark: str
    versions: Sequence[FileVersion]


class OfficeFiles(Protocol):
    """The files that may be changed at the desk: agencies, calendar, profiles, forms."""

    def names(self) -> Sequence[str]:
        """Names of all of them."""
        ...

    def read(self, name: str) -> OfficeFile:
        """A file as it is now; ``RecordError`` ``NOT_FOUND`` where there is none of this name."""
        ...

    def version(self, name: str, number: int) -> str:
        """The text of a version; ``NOT_FOUND``."""
        ...

    def shipped(self, name: str) -> str:
        """The text that comes with Sohoa, empty where none does; ``NOT_FOUND``."""
        ...

    def preview(self, name: str, text: str) -> bytes:
        """A printed form by this text with invented values as PDF; nothing is kept.

        Raises:
            RecordError: NOT_FOUND, the file is no printed form.
            ConfigurationError: the text cannot be used.
        """
        ...

    def keep(self, name: str, text: str, mark: str, by: str) -> OfficeFile:
        """Puts a text in force, its version kept for ever.

        Raises:
            RecordError: NOT_FOUND.
            StaleVersion: it is not what ``mark`` says any more: somebody changed it since.
            ConfigurationError: the text cannot be used; nothing was changed.
            InputError: LIMIT_EXCEEDED.
            ResourceError: OFFICE_FILE_NOT_KEPT.
        """
        ...
