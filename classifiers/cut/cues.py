"""What a page says about its place in a document: head, number, running text, articles, people.

Everything comes from the reading alone, so that the cut stays a pure function of the readings. The scanner's
resolution, colour and feeder side are left out on purpose: they are equal through a whole stack. The size of
the paper is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifiers.folding import fold, is_within, key_of
from dossiers.document_types import BLANK, DOCUMENT_TYPES
from dossiers.reading import Outcome, PageReading

#: The head of a page: this many lines from the top.
_HEAD_LINES: Final = 12
_LIKE_MOTTO: Final = 0.8
_MOTTO: Final = ("conghoaxahoichunghiavietnam", "dociaptudohanhphuc")
#: What was read of a page through paper is short, and few of its letters are right.
_SHORT_TEXT: Final = 200
_RUBBISH: Final = 0.25
#: The motto with a title and a number and nothing else: a cover that was scanned without colour.
_TITLE_ALONE: Final = 120
#: Written paper is filled to a tenth, dirty backs less; covers and pictures to a third and more.
_FILLED: Final = 0.25
#: Running text fills the line; what is shorter is a label, a name or dirt.
_FULL_LINE: Final = 45
#: A page number or initials may stand below the last line of running text, a signature takes more lines.
_FOOT_LINES: Final = 3
_SIGNATURE_LINES: Final = 10
_SIGNERS: Final = ("tm.", "kt.", "tl.", "tuq.", "chu tich", "pho chu tich", "giam doc", "truong", "nguoi ky")
_SENTENCE_END: Final = frozenset('.;:!?/…)"”')
_ARTICLE: Final = re.compile(r"^dieu (\d{1,3})\b")
_ROMAN: Final = re.compile(r"^([ivx]{1,5})[.)] ")
_ITEM: Final = re.compile(r"^(\d{1,2})[.)] ?\D")
_ROMANS: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
#: Personal numbers, tax codes, serials, document numbers: long enough not to agree by chance.
_TOKEN: Final = re.compile(r"\d{6,}|\d{1,5}/[^\W\d_]{2,}[-\w]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCues:
    """Cues of one page.

    Attributes:
        type_id: the type that it shows by itself.
        confidence: how sure that is, 0 to 1.
        is_first: whether the classifier took it for the first page of a document.
        number: the printed page number, ``None`` where none was read.
        unread: how many illegible pages lie just before it.
        has_motto: whether the national motto stands at its head.
        has_end: whether the list of recipients or ``./.`` ends a document on it.
        is_signed: whether somebody was to sign at its foot.
        begins_amid: whether it begins within a sentence.
        ends_amid: whether it ends within a sentence.
        opening: first number of each kind of heading (article, roman, item), 0 where there is none.
        closing: last number of each kind.
        tokens: long numbers on it.
        enclosed: numbers of the documents that it says at its head to belong to (``kèm theo …``).
        is_cover: whether it is a cover or a picture: filled with colour, few words on it; or a title alone.
        size: shorter and longer side of the paper, mm; ``None`` where it is not known.
    """

    type_id: str
    confidence: float
    is_first: bool
    number: int | None
    unread: int
    has_motto: bool
    has_end: bool
    is_signed: bool
    begins_amid: bool
    ends_amid: bool
    opening: tuple[int, int, int]
    closing: tuple[int, int, int]
    tokens: frozenset[str]
    enclosed: frozenset[str]
    is_cover: bool = False
    size: tuple[float, float] | None = None


def is_blank(reading: PageReading) -> bool:
    """Whether nothing is on the page."""
    return reading.outcome is Outcome.BLANK or reading.classification.type_id == BLANK


def is_illegible(reading: PageReading) -> bool:
    """A dirty or printed-through back, a drawing, a photo: something is on it, but hardly a word was read."""
    letters = len(reading.text.strip())
    is_rubbish = letters < _SHORT_TEXT and reading.confidence < _RUBBISH
    return reading.outcome is Outcome.NEEDS_PERSON and (letters == 0 or is_rubbish)


def is_cover(reading: PageReading) -> bool:
    """A cover or a picture: few words, and much of it is dark or strongly coloured."""
    is_short = len(reading.text) < _SHORT_TEXT
    return is_short and reading.look is not None and reading.look.filled >= _FILLED


def front_of(type_id: str) -> str:
    """The type of the document that such a page belongs to: a card's document is named by its front."""
    kind = DOCUMENT_TYPES.get(type_id)
    return kind.joins if kind is not None and kind.joins else type_id


def cues_of(reading: PageReading, unread: int = 0) -> PageCues:
    """Looks for all cues of a page behind so many illegible ones; takes about a millisecond."""
    found = reading.classification
    lines = [line.strip() for line in reading.text.split("\n")]
    lines = [line for line in lines if sum(map(str.isalpha, line)) >= 3]
    folded = [fold(line) for line in lines]
    opening, closing = _headings(folded)
    has_motto = _has_motto(lines[:_HEAD_LINES])
    has_end = any(line.startswith("noi nhan") or line.endswith("./.") for line in folded)
    is_signed = any(map(_is_signature, lines[-_SIGNATURE_LINES:], folded[-_SIGNATURE_LINES:]))
    is_title_alone = has_motto and len(reading.text) < _TITLE_ALONE and not (has_end or is_signed)
    return PageCues(
        type_id=front_of(found.type_id),
        confidence=found.confidence,
        is_first=found.is_first_page,
        number=reading.page_number,
        unread=unread,
        has_motto=has_motto,
        has_end=has_end,
        is_signed=is_signed,
        begins_amid=_begins_amid(lines),
        ends_amid=_ends_amid(lines),
        opening=opening,
        closing=closing,
        tokens=frozenset(_TOKEN.findall(fold(reading.text))),
        enclosed=_enclosed(folded[:_HEAD_LINES]),
        is_cover=is_cover(reading) or is_title_alone,
        size=_size(reading),
    )


def _size(reading: PageReading) -> tuple[float, float] | None:
    look = reading.look
    if look is None:
        return None
    return min(look.width_mm, look.height_mm), max(look.width_mm, look.height_mm)


def _has_motto(head: Sequence[str]) -> bool:
    keys = [key_of(line) for line in head]
    return any(is_within(phrase, key, _LIKE_MOTTO) for key in keys for phrase in _MOTTO)


def _is_signature(line: str, folded: str) -> bool:
    """Whether somebody is to sign here: ``(Ký, ghi rõ họ tên)``, or an office in capitals."""
    return "ghi ro ho" in folded or (line.isupper() and folded.startswith(_SIGNERS))


def _begins_amid(lines: Sequence[str]) -> bool:
    """Whether the first line, full or the end of a sentence, starts with a small letter that is no ``a)``."""
    line = next((line for line in lines[:2] if len(line) >= _FULL_LINE or line[-1] in _SENTENCE_END), "")
    return len(line) > 1 and line[0].islower() and line[1] not in ").,"


def _ends_amid(lines: Sequence[str]) -> bool:
    line = next((line for line in reversed(lines[-_FOOT_LINES:]) if len(line) >= _FULL_LINE), "")
    return bool(line) and line[-1] not in _SENTENCE_END and not line.isupper()


def _headings(folded: Sequence[str]) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    for line in folded:
        if match := _ARTICLE.match(line):
            found[0].append(int(match[1]))
        elif (match := _ROMAN.match(line)) and match[1] in _ROMANS:
            found[1].append(_ROMANS[match[1]])
        elif match := _ITEM.match(line):
            found[2].append(int(match[1]))
    articles, romans, items = found
    return (
        (_first(articles), _first(romans), _first(items)),
        (_last(articles), _last(romans), _last(items)),
    )


def _first(numbers: Sequence[int]) -> int:
    return numbers[0] if numbers else 0


def _last(numbers: Sequence[int]) -> int:
    return numbers[-1] if numbers else 0


def _enclosed(head: Sequence[str]) -> frozenset[str]:
    """Long numbers in the lines at the head from ``kèm theo`` on."""
    at = next((place for place, line in enumerate(head) if "kem theo" in line), None)
    return frozenset() if at is None else frozenset(_TOKEN.findall(" ".join(head[at : at + 2])))
