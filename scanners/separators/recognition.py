"""Looks at one page for the signs of a separator. Untrusted pixels: call it in the sandboxed child.

Most pages are papers and are told in a few milliseconds by their many letters; codes are only read where a
frame, a patch or a bare sheet makes a separator possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage
from scanners.separators.blobs import Blobs, find_blobs
from scanners.separators.frame import frame_share
from scanners.separators.judging import LOOKS_LIKE_OURS
from scanners.separators.patch import has_patch_t
from scanners.separators.sight import SheetSight

#: Letters, in height or width, millimetres.
_LETTER_MM: Final = (0.9, 7.0)
#: Pieces of the size of letters outside codes: a bought sheet has a title and a few lines, a paper has more.
MOST_LETTERS: Final = 220
#: The same before codes are read: a code has pieces of that size itself.
_MOST_WITH_CODES: Final = 700
#: A page with fewer dark pieces of any size holds no code.
_FEWEST_PIECES: Final = 10
#: More codes are not handed on.
_MOST_CODES: Final = 16


class FoundCode(Protocol):
    """One code on a page."""

    @property
    def text(self) -> str:
        """What it says; data from outside."""
        ...

    @property
    def box(self) -> Box:
        """Where, in px of the page."""
        ...


#: Reads the QR and bar codes of a page. The library for it lives among the classifiers.
CodeFinder = Callable[[PageImage], Sequence[FoundCode]]


def see_sheet(image: PageImage, find_codes: CodeFinder) -> SheetSight:
    """Returns the signs of a separator that a page shows, at any angle; may be repeated."""
    blobs = find_blobs(image)
    share = frame_share(blobs)
    letters = _letters(blobs)
    if share < LOOKS_LIKE_OURS and (len(letters) > _MOST_WITH_CODES or len(blobs.areas) < _FEWEST_PIECES):
        return SheetSight(frame_share=share, has_patch_t=has_patch_t(blobs))
    codes = find_codes(image)[:_MOST_CODES]
    outside = [index for index in letters if not _is_in_a_code(blobs, int(index), codes)]
    return SheetSight(
        frame_share=share,
        is_bare=len(outside) <= MOST_LETTERS,
        codes=tuple(dict.fromkeys(code.text for code in codes)),
        has_patch_t=has_patch_t(blobs),
    )


def _letters(blobs: Blobs) -> Sequence[int]:
    least, most = (side * blobs.px_per_mm for side in _LETTER_MM)
    large = np.maximum(blobs.widths, blobs.heights)
    return [int(index) for index in np.flatnonzero((large >= least) & (large <= most))]


def _is_in_a_code(blobs: Blobs, index: int, codes: Sequence[FoundCode]) -> bool:
    x, y = (float(side) * blobs.times for side in blobs.centres[index])
    margin = 2.0 * blobs.px_per_mm * blobs.times
    return any(
        code.box.left - margin <= x <= code.box.right + margin
        and code.box.top - margin <= y <= code.box.bottom + margin
        for code in codes
    )
