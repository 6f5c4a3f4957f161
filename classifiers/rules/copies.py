"""Whether a page says that it is a copy, or carries the red of a seal."""

from __future__ import annotations

from typing import Final

import numpy as np

from classifiers.folding import is_within
from classifiers.layout import Sheet
from classifiers.rules.book import RuleBook
from dossiers.reading import CopyKind
from pipeline.image import Pixels

#: A seal or a red signature covers at least this share of a page.
LEAST_RED: Final = 0.0008
#: Pixels are looked at on about so many columns.
_LOOK_WIDTH: Final = 500


def copy_kind_of(sheet: Sheet, pixels: Pixels, book: RuleBook, *, is_sealed: bool) -> CopyKind:
    """Tells the kind of copy.

    Args:
        sheet: the page's text.
        pixels: the page in its original colours.
        book: the phrases of copies.
        is_sealed: whether an original of this paper carries a red seal; else it is original as written.
    """
    rows = [row.key for row in sheet.rows]
    if any(is_within(phrase.key, row) for phrase in book.certified_copy for row in rows):
        return CopyKind.CERTIFIED_COPY
    if _is_issued_copy(sheet, book):
        return CopyKind.EXTRACT_COPY
    if not is_sealed or red_share(pixels) >= LEAST_RED:
        return CopyKind.ORIGINAL
    return CopyKind.UNKNOWN


def _is_issued_copy(sheet: Sheet, book: RuleBook) -> bool:
    """The words stand in a line of their own, beside the title, or in the number: ``12/TLKS-BS``."""
    for row in sheet.rows:
        is_high = row.box.bottom < sheet.height * 0.5
        for segment in row.segments:
            key = segment.key
            is_short = len(key) <= 40
            if is_high and is_short and key.endswith("bansao") and not segment.text.endswith((";", ".", ",")):
                return True
            if is_high and is_short and key.startswith("so") and key.endswith("bs"):
                return True
            if any(is_within(phrase.key, key) for phrase in book.issued_copy if len(phrase.key) > 8):
                return True
    return False


def red_share(pixels: Pixels) -> float:
    """Share of clearly red pixels, 0 to 1; 0 for a grey page."""
    if pixels.ndim == 2 or not pixels.size:
        return 0.0
    step = max(1, pixels.shape[1] // _LOOK_WIDTH)  # every pixel of a large scan would cost 20 ms
    red, green, blue = np.moveaxis(pixels[::step, ::step, :3].astype(np.int16), -1, 0)
    is_red = (red > 110) & (red - green > 50) & (red - blue > 40)
    return float(is_red.mean())
