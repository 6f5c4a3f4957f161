"""Small whole files of every kind, made of nothing."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image


def picture(kind: str, shade: int = 200, pages: int = 1, compression: str | None = None) -> bytes:
    """A JPEG, PNG or TIFF."""
    file = io.BytesIO()
    frames = [
        Image.effect_noise((64, 64), 40).point(lambda value, add=number: value // 2 + add + shade // 4)
        for number in range(pages)
    ]
    packing = {"compression": compression} if compression else {}
    more = {"save_all": True, "append_images": frames[1:]} if pages > 1 else {}
    frames[0].convert("L").save(file, kind, **more, **packing)
    return file.getvalue()


def document(pages: int = 1, *, linearize: bool = False) -> bytes:
    """A PDF."""
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(file, linearize=linearize)
    return file.getvalue()
