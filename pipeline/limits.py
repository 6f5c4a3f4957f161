"""How much one file may ask of us; published to clerks and enforced before anything is fully decoded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one incoming file (rule R5 of the input policy).

    Attributes:
        max_file_bytes: size of the file.
        max_pages: pages of one PDF or TIFF.
        max_pixels: pixels of one image; A0 at 300 dpi has 139.5 million.
        max_inflated_bytes: bytes that all compressed streams of a file may unfold to.
        check_seconds: how long pages are decoded one by one while a file is checked; what is left then is
            checked by structure only and flagged ``UNCHECKED_PAGES``.
        max_working_pixels: a page is rendered or shrunk to at most this many pixels for recognition.
    """

    max_file_bytes: int = 200 * 1024 * 1024
    max_pages: int = 2000
    max_pixels: int = 200_000_000
    max_inflated_bytes: int = 1024 * 1024 * 1024
    check_seconds: float = 20.0
    max_working_pixels: int = 40_000_000
