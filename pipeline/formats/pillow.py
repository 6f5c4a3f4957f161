"""Opening raster files with Pillow: our four formats only, our limits, our errors."""

from __future__ import annotations

import io
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image

from dossiers.errors import InputCode, InputError
from pipeline.limits import Limits

#: Everything that Pillow's decoders raise on broken bytes.
BROKEN: Final = (
    OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError, KeyError, TypeError,
    OverflowError, ZeroDivisionError, AttributeError,
)  # fmt: skip

_guard = threading.Lock()


@contextmanager
def opened(content: bytes, pillow_format: str, limits: Limits) -> Iterator[Image.Image]:
    """Opens one image file lazily: pixels are not decoded yet, the size is already checked.

    Pillow's own pixel guard is a process-wide number below our published limit, so it is lifted while the
    header is read and the size is checked here instead.

    Raises:
        InputError: DAMAGED where the header or anything read inside the block is broken, LIMIT_EXCEEDED.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _lifted_guard():
                image = Image.open(io.BytesIO(content), formats=[pillow_format])
            with image:
                check_size(image.width, image.height, limits)
                yield image
    except InputError:
        raise
    except BROKEN as error:
        raise InputError(InputCode.DAMAGED, type(error).__name__) from error
    except MemoryError as error:
        raise InputError(InputCode.LIMIT_EXCEEDED, "memory") from error


def seek(image: Image.Image, frame: int, limits: Limits) -> None:
    """Goes to a frame and checks its size before it can be decoded."""
    with _lifted_guard():
        image.seek(frame)
    check_size(image.width, image.height, limits)


def check_size(width: int, height: int, limits: Limits) -> None:
    """Refuses an image of no size or of too many pixels.

    Raises:
        InputError: DAMAGED or LIMIT_EXCEEDED.
    """
    if width < 1 or height < 1:
        raise InputError(InputCode.DAMAGED, "an image without size")
    if width * height > limits.max_pixels:
        raise InputError(InputCode.LIMIT_EXCEEDED, f"{width} x {height} pixels")


@contextmanager
def _lifted_guard() -> Iterator[None]:
    with _guard:
        kept = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = kept
