"""The picture of a page inside a PDF: the original's own bytes wherever they can be kept.

JPEG and 1-bit pictures keep their pixels untouched; turning, deskewing and cropping are done by the matrix
they are drawn with. Only a perspective correction and other formats are encoded anew.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pikepdf
import simplejpeg
from PIL import Image

from pipeline.formats import sniff
from pipeline.formats.pillow import opened
from pipeline.geometry import Placement
from pipeline.image import PageImage, Pixels
from pipeline.limits import Limits
from pipeline.pdf.embedded import whole_page_jpeg
from pipeline.pdf.streams import with_clear_end
from pipeline.stages.decode import decode_page
from pipeline.stages.warp import Frame, upright

#: Quality of pictures that are encoded anew.
_QUALITY: Final = 85
_EXIF_ORIENTATION: Final = 0x0112
#: Quarter turns that EXIF orientations stand for; mirrored ones are encoded anew.
_EXIF_TURNS: Final = {1: 0, 6: 90, 3: 180, 8: 270}
#: Px by which rounding may part a rendered page from the scan in it.
_MOST_ROUNDING: Final = 2
_TIFF_ROWS_PER_STRIP: Final = 278
_TIFF_PHOTOMETRIC: Final = 262
_TIFF_STRIP_OFFSETS: Final = 273
_TIFF_STRIP_LENGTHS: Final = 279

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """An encoded picture and where it lies.

    Attributes:
        data: JPEG or CCITT G4 bytes.
        width: px.
        height: px.
        components: 1 (grey or 1-bit) or 3 (sRGB).
        is_bilevel: CCITT G4 instead of JPEG.
        is_black_one: for CCITT: whether black is stored as 1.
        to_upright: 3 x 3 affine, px of the picture to px of the upright page.
    """

    data: bytes
    width: int
    height: int
    components: int
    is_bilevel: bool
    is_black_one: bool
    to_upright: Matrix


def picture_of(content: bytes, index: int, placement: Placement, limits: Limits) -> Picture:
    """Returns the picture of a page, in the original colours.

    Raises:
        InputError: the page cannot be decoded.
    """
    is_affine = abs(placement.to_original[6]) < 1e-12 and abs(placement.to_original[7]) < 1e-12
    kept = _kept_jpeg(content, index, limits) if is_affine else None
    fitting = _fitting(kept, placement) if kept is not None else None
    if kept is not None and fitting is not None:
        return _jpeg(kept.data, kept.width, kept.height, _to_upright(placement) @ fitting @ kept.to_decoded)
    original = decode_page(content, index, limits).image
    if is_affine and original.is_bilevel:
        return _fax(original, _to_upright(placement))
    flat = upright(original, placement, (255,) * (1 if original.pixels.ndim == 2 else 3))
    if original.is_bilevel:
        return _fax(flat, np.eye(3))
    return _encoded(flat.pixels)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _KeptJpeg:
    data: bytes
    width: int
    height: int
    to_decoded: Matrix
    turned_size: tuple[int, int]


def _kept_jpeg(content: bytes, index: int, limits: Limits) -> _KeptJpeg | None:
    """Returns the JPEG stream that the page consists of, if it is one that PDF readers show as it is."""
    kind = sniff.media_type(content)
    data = whole_page_jpeg(content, index) if kind == sniff.PDF else content
    if data is None or kind not in (sniff.PDF, sniff.JPEG):
        return None
    with opened(data, "JPEG", limits) as image:
        turn = _EXIF_TURNS.get(int(image.getexif().get(_EXIF_ORIENTATION, 1)))
        width, height, mode = image.width, image.height, image.mode
    if kind == sniff.PDF:
        turn = 0
    if turn is None or mode not in ("L", "RGB"):
        return None
    turned = Frame(to_original=np.eye(3), width=width, height=height).turned(turn)
    return _KeptJpeg(
        data=data, width=width, height=height,
        to_decoded=np.asarray(np.linalg.inv(turned.to_original), np.float64),
        turned_size=(turned.width, turned.height),
    )  # fmt: skip


def _fitting(kept: _KeptJpeg, placement: Placement) -> Matrix | None:
    """Carries the kept picture to the decoded page; rendering may add a pixel to a scan."""
    (width, height), original = kept.turned_size, (placement.original_width, placement.original_height)
    if max(abs(width - original[0]), abs(height - original[1])) > _MOST_ROUNDING:
        return None
    across, down = original[0] / width, original[1] / height
    return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1.0]])


def _to_upright(placement: Placement) -> Matrix:
    matrix = np.array(placement.to_original, dtype=np.float64).reshape(3, 3)
    return np.asarray(np.linalg.inv(matrix), np.float64)


def _jpeg(data: bytes, width: int, height: int, to_upright: Matrix) -> Picture:
    _, _, space, _ = simplejpeg.decode_jpeg_header(data)
    return Picture(
        data=data, width=width, height=height, components=1 if space == "Gray" else 3,
        is_bilevel=False, is_black_one=False, to_upright=to_upright,
    )  # fmt: skip


def _encoded(pixels: Pixels) -> Picture:
    whole = np.ascontiguousarray(pixels if pixels.ndim == 3 else pixels[:, :, np.newaxis])
    space = "RGB" if whole.shape[2] == 3 else "GRAY"
    subsampling = "420" if space == "RGB" else "Gray"
    data = simplejpeg.encode_jpeg(whole, quality=_QUALITY, colorspace=space, colorsubsampling=subsampling)
    return _jpeg(data, pixels.shape[1], pixels.shape[0], np.eye(3))


def _fax(image: PageImage, to_upright: Matrix) -> Picture:
    """Encodes a 1-bit page as one CCITT G4 strip, which loses nothing."""
    grey = image.pixels if image.pixels.ndim == 2 else image.pixels[:, :, 1]
    bits = Image.fromarray(np.asarray(grey > 127), mode=None).convert("1")
    target = io.BytesIO()
    bits.save(target, "TIFF", compression="group4", tiffinfo={_TIFF_ROWS_PER_STRIP: image.height})
    with Image.open(target, formats=["TIFF"]) as written:
        tags = dict(written.tag_v2) if hasattr(written, "tag_v2") else {}
    (start,), (length,) = tags[_TIFF_STRIP_OFFSETS], tags[_TIFF_STRIP_LENGTHS]
    return Picture(
        data=target.getvalue()[start : start + length], width=image.width, height=image.height, components=1,
        is_bilevel=True, is_black_one=tags[_TIFF_PHOTOMETRIC] == 1, to_upright=to_upright,
    )  # fmt: skip


def add_picture(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    """Adds a picture to a document and returns its image object."""
    stream = pikepdf.Stream(pdf, with_clear_end(picture.data))
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.width, picture.height
    stream.ColorSpace = pikepdf.Name.DeviceGray if picture.components == 1 else pikepdf.Name.DeviceRGB
    stream.BitsPerComponent = 1 if picture.is_bilevel else 8
    stream.Filter = pikepdf.Name.CCITTFaxDecode if picture.is_bilevel else pikepdf.Name.DCTDecode
    if picture.is_bilevel:
        stream.DecodeParms = pikepdf.Dictionary(
            K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=picture.is_black_one
        )
    return pdf.make_indirect(stream)


def drawing_matrix(picture: Picture, points_per_pixel: float, page_height: float) -> tuple[float, ...]:
    """Returns the six numbers that draw the picture's unit square at its place on the page.

    Matrices between pictures count from the middle of the first pixel, pages from its corner.
    """
    unit = np.array([[picture.width, 0, 0], [0, -picture.height, picture.height], [0, 0, 1.0]])
    centre = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1.0]])
    corner = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    points = np.array([[points_per_pixel, 0, 0], [0, -points_per_pixel, page_height], [0, 0, 1.0]])
    whole = points @ corner @ picture.to_upright @ centre @ unit
    return tuple(
        float(whole[row, column]) for row, column in ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2))
    )
