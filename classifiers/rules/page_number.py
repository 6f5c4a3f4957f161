"""The page number printed at the top or the bottom of a page."""

from __future__ import annotations

import re
from typing import Final

from classifiers.folding import fold
from classifiers.layout import Segment, Sheet

_NUMBER: Final = re.compile(r"[-–( ]*(?:trang(?: so)?[ :]*)?(\d{1,3})(?:\s?/\s?\d{1,3})?[-–). ]*")
#: Page numbers stand in these parts of the page height.
_TOP: Final = 0.09
_BOTTOM: Final = 0.92


def printed_page_number(sheet: Sheet) -> int | None:
    """Returns the number printed alone in the top or bottom margin; ``None`` where there is none."""
    for row in (*sheet.rows[:2], *sheet.rows[-2:]):
        middle = (row.box.top + row.box.bottom) / 2 / max(1, sheet.height)
        if _TOP < middle < _BOTTOM or len(row.segments) != 1:
            continue
        number = _number(row.segments[0])
        if number is not None:
            return number
    return None


def _number(segment: Segment) -> int | None:
    match = _NUMBER.fullmatch(fold(segment.text))
    return int(match.group(1)) if match and 0 < int(match.group(1)) < 500 else None
