"""How much of what looks like letters stands under no word: print that the engine left out, handwriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.geometry import Placement
from pipeline.stages.glyphs import Glyphs
from pipeline.text import PageText

#: The page is covered on a grid of so many cells across.
_CELLS: Final = 1000
#: A word reaches so much beyond its box, in heights: marks above and below, cut letters beside.
_REACH: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Letter-like pieces of ink on the page.

    Attributes:
        pieces: how many stand under no word.
        share: of all pieces, 0 to 1; 0 where there are none.
    """

    pieces: int = 0
    share: float = 0.0


def find_unread(glyphs: Glyphs, text: PageText, placement: Placement) -> Unread:
    """Counts the pieces that no word covers; what was cropped away does not count.

    Args:
        glyphs: the letter-like pieces of the page as it came.
        text: words in px of the upright page.
        placement: how the upright page lies in the page as it came.
    """
    across, down = _on_upright(glyphs, placement)
    inside = (across >= 0) & (across < text.width) & (down >= 0) & (down < text.height)
    if not inside.any():
        return Unread()
    scale = _CELLS / text.width
    covered = _covered(text, scale)
    rows = (down[inside] * scale).astype(int).clip(0, covered.shape[0] - 1)
    columns = (across[inside] * scale).astype(int).clip(0, covered.shape[1] - 1)
    unread = ~covered[rows, columns]
    return Unread(pieces=int(unread.sum()), share=float(unread.mean()))


def _on_upright(
    glyphs: Glyphs, placement: Placement
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Returns the middles of all pieces, px of the upright page."""
    left, top, width, height = (glyphs.boxes[:, column].astype(np.float64) for column in range(4))
    original = placement.original_width / glyphs.ink.shape[1]
    middles = np.stack(((left + width / 2) * original, (top + height / 2) * original, np.ones(len(left))))
    x, y, w = np.linalg.inv(np.array(placement.to_original).reshape(3, 3)) @ middles
    return x / w, y / w


def _covered(text: PageText, scale: float) -> npt.NDArray[np.bool_]:
    covered = np.zeros((int(text.height * scale) + 1, _CELLS + 1), dtype=np.bool_)
    for word in text.words:
        box = word.box
        reach = _REACH * (box.bottom - box.top)
        rows = slice(max(0, int((box.top - reach) * scale)), int((box.bottom + reach) * scale) + 1)
        covered[rows, max(0, int((box.left - reach) * scale)) : int((box.right + reach) * scale) + 1] = True
    return covered
