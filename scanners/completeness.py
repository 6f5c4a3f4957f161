"""Whether a file has its end: what a writer that was cut off leaves has none.

This looks at the frame of a file alone, so it needs no sandbox and decodes nothing; whether the pages inside
are sound is for intake to find out (rule C10).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

#: How far from the end its mark may stand: some devices pad their files.
_TAIL: Final = 4096
_JPEG_END: Final = b"\xff\xd9"
_PNG_END: Final = b"IEND\xaeB`\x82"
_STARTXREF: Final = re.compile(rb"startxref\s+(\d{1,19})\s+%%EOF")
_LINEARIZED: Final = re.compile(rb"/Linearized\b[^>]{0,512}?/L\s+(\d{1,19})\b")
_MAX_DIRECTORIES: Final = 10_000
_OFFSETS: Final = frozenset({273, 324})
_LENGTHS: Final = frozenset({279, 325})
_COMPRESSION: Final = 259
#: Packed pixels never end in so many zeros; bare white or black ones do.
_ZEROS: Final = 64
#: Bytes of one value by its kind (TIFF 6.0 section 2, BigTIFF).
_WIDTHS: Final = {
    **dict.fromkeys((1, 2, 6, 7), 1),
    **dict.fromkeys((3, 8), 2),
    **dict.fromkeys((4, 9, 11, 13), 4),
    **dict.fromkeys((5, 10, 12, 16, 17, 18), 8),
}
_LETTERS: Final = {3: "H", 4: "I", 13: "I", 16: "Q"}


def is_complete(content: bytes) -> bool:
    """Whether the file has its end; bytes of an unknown kind count as complete."""
    if content.startswith(b"\xff\xd8"):
        return content.rfind(_JPEG_END, max(2, len(content) - _TAIL)) > 0
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return content.rfind(_PNG_END, max(8, len(content) - _TAIL)) > 0
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _is_complete_pdf(content)
    if content[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return _is_complete_tiff(content)
    return len(content) > 0


def _is_complete_pdf(content: bytes) -> bool:
    """Its last cross-reference table is named and lies inside; a linearised one tells its own length."""
    ends = list(_STARTXREF.finditer(content, max(0, len(content) - _TAIL)))
    if not ends:
        return False
    linearised = _LINEARIZED.search(content, 0, 2048)
    if linearised is not None and len(content) < int(linearised[1]):
        return False
    return int(ends[-1][1]) < len(content)


def _is_complete_tiff(content: bytes) -> bool:
    """Every directory, and every strip or tile that one names, lies inside."""
    try:
        return all(end <= len(content) for end in _tiff_ends(content))
    except (struct.error, OverflowError):
        return False


def _tiff_ends(content: bytes) -> Iterator[int]:
    order = "<" if content[:2] == b"II" else ">"
    is_big = struct.unpack_from(order + "H", content, 2)[0] == 43
    word, count_format, entry_size = ("Q", "Q", 20) if is_big else ("I", "H", 12)
    at = struct.unpack_from(order + word, content, 8 if is_big else 4)[0]
    if at == 0:
        yield len(content) + 1  # no directory was written yet
    seen: set[int] = set()
    while at and at not in seen and len(seen) < _MAX_DIRECTORIES:
        seen.add(at)
        count = struct.unpack_from(order + count_format, content, at)[0]
        first = at + struct.calcsize(count_format)
        yield from _segment_ends(content, order, first, count, is_big=is_big)
        at = struct.unpack_from(order + word, content, first + count * entry_size)[0]


def _segment_ends(content: bytes, order: str, first: int, count: int, *, is_big: bool) -> Iterator[int]:
    offsets: list[int] = []
    lengths: list[int] = []
    is_packed = False
    for number in range(min(count, 4096)):
        at = first + number * (20 if is_big else 12)
        tag = struct.unpack_from(order + "H", content, at)[0]
        _, place, size = _value_place(content, order, at, is_big=is_big)
        yield place + size
        if tag in _OFFSETS:
            offsets = _values(content, order, at, is_big=is_big)
        elif tag in _LENGTHS:
            lengths = _values(content, order, at, is_big=is_big)
        elif tag == _COMPRESSION:
            is_packed = _values(content, order, at, is_big=is_big)[:1] != [1]
    for offset, length in zip(offsets, lengths, strict=False):
        yield offset + length
        tail = content[max(offset, offset + length - _ZEROS) : offset + length]
        if is_packed and length >= _ZEROS and not any(tail):
            yield len(content) + 1  # room that was made and is not filled yet


def _values(content: bytes, order: str, at: int, *, is_big: bool) -> list[int]:
    """The whole numbers of one directory entry."""
    kind, place, size = _value_place(content, order, at, is_big=is_big)
    letter = _LETTERS.get(kind, "B")
    count = size // struct.calcsize(f"{order}{letter}")
    return list(struct.unpack_from(f"{order}{count}{letter}", content, place))


def _value_place(content: bytes, order: str, at: int, *, is_big: bool) -> tuple[int, int, int]:
    """Kind, place and size of the values of an entry, which lie in it or where it points to.

    Raises:
        struct.error: it is no entry; room that is not filled yet has none.
    """
    kind = struct.unpack_from(order + "H", content, at + 2)[0]
    count = struct.unpack_from(order + ("Q" if is_big else "I"), content, at + 4)[0]
    if kind == 0:
        raise struct.error
    size = _WIDTHS.get(kind, 1) * count
    room, place = (8, at + 12) if is_big else (4, at + 8)
    if size > room:
        place = struct.unpack_from(order + ("Q" if is_big else "I"), content, place)[0]
    return kind, place, size
