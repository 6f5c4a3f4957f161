"""How a page is shown in a PDF: the encoder that suits it.

A 1-bit page becomes CCITT G4, which loses nothing. A JPEG is kept as it came; turning, deskewing and cropping
are the matrix that it is drawn with. Other formats and perspective corrections become JPEG. Where small files
are asked for, any page but a card becomes a JPEG of less quality, and where the smallest are, a scanned page
of print becomes layers: if that looks like the page and is clearly smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import simplejpeg

from pipeline.geometry import Placement
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.pdf.archive_picture import ArchivePicture
from pipeline.pdf.fax import encode_fax
from pipeline.pdf.jpeg import encode_jpeg
from pipeline.pdf.kept_jpeg import KeptJpeg, find_kept_jpeg
from pipeline.pdf.layers import Layers, separate
from pipeline.pdf.likeness import is_alike
from pipeline.pdf.picture import Matrix, Picture, Stencil
from pipeline.stages.background import to_grey
from pipeline.stages.decode import decode_page
from pipeline.stages.paper import LONGEST_CARD_MM, MM_PER_INCH
from pipeline.stages.warp import upright

#: Quality of pictures that are encoded anew.
_QUALITY: Final = 85
_COMPACT_QUALITY: Final = 60
#: What is encoded anew must not be larger than this part of the picture that it replaces.
_CLEARLY_SMALLER: Final = 0.9
#: A page that was cut out of less than this part of its picture is cut out of it before it is separated.
_MOST_OF_THE_PICTURE: Final = 0.8


class Encoder(StrEnum):
    """How the picture of a page is encoded; its name in the document says so."""

    KEPT_JPEG = "KeptJpeg"
    JPEG = "Jpeg"
    FAX = "CcittG4"
    LAYERS = "Layers"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PagePicture:
    """Pictures of one page in the order in which they are painted."""

    encoder: Encoder
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Source:
    """Pixels to encode anew, how they lie on the upright page, whether a scanner saw them and no camera."""

    image: PageImage
    to_upright: Matrix
    is_flat: bool


def page_picture(
    content: bytes,
    index: int,
    placement: Placement,
    limits: Limits,
    wanted: ArchivePicture,
    *,
    is_part: bool = False,
) -> PagePicture:
    """Returns the picture of a page, in the original colours.

    Of a page that is part of a picture only the part is shown: the rest may be somebody else's.

    Raises:
        InputError: the page cannot be decoded.
    """
    is_affine = abs(placement.to_original[6]) < 1e-12 and abs(placement.to_original[7]) < 1e-12
    is_affine = is_affine and not is_part
    kept = find_kept_jpeg(content, index, placement, limits) if is_affine else None
    if kept is not None:
        plain = _kept_picture(kept, _to_upright(placement))
        is_small = kept.width * kept.height <= limits.max_working_pixels
        if wanted is ArchivePicture.ORIGINAL or not is_small:
            return plain
        source = _kept_source(kept, placement)
        return _smaller(source, plain, wanted) if source is not None else plain
    original = decode_page(content, index, limits).image
    if original.is_bilevel:
        return _fax_page(original, placement, is_affine=is_affine)
    flat = upright(original, placement, (255,) * (1 if original.pixels.ndim == 2 else 3))
    source = _Source(image=flat, to_upright=np.eye(3), is_flat=is_affine)
    picture = _jpeg_picture(encode_jpeg(flat.pixels, _QUALITY), source)
    plain = PagePicture(encoder=Encoder.JPEG, pictures=(picture,))
    if wanted is ArchivePicture.ORIGINAL or original.pixels.size > 3 * limits.max_working_pixels:
        return plain
    is_cut = flat.width * flat.height < _MOST_OF_THE_PICTURE * original.width * original.height
    if is_affine and not is_cut:
        source = _Source(image=original, to_upright=_to_upright(placement), is_flat=True)
    return _smaller(source, plain, wanted)


def _to_upright(placement: Placement) -> Matrix:
    matrix = np.array(placement.to_original, dtype=np.float64).reshape(3, 3)
    return np.asarray(np.linalg.inv(matrix), np.float64)


def _kept_picture(kept: KeptJpeg, to_upright: Matrix) -> PagePicture:
    _, _, space, _ = simplejpeg.decode_jpeg_header(kept.data)
    picture = Picture(
        coded=kept.data, width=kept.width, height=kept.height, components=1 if space == "Gray" else 3,
        to_upright=to_upright @ kept.to_original,
    )  # fmt: skip
    return PagePicture(encoder=Encoder.KEPT_JPEG, pictures=(picture,))


def _kept_source(kept: KeptJpeg, placement: Placement) -> _Source | None:
    """Decodes what is kept; ``None`` for a stream with faults, which is shown as it is."""
    _, _, space, _ = simplejpeg.decode_jpeg_header(kept.data)
    try:
        pixels = simplejpeg.decode_jpeg(kept.data, "GRAY" if space == "Gray" else "RGB")
    except ValueError:
        return None
    pixels = pixels[:, :, 0] if space == "Gray" else pixels
    image = PageImage(pixels=np.ascontiguousarray(pixels), dpi=placement.dpi)
    return _Source(image=image, to_upright=_to_upright(placement) @ kept.to_original, is_flat=True)


def _fax_page(original: PageImage, placement: Placement, *, is_affine: bool) -> PagePicture:
    image = original if is_affine else upright(original, placement, (255,) * original.pixels.ndim)
    picture = Picture(
        coded=encode_fax(np.where(to_grey(image.pixels) > 127, np.uint8(0), np.uint8(255))),
        width=image.width, height=image.height, components=1,
        to_upright=_to_upright(placement) if is_affine else np.eye(3),
    )  # fmt: skip
    return PagePicture(encoder=Encoder.FAX, pictures=(picture,))


def _jpeg_picture(data: bytes, source: _Source) -> Picture:
    image = source.image
    return Picture(
        coded=data, width=image.width, height=image.height, components=1 if image.pixels.ndim == 2 else 3,
        to_upright=source.to_upright,
    )  # fmt: skip


def _smaller(source: _Source, plain: PagePicture, wanted: ArchivePicture) -> PagePicture:
    """Returns a smaller picture of the page, or the plain one where there is none that looks like it."""
    image, coded = source.image, plain.pictures[0].coded
    is_card = max(image.width, image.height) / image.dpi * MM_PER_INCH <= LONGEST_CARD_MM
    if is_card or not isinstance(coded, bytes):
        return plain
    largest = _CLEARLY_SMALLER * len(coded)
    is_separable = wanted is ArchivePicture.LAYERS and source.is_flat
    layers = separate(image) if is_separable else None
    if layers is not None and layers.byte_count <= largest:
        return PagePicture(encoder=Encoder.LAYERS, pictures=_layer_pictures(layers, source))
    data = encode_jpeg(image.pixels, _COMPACT_QUALITY)
    if len(data) > largest:
        return plain
    seen = simplejpeg.decode_jpeg(data, "GRAY")[:, :, 0]
    if not is_alike(to_grey(image.pixels), seen, image.dpi):
        return plain
    return PagePicture(encoder=Encoder.JPEG, pictures=(_jpeg_picture(data, source),))


def _layer_pictures(layers: Layers, source: _Source) -> tuple[Picture, Picture]:
    components = 1 if source.image.pixels.ndim == 2 else 3
    width, height = layers.mask_size
    below = Picture(
        coded=layers.picture, width=layers.picture_size[0], height=layers.picture_size[1],
        components=components, to_upright=source.to_upright @ _grown(layers.picture_size, source.image),
    )  # fmt: skip
    above = Picture(
        coded=layers.ink, width=layers.ink_size[0], height=layers.ink_size[1],
        components=components, to_upright=source.to_upright @ _grown(layers.ink_size, source.image),
        stencil=Stencil(fax=layers.mask, width=width, height=height),
    )  # fmt: skip
    return below, above


def _grown(size: tuple[int, int], image: PageImage) -> Matrix:
    """Carries px of a layer to px of the picture that it covers."""
    across, down = image.width / size[0], image.height / size[1]
    return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1.0]])
