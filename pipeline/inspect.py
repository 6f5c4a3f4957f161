"""What an incoming file is, and whether every page of it is sound, before anything else touches it.

The type is decided by content. A damaged file is refused as a whole: fewer pages or grey areas are never
accepted silently. Run this inside the sandboxed child only.
"""

from __future__ import annotations

from dossiers.errors import InputCode, InputError
from pipeline.formats import jpeg, pdf, png, sniff, tiff
from pipeline.inspection import Inspection
from pipeline.limits import Limits


def inspect_file(content: bytes, suffix: str, limits: Limits | None = None) -> Inspection:
    """Checks one file; may be repeated.

    Args:
        content: all bytes of the file.
        suffix: extension of the name it came under, with the dot; decides nothing but the error code.
        limits: published limits; the defaults if omitted.

    Raises:
        InputError: EMPTY, LIMIT_EXCEEDED, UNSUPPORTED_TYPE, TYPE_MISMATCH, ENCRYPTED or DAMAGED.
    """
    limits = limits or Limits()
    if not content:
        raise InputError(InputCode.EMPTY)
    if len(content) > limits.max_file_bytes:
        raise InputError(InputCode.LIMIT_EXCEEDED, "file size")
    kind = sniff.media_type(content)
    if kind is None:
        is_promise = suffix.lower() in sniff.ALLOWED_SUFFIXES
        raise InputError(InputCode.TYPE_MISMATCH if is_promise else InputCode.UNSUPPORTED_TYPE)
    if kind == sniff.PDF:
        count, flags = pdf.check(content, limits)
        return Inspection(media_type=kind, page_count=count, flags=flags)
    if kind == sniff.TIFF:
        return Inspection(media_type=kind, page_count=tiff.check(content, limits))
    if kind == sniff.PNG:
        return Inspection(media_type=kind, page_count=1, flags=png.check(content, limits))
    jpeg.check(content, limits)
    return Inspection(media_type=kind, page_count=1)
