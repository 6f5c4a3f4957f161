"""TIFF and BigTIFF files: every page, in order, every strip inside the file."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

from PIL import Image

from dossiers.errors import InputCode, InputError
from pipeline.formats.pillow import opened, seek
from pipeline.limits import Limits

_STRIPS: Final = (273, 279)
_TILES: Final = (324, 325)


def check(content: bytes, limits: Limits) -> int:
    """Decodes every page.

    Returns:
        The number of pages, on which the directory chain and the decoder agree.

    Raises:
        InputError: DAMAGED, EMPTY or LIMIT_EXCEEDED.
    """
    count = count_directories(content, limits)
    inflated = 0
    with opened(content, "TIFF", limits) as image:
        for page in range(count):
            seek(image, page, limits)
            inflated += image.width * image.height * len(image.getbands())
            if inflated > limits.max_inflated_bytes:
                raise InputError(InputCode.LIMIT_EXCEEDED, "inflated size")
            _check_segments(image, len(content))
            image.load()
        if getattr(image, "n_frames", 1) != count:
            raise InputError(InputCode.DAMAGED, "two readers count different pages")
    return count


def count_directories(content: bytes, limits: Limits) -> int:
    """Walks the chain of image directories.

    Raises:
        InputError: DAMAGED for a chain that leaves the file or bites its tail, EMPTY, LIMIT_EXCEEDED.
    """
    order = "<" if content[:2] == b"II" else ">"
    try:
        is_big = struct.unpack_from(order + "H", content, 2)[0] == 43
        offset = struct.unpack_from(order + ("Q" if is_big else "I"), content, 8 if is_big else 4)[0]
        seen: set[int] = set()
        while offset:
            if offset in seen:
                raise InputError(InputCode.DAMAGED, "TIFF directories form a loop")
            seen.add(offset)
            if len(seen) > limits.max_pages:
                raise InputError(InputCode.LIMIT_EXCEEDED, "pages")
            offset = _next_directory(content, offset, order, is_big=is_big)
    except struct.error as error:
        raise InputError(InputCode.DAMAGED, "TIFF directory cut off") from error
    if not seen:
        raise InputError(InputCode.EMPTY, "TIFF without pages")
    return len(seen)


def _next_directory(content: bytes, offset: int, order: str, *, is_big: bool) -> int:
    entries = struct.unpack_from(order + ("Q" if is_big else "H"), content, offset)[0]
    after = offset + (8 + 20 * entries if is_big else 2 + 12 * entries)
    return int(struct.unpack_from(order + ("Q" if is_big else "I"), content, after)[0])


def _check_segments(image: Image.Image, size: int) -> None:
    """Looks whether each strip or tile lies inside the file: libtiff would fill the gap with black."""
    tags = getattr(image, "tag_v2", {})
    for offsets_tag, lengths_tag in (_STRIPS, _TILES):
        offsets, lengths = _numbers(tags.get(offsets_tag)), _numbers(tags.get(lengths_tag))
        for offset, length in zip(offsets, lengths, strict=False):
            if offset + length > size:
                raise InputError(InputCode.DAMAGED, "TIFF strip outside the file")


def _numbers(value: object) -> tuple[int, ...]:
    if isinstance(value, int):
        return (value,)
    if isinstance(value, Iterable):
        return tuple(int(each) for each in value)
    return ()
