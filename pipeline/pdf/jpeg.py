"""Baseline JPEG with tables made for the picture, which halves even ones."""

from __future__ import annotations

import io

from PIL import Image

from pipeline.image import Pixels


def encode_jpeg(pixels: Pixels, quality: int) -> bytes:
    """Encodes grey or colour (4:2:0); the same pixels give the same bytes.

    Args:
        pixels: (height, width) or (height, width, 3).
        quality: of libjpeg, 1 to 95.
    """
    target = io.BytesIO()
    options = {"subsampling": 2} if pixels.ndim == 3 else {}
    Image.fromarray(pixels).save(target, "JPEG", quality=quality, optimize=True, **options)
    return target.getvalue()
