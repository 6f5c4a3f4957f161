"""Pixels of a device that delivers bare pixels, as a file: the original of a page from then on.

Colour and grey become JPEG of quality 92 without colour subsampling, as scanners that compress themselves
deliver it (docs/scanners.md tells what that costs and saves); black and white becomes TIFF in fax coding,
which loses nothing. Either carries its resolution.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

#: Quality of JPEG, 1 to 95; from 90 on recognition does not tell it from the bare pixels.
JPEG_QUALITY: Final = 92


def encoded(picture: Image.Image, dpi: int) -> bytes:
    """The picture as a file.

    Args:
        picture: mode ``RGB``, ``L`` or ``1``.
        dpi: dots per inch, both ways.
    """
    file = io.BytesIO()
    if picture.mode == "1":
        picture.save(file, "TIFF", compression="group4", dpi=(dpi, dpi))
    else:
        picture.save(file, "JPEG", quality=JPEG_QUALITY, subsampling=0, dpi=(dpi, dpi))
    return file.getvalue()


def suffix(content: bytes) -> str:
    """Extension that names of pages get: ``jpg``, ``tif``, ``png``, ``pdf`` or ``bin``."""
    heads = {b"\xff\xd8": "jpg", b"II*\0": "tif", b"MM\0*": "tif", b"\x89PNG": "png", b"%PDF": "pdf"}
    return next((name for head, name in heads.items() if content.startswith(head)), "bin")
