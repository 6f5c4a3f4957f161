"""A searchable PDF/A-2b: the original picture of every page, upright, with its words underneath.

The same pages, title and date give the same bytes on every run.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pikepdf

from dossiers.errors import InputCode, InputError
from pipeline.limits import Limits
from pipeline.page_result import PageResult
from pipeline.pdf.archive_picture import ArchivePicture
from pipeline.pdf.font import Alphabet, add_font
from pipeline.pdf.metadata import add_metadata
from pipeline.pdf.page_picture import PagePicture, page_picture
from pipeline.pdf.picture import add_picture, drawing_matrix
from pipeline.pdf.streams import add_deflated
from pipeline.pdf.words import words_commands
from pipeline.stages.part import PART

_POINTS_PER_INCH: Final = 72.0
#: PDF knows no page larger than this, points.
_LARGEST_POINTS: Final = 14_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """One page: its original file, its 0-based place in it, and what reading it gave."""

    content: bytes
    index: int
    result: PageResult


def render_pdf(
    pages: Sequence[DocumentPage],
    title: str,
    created: datetime,
    limits: Limits,
    wanted: ArchivePicture = ArchivePicture.ORIGINAL,
) -> bytes:
    """Returns the document; scale 1:1, colours as in the originals.

    The names of a page's pictures say how they are encoded: ``/KeptJpeg0``, ``/Layers0`` and ``/Layers1`` …

    Args:
        pages: at least one.
        title: for the metadata.
        created: for the metadata, with a time zone.
        limits: bounds for decoding the originals again.
        wanted: the pictures of the originals, or smaller ones.

    Raises:
        InputError: EMPTY without pages; DAMAGED and others where an original cannot be decoded.
    """
    if not pages:
        raise InputError(InputCode.EMPTY, "a document without pages")
    alphabet = Alphabet.of(word.text for page in pages for word in page.result.text.words)
    encoder = alphabet.encoder()
    with pikepdf.new() as pdf:
        font = add_font(pdf, alphabet)
        for page in pages:
            placement, is_part = page.result.placement, PART in page.result.flags
            shown = page_picture(page.content, page.index, placement, limits, wanted, is_part=is_part)
            _add_page(pdf, page.result, shown, font, encoder)
        add_metadata(pdf, title, created)
        target = io.BytesIO()
        pdf.save(
            target, min_version="1.7", deterministic_id=True, linearize=False, compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,  # its streams could end anyhow
        )  # fmt: skip
    return target.getvalue()


def _add_page(
    pdf: pikepdf.Pdf, result: PageResult, shown: PagePicture, font: pikepdf.Object, encoder: dict[str, bytes]
) -> None:
    placement = result.placement
    scale = _POINTS_PER_INCH / placement.dpi
    scale *= min(1.0, _LARGEST_POINTS / (scale * max(placement.width, placement.height)))
    width, height = placement.width * scale, placement.height * scale
    page = pdf.add_blank_page(page_size=(round(width, 3), round(height, 3)))
    images = {_name(shown, place): add_picture(pdf, picture) for place, picture in enumerate(shown.pictures)}
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font), XObject=pikepdf.Dictionary(images))
    drawing = b"".join(
        _drawing(_name(shown, place), drawing_matrix(picture, scale, height))
        for place, picture in enumerate(shown.pictures)
    )
    words = words_commands(result.text, encoder, scale, height)
    page.Contents = add_deflated(pdf, drawing + words, b"\n")


def _name(shown: PagePicture, place: int) -> str:
    return f"/{shown.encoder}{place}"


def _drawing(name: str, matrix: tuple[float, ...]) -> bytes:
    cells = " ".join(f"{cell:.5f}" for cell in matrix)
    return f"q\n{cells} cm\n{name} Do\nQ\n".encode()
