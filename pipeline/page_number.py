"""The number printed on a page."""

from __future__ import annotations

import re
from typing import Final

from pipeline.text import Line, PageText

#: Page numbers stand in this share of the page's height at the top or the bottom.
_EDGE_SHARE: Final = 0.13
#: A lone number counts if its middle lies this close to the page's middle, of the width.
_CENTRE_SHARE: Final = 0.12
_NAMED: Final = re.compile(
    r"trang\s*(?:số\s*)?[:.]?\s*(\d{1,3})(?:\s*(?:/|trên|trong)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DASHED: Final = re.compile(r"[-–—]\s*(\d{1,3})\s*[-–—]")
_LONE: Final = re.compile(r"(\d{1,3})\.?")
_OF: Final = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")


def find_page_number(text: PageText) -> int | None:
    """Returns the printed page number (1 to 999), ``None`` where none is seen.

    ``Trang 2``, ``Trang 2/5`` and ``- 2 -`` count anywhere in the top or bottom strip; a lone ``2`` only in
    the middle; ``2/5`` only where it can be a page of several.
    """
    for line in text.lines:
        if _is_at_edge(line, text):
            found = _number(line, text)
            if found:
                return found
    return None


def _is_at_edge(line: Line, text: PageText) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    return middle < _EDGE_SHARE * text.height or middle > (1 - _EDGE_SHARE) * text.height


def _number(line: Line, text: PageText) -> int | None:
    plain = line.text.strip()
    for pattern in (_NAMED, _DASHED):
        match = pattern.fullmatch(plain)
        if match:
            return int(match[1])
    match = _OF.fullmatch(plain)
    if match and 0 < int(match[1]) <= int(match[2]):
        return int(match[1])
    centre = (line.box.left + line.box.right) / 2
    match = _LONE.fullmatch(plain)
    if match and abs(centre - text.width / 2) <= _CENTRE_SHARE * text.width:
        return int(match[1])
    return None
