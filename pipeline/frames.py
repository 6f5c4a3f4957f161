"""Messages between the parent and its sandboxed child: a JSON head and binary parts, lengths in front.

No pickle: the child handles hostile bytes, so what comes out of it is parsed as strictly as a file.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dossiers.errors import EngineError

#: Plain JSON values of a head; nested values belong into a part.
Head = dict[str, bool | int | float | str | None]

_LENGTH: Final = struct.Struct(">I")
#: A head is small; a part is at most a file, a page result or a PDF.
_MOST_HEAD: Final = 1 << 20
_MOST_PART: Final = 1 << 31
_MOST_PARTS: Final = 4096


#: Head of a frame that is no answer yet: how many times the usual work a request is, above 1.
WORK: Final = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One message."""

    head: Head
    parts: tuple[bytes, ...] = ()


def packed(frame: Frame) -> list[bytes]:
    """Returns the pieces of a message, to be written one after the other."""
    head = json.dumps(frame.head, ensure_ascii=False).encode()
    pieces = [_LENGTH.pack(len(frame.parts)), _LENGTH.pack(len(head)), head]
    for part in frame.parts:
        pieces += [_LENGTH.pack(len(part)), part]
    return pieces


def unpacked(read: Callable[[int], bytes]) -> Frame | None:
    """Reads one message.

    Args:
        read: returns exactly so many bytes, fewer only at the end of the stream.

    Returns:
        The message, ``None`` where the stream ended before it began.

    Raises:
        EngineError: BAD_OUTPUT where the stream is cut or not ours.
    """
    first = read(_LENGTH.size)
    if not first:
        return None
    count = _length(first, _MOST_PARTS)
    head_bytes = _exactly(read, _length(read(_LENGTH.size), _MOST_HEAD))
    parts = tuple(_exactly(read, _length(read(_LENGTH.size), _MOST_PART)) for _ in range(count))
    return Frame(head=_head(head_bytes), parts=parts)


def text_of(head: Head, name: str) -> str:
    """Returns a text of a head.

    Raises:
        EngineError: BAD_OUTPUT.
    """
    value = head.get(name)
    if not isinstance(value, str):
        raise EngineError("BAD_OUTPUT", f"no {name} in the message")
    return value


def number_of(head: Head, name: str) -> int:
    """Returns a whole number of a head.

    Raises:
        EngineError: BAD_OUTPUT.
    """
    value = head.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise EngineError("BAD_OUTPUT", f"no {name} in the message")
    return value


def _length(raw: bytes, most: int) -> int:
    if len(raw) != _LENGTH.size:
        raise EngineError("BAD_OUTPUT", "message cut off")
    length = int(_LENGTH.unpack(raw)[0])
    if length > most:
        raise EngineError("BAD_OUTPUT", "message too long")
    return length


def _exactly(read: Callable[[int], bytes], length: int) -> bytes:
    content = read(length)
    if len(content) != length:
        raise EngineError("BAD_OUTPUT", "message cut off")
    return content


def _head(raw: bytes) -> Head:
    try:
        head = json.loads(raw.decode())
    except ValueError as error:
        raise EngineError("BAD_OUTPUT", "message is no JSON") from error
    if not isinstance(head, dict):
        raise EngineError("BAD_OUTPUT", "message without a head")
    return head


def names_of(values: Sequence[str]) -> str:
    """Joins stable codes (which hold no blank) into one text of a head."""
    return " ".join(values)
