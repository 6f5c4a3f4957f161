"""JPEG files: strict decoding, so that a grey lower half is never accepted silently."""

from __future__ import annotations

import simplejpeg

from dossiers.errors import InputCode, InputError
from pipeline.formats.pillow import opened
from pipeline.limits import Limits


def check(content: bytes, limits: Limits) -> None:
    """Decodes the whole picture; every warning of libjpeg counts as damage.

    Raises:
        InputError: DAMAGED or LIMIT_EXCEEDED.
    """
    with opened(content, "JPEG", limits) as image:
        mode = image.mode
    check_stream(content, mode)


def check_stream(content: bytes, mode: str) -> None:
    """Decodes one JPEG stream strictly; its size must have been checked before.

    Args:
        content: a whole JPEG stream.
        mode: Pillow's mode of it: ``L``, ``RGB`` or ``CMYK``.

    Raises:
        InputError: DAMAGED.
    """
    if b"\xff\xd9" not in content[-4096:].rstrip(b"\x00\r\n ") and b"\xff\xd9" not in content:
        raise InputError(InputCode.DAMAGED, "JPEG without its end marker")
    space = {"L": "GRAY", "CMYK": "CMYK"}.get(mode, "RGB")
    try:
        simplejpeg.decode_jpeg(content, colorspace=space, strict=True)
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(InputCode.DAMAGED, "JPEG data is broken") from error
    except MemoryError as error:
        raise InputError(InputCode.LIMIT_EXCEEDED, "memory") from error
