"""An encoded picture inside a PDF: its object, and the matrix that draws it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pikepdf

from pipeline.pdf.fax import Fax
from pipeline.pdf.streams import with_clear_end

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stencil:
    """Which parts of a picture are painted: the black pixels; any size, it covers the same area."""

    fax: Fax
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """An encoded picture and where it lies.

    Attributes:
        coded: JPEG or CCITT G4.
        width: px.
        height: px.
        components: 1 (grey or 1-bit) or 3 (sRGB).
        to_upright: 3 x 3 affine, px of the picture to px of the upright page.
        stencil: what of it is painted, ``None`` for all.
    """

    coded: bytes | Fax
    width: int
    height: int
    components: int
    to_upright: Matrix
    stencil: Stencil | None = None


def add_picture(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    """Adds a picture to a document and returns its image object."""
    if isinstance(picture.coded, Fax):
        stream = _fax_stream(pdf, picture.coded, picture.width, picture.height)
    else:
        stream = _image_stream(pdf, picture.coded, picture.width, picture.height)
        stream.BitsPerComponent, stream.Filter = 8, pikepdf.Name.DCTDecode
    stream.ColorSpace = pikepdf.Name.DeviceGray if picture.components == 1 else pikepdf.Name.DeviceRGB
    if picture.stencil is not None:
        mask = _fax_stream(pdf, picture.stencil.fax, picture.stencil.width, picture.stencil.height)
        mask.ImageMask = True
        stream.Mask = pdf.make_indirect(mask)
    return pdf.make_indirect(stream)


def _image_stream(pdf: pikepdf.Pdf, data: bytes, width: int, height: int) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, with_clear_end(data))
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = width, height
    return stream


def _fax_stream(pdf: pikepdf.Pdf, fax: Fax, width: int, height: int) -> pikepdf.Stream:
    """Decoded, black pixels are zeros: black in grey, painted in a mask."""
    stream = _image_stream(pdf, fax.data, width, height)
    stream.BitsPerComponent, stream.Filter = 1, pikepdf.Name.CCITTFaxDecode
    stream.DecodeParms = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=fax.is_black_one)
    return stream


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
