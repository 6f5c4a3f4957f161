"""Which words were stamped on the page: those of a seal, and those in a stamped frame.

Stamped words are content and are kept, but they belong to no line of the print that they lie over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.stages.seal import Seal
from pipeline.text import Word

#: What stamps in frames say, without marks; the short ones count only as the whole of a line.
_WORDING: Final = (
    "cong van den", "cong thong tin", "sao y", "sao luc", "trich sao", "chung thuc", "cong bao", "hoa toc",
    "thuong khan",
)  # fmt: skip
_WHOLE_LINES: Final = ("den", "mat", "toi mat", "khan")
#: Ink whose strongest and weakest colour differ by this, of 255, is no black print.
_LEAST_COLOUR: Final = 48
#: Part of a word's ink that must have a colour.
_COLOURED_SHARE: Final = 0.6
#: Ink is what is darkest in a word's box: this percentage of it, below this value of 255.
_INK_PERCENTILE: Final = 30
_INK_BELOW: Final = 170
#: How far a seal's words reach, of its radius.
_REACH: Final = 1.08


def is_sealed(box: Box, seals: Sequence[Seal], page: PageImage) -> bool:
    """Whether a word lies in a seal and has its colour; black print under a seal does not."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    is_inside = any((x - seal.x) ** 2 + (y - seal.y) ** 2 <= (_REACH * seal.radius) ** 2 for seal in seals)
    return is_inside and _is_coloured(box, page)


def is_stamp(words: Sequence[Word], lines: Sequence[str], page: PageImage | None) -> bool:
    """Whether the text of a frame was stamped: by its wording, or since most of its letters are coloured.

    Args:
        words: the words in the frame.
        lines: the same as lines of text.
        page: the upright page, for its colours; ``None``: only the wording counts.
    """
    plain = [_plain(line) for line in lines]
    if any(phrase in line for line in plain for phrase in _WORDING):
        return True
    if any(line in _WHOLE_LINES for line in plain):
        return True
    if page is None or not words:
        return False
    coloured = sum(len(word.text) for word in words if _is_coloured(word.box, page))
    return 2 * coloured > sum(len(word.text) for word in words)


def _is_coloured(box: Box, page: PageImage) -> bool:
    if page.pixels.ndim == 2:
        return False
    part = page.pixels[box.top : box.bottom, box.left : box.right].reshape(-1, 3).astype(np.int16)
    if not part.size:
        return False
    strongest, weakest = part.max(axis=1), part.min(axis=1)
    ink = weakest <= min(_INK_BELOW, int(np.percentile(weakest, _INK_PERCENTILE)))
    return bool(ink.any() and ((strongest - weakest)[ink] > _LEAST_COLOUR).mean() > _COLOURED_SHARE)


def _plain(text: str) -> str:
    """Small letters without marks, words joined by single spaces."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(each if each.isalnum() else " " for each in apart if not unicodedata.combining(each))
    return " ".join(letters.split())
