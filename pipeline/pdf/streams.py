"""Streams whose end cannot be mistaken.

What follows the data of a stream is an end of line and ``endstream``. Data that itself ends in a carriage
return makes that end of line look one byte longer, and strict readers then find the stream's length wrong.
The last byte of deflated data is a checksum, so this happens to one stream in 256.
"""

from __future__ import annotations

import zlib

import pikepdf


def add_deflated(pdf: pikepdf.Pdf, data: bytes, padding: bytes) -> pikepdf.Stream:
    """Adds a deflated stream.

    Args:
        pdf: the document.
        data: what the stream holds.
        padding: what may stand behind the data without changing its meaning; added as often as is needed.
    """
    packed = zlib.compress(data, 9)
    while packed.endswith(b"\r"):
        data += padding
        packed = zlib.compress(data, 9)
    return pdf.make_stream(packed, Filter=pikepdf.Name.FlateDecode)


def with_clear_end(picture: bytes) -> bytes:
    """Returns the data of a JPEG or CCITT picture, with one byte behind its end where that is needed."""
    return picture + b"\0" if picture.endswith(b"\r") else picture
