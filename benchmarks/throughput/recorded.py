"""Pages that nobody recognises: bytes to be received, and what a page process answers instead.

Sizes are those of real pages: an original of a megabyte, some 250 words with boxes, a PDF/A of 350 KB a page.
"""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Final

from dossiers.reading import Box, Classification, Outcome, PageReading
from pipeline.geometry import Placement
from pipeline.ocr.found_words import block_of, line_of
from pipeline.page_result import PageResult
from pipeline.text import PageText, Word

#: Bytes of an original, and of the PDF/A of one page.
ORIGINAL_BYTES: Final = 1_000_000
PDF_BYTES: Final = 350_000
#: Pages of a dossier; each document has two.
DOSSIER_PAGES: Final = 8
_TYPES: Final = ("to_khai_khai_sinh", "giay_khai_sinh", "gcn_ket_hon", "giay_uy_quyen")
_WORDS: Final = ("cộng", "hòa", "xã", "hội", "độc", "lập", "tự", "do", "hạnh", "phúc", "tờ", "khai", "ban")
_LINES: Final = 36
_WORDS_A_LINE: Final = 7
_WIDTH, _HEIGHT = 2480, 3508


def original(number: int, size: int = ORIGINAL_BYTES) -> bytes:
    """Bytes of a page like no other's, that do not compress."""
    head = b"page %d\n" % number
    return head + random.Random(number).randbytes(64) + _noise()[: max(0, size - len(head) - 64)]


def place_of(content: bytes) -> int:
    """The place of the page in its dossier, 0 to ``DOSSIER_PAGES`` - 1."""
    return int(content[5 : content.index(b"\n")]) % DOSSIER_PAGES


@lru_cache(maxsize=DOSSIER_PAGES)
def result(place: int) -> PageResult:
    """What reading the page at a place of a dossier gave."""
    words = random.Random(place)
    lines = [line_of(_line(words, row)) for row in range(_LINES)]
    text = PageText(width=_WIDTH, height=_HEIGHT, dpi=300.0, blocks=(block_of(lines),))
    first = place % 2 == 0
    classification = Classification(
        type_id=_TYPES[place // 2], confidence=0.95, evidence="tờ khai" if first else "", is_first_page=first
    )
    reading = PageReading(
        outcome=Outcome.READ,
        classification=classification,
        fields=(),
        text="\n".join(line.text for line in lines),
        page_number=None,
        rotated_degrees=0,
        skew_degrees=0.3,
        confidence=0.97,
        has_seal=False,
        issues=(),
        engine="recorded/1",
        pipeline_version="0",
        seconds=0.0,
    )
    return PageResult(reading=reading, text=text, placement=_PLACEMENT)


def pdf(title: str, pages: int) -> bytes:
    """Stands for the PDF/A of a document."""
    return b"%PDF-1.7\n% " + title.encode() + b"\n" + _noise()[:PDF_BYTES] * pages


@lru_cache(maxsize=1)
def _noise() -> bytes:
    return random.Random(0).randbytes(ORIGINAL_BYTES)


def _line(words: random.Random, row: int) -> tuple[Word, ...]:
    top, width = 200 + row * 85, 280
    return tuple(
        Word(
            text=words.choice(_WORDS),
            box=Box(left=200 + at * width, top=top, right=200 + at * width + 240, bottom=top + 50),
            confidence=0.97,
        )
        for at in range(_WORDS_A_LINE)
    )


_PLACEMENT: Final = Placement(
    original_width=_WIDTH,
    original_height=_HEIGHT,
    width=_WIDTH,
    height=_HEIGHT,
    dpi=300.0,
    rotated_degrees=0,
    skew_degrees=0.3,
    to_original=(1, 0, 0, 0, 1, 0, 0, 0, 1),
)
