"""Papers whose loss, change or double would be noticed: each bears a code of its own and is a whole PNG."""

from __future__ import annotations

import random
import struct
import zlib
from functools import lru_cache


@lru_cache(maxsize=4096)
def paper(number: int, size: int = 3000) -> bytes:
    """Returns a tiny picture with the code of a number and so much noise: the same number, the same bytes."""
    noise = random.Random(number).randbytes(size)
    code = b"code\0" + code_of_number(number).encode()
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = (
        (b"IHDR", head),
        (b"tEXt", code),
        (b"nOis", noise),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def code_of_number(number: int) -> str:
    """The code that a paper bears."""
    return f"SOHOA-{number:08d}"


def code_of(content: bytes) -> str:
    """The code that is printed on a paper."""
    start = content.index(b"code\0") + 5
    return content[start : start + 14].decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
