"""Reads the bare pixels that ``scanimage`` writes: PBM, PGM and PPM.

Rule: a picture with fewer rows than its head says is half a page and is refused, never filled up.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from PIL import Image

from dossiers.errors import DeviceCode, DeviceError

_HEAD: Final = re.compile(rb"P([456])\s(?:\s*#[^\n]*\n)*\s*(\d{1,6})\s+(\d{1,6})\s(?:(\d{1,5})\s)?")
#: Modes by the number of the format; the second is the decoder of raw rows.
_MODES: Final = {4: ("1", "1;I"), 5: ("L", "L"), 6: ("RGB", "RGB")}
_BANDS: Final = {4: 1, 5: 1, 6: 3}
#: Most pixels of a page (rule R5).
_MAX_PIXELS: Final = 200_000_000


def picture_of(content: bytes) -> Image.Image:
    """The picture in mode ``1``, ``L`` or ``RGB``; 16 bits a sample lose their lower 8.

    More rows than the head says are left off: the pnm backend of SANE 1.1 sends its picture twice.

    Raises:
        DeviceError: ``DRIVER_FAILED``: no such picture, or rows are missing.
    """
    head = _HEAD.match(content[:512])
    if head is None:
        raise DeviceError(DeviceCode.DRIVER_FAILED, "unknown picture format")
    number, width, height = int(head[1]), int(head[2]), int(head[3])
    is_deep = number != 4 and int(head[4] or 255) > 255
    body = memoryview(content)[_body_start(head, number) :]
    expected = _row_bytes(number, width, is_deep=is_deep) * height
    if not 0 < width * height <= _MAX_PIXELS or len(body) < expected:
        raise DeviceError(DeviceCode.DRIVER_FAILED, "half a page")
    rows = _upper_bytes(body[:expected]) if is_deep else bytes(body[:expected])
    mode, raw = _MODES[number]
    return Image.frombytes(mode, (width, height), rows, "raw", raw)


def _body_start(head: re.Match[bytes], number: int) -> int:
    """Bitmaps have no largest value in their head: what looked like one is their first row."""
    return head.end(3) + 1 if number == 4 else head.end()


def _row_bytes(number: int, width: int, *, is_deep: bool) -> int:
    return (width + 7) // 8 if number == 4 else width * _BANDS[number] * (2 if is_deep else 1)


def _upper_bytes(body: memoryview) -> bytes:
    return (np.frombuffer(body, dtype=">u2") >> 8).astype(np.uint8).tobytes()
