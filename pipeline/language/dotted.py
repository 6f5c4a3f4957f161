"""Words that leader dots joined: ``Thành.phố.Hồ.Chí.Minh`` is five words.

Only where every part is a Vietnamese syllable of two letters or more: addresses of the network, abbreviations
and numbers keep their points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dossiers.reading import Box
from pipeline.language.parting import with_parts
from pipeline.language.syllable import is_syllable
from pipeline.text import PageText, Word

_DOTS: Final = re.compile(r"(?<=[^\W\d_])\.+(?=[^\W\d_])")
_FEWEST_LETTERS: Final = 2
#: Signs that end a word and are no part of its last syllable.
_ENDS: Final = ".,;:)"


def without_joining_dots(text: PageText) -> PageText:
    """Returns the page with such words parted; the parts share the box by their letters."""
    return with_parts(text, _parts)


def _parts(word: Word) -> Iterator[Word]:
    pieces = _DOTS.split(word.text)
    if len(pieces) == 1 or not all(map(_is_word, pieces)):
        yield word
        return
    width, letters = word.box.right - word.box.left, len(word.text)
    start = 0
    for piece in pieces:
        start = word.text.index(piece, start)
        end = start + len(piece)
        box = Box(
            left=word.box.left + width * start // letters,
            top=word.box.top,
            right=word.box.left + max(width * start // letters + 1, width * end // letters),
            bottom=word.box.bottom,
        )
        yield replace(word, text=piece, box=box, raw=None, alternatives=())
        start = end


def _is_word(piece: str) -> bool:
    plain = piece.rstrip(_ENDS)
    return len(plain) >= _FEWEST_LETTERS and is_syllable(plain.lower())
