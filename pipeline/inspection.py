"""What is known of a file before it is read; it loads no image library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A sound file.

    Attributes:
        media_type: ``application/pdf``, ``image/tiff``, ``image/jpeg`` or ``image/png``.
        page_count: 1 to the limit.
        flags: stable codes: ``REPAIRED``, ``ACTIVE_CONTENT``, ``SIGNED``, ``ANIMATED``,
            ``ENCRYPTED_WITHOUT_PASSWORD``, ``UNCHECKED_PAGES``.
    """

    media_type: str
    page_count: int
    flags: tuple[str, ...] = ()
