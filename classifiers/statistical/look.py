"""What a page looks like, as a few numbers: size, colour of the paper, arrangement, codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from classifiers.layout import Sheet
from dossiers.reading import FieldValue, Source
from pipeline.image import PageImage, Pixels
from pipeline.text import PageText

#: What each number says, in order; all lie between 0 and about 1.
NAMES: Final = (
    "is_card_sized", "is_small", "is_a4", "is_wide", "is_large", "words", "rows", "segments_a_row",
    "has_two_column_head", "single_signs", "tables", "table_cells", "capitals", "has_qr", "has_machine_zone",
    "has_barcode", "paper_red", "paper_green", "paper_blue", "paper_saturation", "red_ink", "picture",
    "is_grey",
)  # fmt: skip
#: Pixels are looked at on about this many columns.
_LOOK_COLUMNS: Final = 160
#: Saturation from which a tint counts, 0 to 255.
_TINTED: Final = 28

Look = npt.NDArray[np.float32]


def look_of(text: PageText, sheet: Sheet, image: PageImage | None, values: Sequence[FieldValue]) -> Look:
    """Measures a page; without the picture its colour is that of a grey copy.

    Returns:
        ``len(NAMES)`` numbers.
    """
    sources = {value.source for value in values}
    codes = [float(source in sources) for source in (Source.QR, Source.MRZ, Source.BARCODE)]
    pixels = image.pixels if image is not None else None
    parts = (*_size(text), *_arrangement(text, sheet), *codes, *_colour(pixels))
    return np.asarray(parts, np.float32)


def _size(text: PageText) -> list[float]:
    long, short = max(text.width, text.height), min(text.width, text.height)
    millimetres = long / max(1.0, text.dpi) * 25.4
    ratio = long / max(1, short)
    return [
        float(1.5 < ratio < 1.7 and millimetres < 130),
        float(millimetres < 230),
        float(1.35 < ratio < 1.48 and 230 < millimetres < 330),
        float(text.width > 1.1 * text.height),
        float(millimetres > 350),
    ]


def _arrangement(text: PageText, sheet: Sheet) -> list[float]:
    words = [token.text for row in sheet.rows for token in row.tokens]
    segments = sum(len(row.segments) for row in sheet.rows)
    letters = [sign for word in words for sign in word if sign.isalpha()]
    single = sum(len(word) == 1 and word.isalnum() for word in words)
    cells = sum(len(table.cells) for table in text.tables)
    head = sheet.rows[: max(2, len(sheet.rows) // 5)]
    return [
        min(1.0, float(np.log1p(len(words))) / 7),
        min(1.0, len(sheet.rows) / 60),
        min(1.0, segments / max(1, len(sheet.rows)) / 4),
        float(sum(len(row.segments) == 2 for row in head) >= 2),
        min(1.0, single / max(1, len(words)) * 3),
        min(1.0, len(text.tables) / 3),
        min(1.0, cells / 60),
        sum(sign.isupper() for sign in letters) / max(1, len(letters)),
    ]


def _colour(pixels: Pixels | None) -> list[float]:
    """Tint of the paper as shares of its bright pixels, red ink, even dark tone (a photograph)."""
    if pixels is None or not pixels.size or pixels.ndim == 2:
        return [0.0] * 6 + [1.0]
    step = max(1, pixels.shape[1] // _LOOK_COLUMNS)
    small = np.ascontiguousarray(pixels[::step, ::step, :3])
    hue, saturation, value = (small_plane.ravel() for small_plane in cv2.split(_hsv(small)))
    if float(saturation.mean()) < 2:
        return [0.0] * 6 + [1.0]
    is_paper = value > 140
    tinted = is_paper & (saturation > _TINTED)
    whole = max(1, int(is_paper.sum()))
    is_red = tinted & ((hue < 10) | (hue > 165))
    is_green = tinted & (hue >= 35) & (hue < 90)
    is_blue = tinted & (hue >= 90) & (hue <= 165)
    deep = (saturation > 110) & (value > 90) & ((hue < 10) | (hue > 170))
    dull = (value > 40) & (value <= 140) & (saturation < 110)
    return [
        *(float(plane.sum()) / whole for plane in (is_red, is_green, is_blue)),
        float(saturation[is_paper].mean()) / 128 if is_paper.any() else 0.0,
        min(1.0, float(deep.mean()) * 2),
        float(dull.mean()),
        0.0,
    ]


def _hsv(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV), np.uint8)
