"""The serial number of a land certificate: alone at the edge of the page, or named in a text."""

from __future__ import annotations

import re
from typing import Final

from classifiers.extractors.found import field_of
from classifiers.folding import fold
from classifiers.layout import Sheet
from dossiers.reading import FieldValue, Source

#: Two letters and six digits; the form of 2024 has eight.
_SERIAL: Final = re.compile(r"([A-ZĐ]{2})\s?(\d{8}|\d{6})")
_IN_TEXT: Final = re.compile(r"phat hanh[\s:]*")
#: Serials stand in these outer shares of the page height.
_EDGE: Final = 0.16


def edge_serial(sheet: Sheet, source: Source) -> FieldValue | None:
    """Finds a serial that stands alone near the top or the bottom; ``None`` where there is none."""
    for row in sheet.rows:
        place = (row.box.top + row.box.bottom) / 2 / max(1, sheet.height)
        if _EDGE < place < 1 - _EDGE:
            continue
        for segment in row.segments:
            match = _SERIAL.fullmatch(segment.text.strip(" .:,'"))
            if match is not None:
                return field_of("serial_number", f"{match[1]} {match[2]}", segment.tokens, source)
    return None


def named_serial(sheet: Sheet, source: Source) -> FieldValue | None:
    """Finds ``… số phát hành AB 123456`` in running text, over two lines too; ``None``: it is not said."""
    before = ""
    for row in sheet.rows:
        is_named = _IN_TEXT.search(fold(f"{before} {row.text}")) is not None
        match = _SERIAL.search(row.text) if is_named else None
        if match is not None:
            return field_of("serial_number", f"{match[1]} {match[2]}", row.tokens, source)
        before = row.text
    return None
