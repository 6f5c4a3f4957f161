"""PNG files: every chunk whole and with a right checksum, every row decodable."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from dossiers.errors import InputCode, InputError
from pipeline.formats.pillow import opened
from pipeline.limits import Limits

_SIGNATURE_BYTES: Final = 8
_FRAME_BYTES: Final = 12  # length, name and checksum around the data of a chunk


def check(content: bytes, limits: Limits) -> tuple[str, ...]:
    """Checks the chunks, then decodes the whole picture.

    Returns:
        ``("ANIMATED",)`` for an animation, of which only the first frame counts.

    Raises:
        InputError: DAMAGED or LIMIT_EXCEEDED.
    """
    names = _chunk_names(content)
    if b"IHDR" not in names or b"IDAT" not in names or names[-1] != b"IEND":
        raise InputError(InputCode.DAMAGED, "PNG without IHDR, IDAT or IEND")
    with opened(content, "PNG", limits) as image:
        image.load()
    return ("ANIMATED",) if b"acTL" in names else ()


def _chunk_names(content: bytes) -> list[bytes]:
    names: list[bytes] = []
    position = _SIGNATURE_BYTES
    while position < len(content) and (not names or names[-1] != b"IEND"):
        if position + _FRAME_BYTES > len(content):
            raise InputError(InputCode.DAMAGED, "PNG chunk cut off")
        (length,) = struct.unpack_from(">I", content, position)
        end = position + _FRAME_BYTES + length
        if end > len(content):
            raise InputError(InputCode.DAMAGED, "PNG chunk cut off")
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[position + 4 : end - 4]) != checksum:
            raise InputError(InputCode.DAMAGED, "PNG checksum")
        names.append(content[position + 4 : position + 8])
        position = end
    if not names:
        raise InputError(InputCode.DAMAGED, "PNG without chunks")
    return names
