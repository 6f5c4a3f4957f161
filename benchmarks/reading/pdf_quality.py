"""What a searchable PDF keeps of the page: valid PDF/A or not, and how like the picture it looks."""

from __future__ import annotations

import io
import math
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import page as page_validation
import pikepdf.pdfa
import pypdfium2
from PIL import Image

from benchmarks.reading.registration import Matrix, register, scaling
from benchmarks.reading.similarity import Grey, Mask, mean_within, similarity_map

#: Resolution at which pictures are compared, and how much finer they are laid onto each other, so that the
#: one more resampling that this takes hardly shows.
COMPARED_DPI: Final = 150
_FINE: Final = 2
#: Pixels around letters that count as print, and how much darker than the paper around it print is.
_AROUND_PRINT: Final = 5
_DARKER: Final = 40


def quality(pdf: bytes, original: bytes, dpi: float) -> Mapping[str, float]:
    """Returns figures by name.

    ``pdfa_2b`` is 1 where page-validation and pikepdf both find no fault; ``similarity`` is the mean
    structural similarity to the original picture over what both show at 150 dpi, ``print_similarity`` that
    around print alone. Both are missing where the pictures cannot be laid onto each other.

    Args:
        pdf: one page.
        original: the picture that was digitized, upright or not.
        dpi: its resolution.
    """
    figures = {"pdfa_2b": float(is_pdfa_2b(pdf))}
    picture = _grey(original)
    shown = _rendered(pdf)
    matrix = register(shown, picture)
    if matrix is not None:
        figures |= _likeness(shown, picture, matrix, dpi)
    return figures


def is_pdfa_2b(pdf: bytes) -> bool:
    """Whether two validators accept it as PDF/A-2b."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "page.pdf"
        path.write_bytes(pdf)
        told = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_A_2B)
        return bool(told.is_compliant) and not pikepdf.pdfa.validate_written(path, "2b").findings


def _likeness(shown: Grey, picture: Grey, matrix: Matrix, dpi: float) -> Mapping[str, float]:
    """Compares at 150 dpi in the frame of the original, where nothing lies outside the PDF's page."""
    factor = COMPARED_DPI * _FINE / dpi
    size = (
        round(picture.shape[1] * factor / _FINE) * _FINE,
        round(picture.shape[0] * factor / _FINE) * _FINE,
    )
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    fixed = np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8)
    to_frame = scaling(picture, fixed) @ matrix
    moved = cv2.warpPerspective(shown, to_frame, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    covered = cv2.warpPerspective(np.full_like(shown, 255), to_frame, size, flags=cv2.INTER_NEAREST)
    first, second = _halved(moved), _halved(fixed)
    both: Mask = cv2.erode(_halved(covered), np.ones((13, 13), np.uint8)) == 255
    found = similarity_map(first, second)
    figures = {
        "similarity": mean_within(found, both),
        "print_similarity": mean_within(found, both & _print(second)),
    }
    return {name: value for name, value in figures.items() if not math.isnan(value)}


def _print(picture: Grey) -> Mask:
    """Near pixels that are much darker than the paper around them."""
    paper = cv2.medianBlur(cv2.dilate(picture, np.ones((9, 9), np.uint8)), 21)
    dark = (paper.astype(np.int16) - picture > _DARKER).astype(np.uint8)
    side = 2 * _AROUND_PRINT + 1
    return np.asarray(cv2.dilate(dark, np.ones((side, side), np.uint8)) > 0, dtype=np.bool_)


def _halved(picture: cv2.typing.MatLike) -> Grey:
    size = (picture.shape[1] // _FINE, picture.shape[0] // _FINE)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _grey(original: bytes) -> Grey:
    with Image.open(io.BytesIO(original)) as opened:
        return np.asarray(opened.convert("L"), np.uint8)


def _rendered(pdf: bytes) -> Grey:
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=COMPARED_DPI * _FINE / 72, grayscale=True)
        return np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width).astype(np.uint8)
    finally:
        document.close()
