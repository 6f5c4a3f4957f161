"""The type of a file by its first bytes; a file's name never decides."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

PDF: Final = "application/pdf"
TIFF: Final = "image/tiff"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"

#: Extensions that promise one of our types; foreign bytes under them are a mismatch.
ALLOWED_SUFFIXES: Final = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".jfif", ".png"})

#: A PDF header may stand after some junk, but not later than this (Adobe's own rule).
_PDF_HEADER_WINDOW: Final = 1024

_MAGIC: Final = MappingProxyType(
    {
        b"\xff\xd8\xff": JPEG,
        b"\x89PNG\r\n\x1a\n": PNG,
        b"II\x2a\x00": TIFF,
        b"MM\x00\x2a": TIFF,
        b"II\x2b\x00": TIFF,
        b"MM\x00\x2b": TIFF,
        b"%PDF-": PDF,
    }
)

#: Beginnings of other types that must not pass as a PDF with junk in front of its header.
_FOREIGN: Final = (
    b"<",
    b"PK\x03\x04",
    b"MZ",
    b"GIF8",
    b"BM",
    b"RIFF",
    b"%!PS",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
)


def media_type(content: bytes) -> str | None:
    """Returns the media type that the first bytes show, ``None`` for every foreign type."""
    for magic, name in _MAGIC.items():
        if content.startswith(magic):
            return name
    head = content[:_PDF_HEADER_WINDOW]
    if b"%PDF-" in head and not head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(_FOREIGN):
        return PDF
    return None
