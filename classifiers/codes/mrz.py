"""Reader of machine-readable zones: from the page's own text first, then by a second look at the zone.

The general engine reads the zone's special typeface at page scale badly, so where a zone is hinted at but its
check digits do not hold, the strip is cut out, enlarged and read again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from classifiers.codes.mrz_text import MachineZone, clean_line, parse_zone
from classifiers.folding import is_within, key_of
from classifiers.layout import Row, hull, sheet_of
from classifiers.person_number import number_checks
from dossiers.errors import EngineError
from dossiers.reading import Box, Classification, FieldValue, Source
from pipeline.image import PageImage
from pipeline.ports import OcrEngine, ReadPage

#: Height in px that letters of the zone are brought to before the second reading.
TARGET_LETTER_PX: Final = 40
_HINT: Final = re.compile(r"[I1L]D[VY<]|V[NM]M|<<<|P<V|<[A-Z0-9]*<")
#: Where cards end on their own image or on a page: strips to look at when the text hints at nothing.
_CARD_WORDS: Final = (
    "dacdiemnhandang",
    "ngontrotrai",
    "ngontrophai",
    "noidangkykhaisinh",
    "ministryofpublicsecurity",
)


class ZoneReader:
    """Extractor of machine-readable zones.

    Args:
        engine: reads the enlarged zone when the page's own text fails; ``None``: no second look.
    """

    name = "mrz/1"

    def __init__(self, engine: OcrEngine | None = None) -> None:
        self._engine = engine

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns the values of the zone, empty where none is legible; may be repeated."""
        del classification
        rows = sheet_of(page.text).rows
        zone = parse_zone(["".join(token.text for token in row.tokens) for row in rows])
        if zone is None or (zone.personal_number is None and zone.passport_number is None):
            for strip in _strips(page, rows):
                again, lines = self._read_again(page.image, strip)
                if again is not None and (zone is None or again.personal_number is not None):
                    return _fields(again, lines, strip, page)
        if zone is None:
            return ()
        used = [rows[at] for at in zone.lines]
        return _fields(zone, used, hull(row.box for row in used), page)

    def _read_again(self, image: PageImage, strip: Box) -> tuple[MachineZone | None, list[Row]]:
        """Reads one strip at two enlargements."""
        if self._engine is None:
            return None, []
        crop = image.pixels[strip.top : strip.bottom, strip.left : strip.right]
        for letter_px in (TARGET_LETTER_PX, TARGET_LETTER_PX * 3 // 4):
            scale = letter_px / max(8.0, (strip.bottom - strip.top) / 6)
            enlarged = _enlarge(PageImage(pixels=crop, dpi=image.dpi), min(6.0, max(1.0, scale)))
            try:
                text = self._engine.recognise(enlarged)
            except EngineError:
                return None, []
            rows = list(sheet_of(text).rows)
            zone = parse_zone(["".join(token.text for token in row.tokens) for row in rows])
            if zone is not None:
                return zone, [rows[at] for at in zone.lines]
        return None, []


def make(engine: OcrEngine | None = None) -> ZoneReader:
    """Makes the reader."""
    return ZoneReader(engine)


def _enlarge(image: PageImage, scale: float) -> PageImage:
    grey = image.pixels if image.pixels.ndim == 2 else cv2.cvtColor(image.pixels, cv2.COLOR_RGB2GRAY)
    larger = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    margin = 30
    padded = cv2.copyMakeBorder(larger, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    return PageImage(pixels=np.asarray(padded, dtype=np.uint8), dpi=min(1200.0, image.dpi * scale))


def _strips(page: ReadPage, rows: Sequence[Row]) -> list[Box]:
    """Finds where a zone may be: around rows that look like one, or below the words of a card's back."""
    hinted = [row for row in rows if _is_hint("".join(token.text for token in row.tokens))]
    strips = [_widened(hull(row.box for row in run), page.image, 1.3) for run in _runs(hinted)]
    if strips:
        return strips[:2]
    words = [row for row in rows if any(is_within(word, row.key) for word in _CARD_WORDS)]
    if not words:
        return []
    box = hull(row.box for row in words)
    height = max(box.bottom - box.top, page.image.height // 12)
    below = Box(left=box.left, top=box.bottom, right=box.right, bottom=box.bottom + height)
    return [_widened(below, page.image, 0.2)]


def _is_hint(text: str) -> bool:
    cleaned = clean_line(text)
    return len(cleaned) >= 16 and _HINT.search(cleaned) is not None


def _runs(rows: Sequence[Row]) -> list[list[Row]]:
    """Parts rows where more than three row heights lie between them."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and row.box.top - runs[-1][-1].box.bottom < 3 * (row.box.bottom - row.box.top):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _widened(box: Box, image: PageImage, share: float) -> Box:
    """Grows a box by a share of its height up and down and to most of the page's width around it."""
    grow = int((box.bottom - box.top) * share) + 10
    sideways = max(grow, (box.right - box.left) // 6)
    return Box(
        left=max(0, box.left - sideways),
        top=max(0, box.top - grow),
        right=min(image.width, box.right + sideways),
        bottom=min(image.height, box.bottom + grow),
    )


def _fields(zone: MachineZone, rows: Sequence[Row], box: Box, page: ReadPage) -> tuple[FieldValue, ...]:
    raw = "\n".join(clean_line("".join(token.text for token in row.tokens)) for row in rows)
    confidence = 0.99 if zone.is_complete else 0.95
    digits = "".join(sign for sign in page.text.text if sign.isdigit())
    number_holds: tuple[tuple[str, bool], ...] = (("check_digits", True),)
    if zone.personal_number is not None:
        number_holds += number_checks(zone.personal_number, zone.birth_date, zone.sex)
        number_holds += (("is_in_print", digits.count(zone.personal_number) > 0),)
    named = zone.name is not None and is_within(key_of(zone.name), key_of(page.text.text))
    values: list[tuple[str, str | None, float, tuple[tuple[str, bool], ...]]] = [
        ("personal_number", zone.personal_number, confidence, number_holds),
        ("passport_number", zone.passport_number, confidence, (("check_digits", True),)),
        ("birth_date", zone.birth_date, confidence, (("check_digits", True),)),
        ("sex", zone.sex, 0.9, ()),
        ("expiry_date", zone.expiry_date, confidence, (("check_digits", True),)),
        ("mrz_name", zone.name, 0.85, (("is_in_print", named),)),
    ]
    return tuple(
        FieldValue(
            name=name, raw=raw, value=value, box=box, confidence=sure, source=Source.MRZ, checks=checks
        )
        for name, value, sure, checks in values
        if value is not None
    )
