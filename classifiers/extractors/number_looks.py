"""A second look at numbers and dates that were read badly.

Recognition misreads a digit (``25/02/1283``), loses a comma or takes a figure for a letter, and tells so by
its confidence. The place is read again, alone and in several sizes; what nearly all readings agree on
is taken. It is never decided by what would be likely: a number has no spelling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from classifiers.dates import all_dates
from classifiers.extractors.numbering import number_in
from classifiers.extractors.rules import FieldRule, Kind, TypeRules
from classifiers.extractors.second_looks import readings_of
from classifiers.extractors.values import read_value
from classifiers.layout import sheet_of
from dossiers.reading import Box, FieldValue, Source
from pipeline.ports import LetterReader, LineReader, OcrEngine, ReadPage

#: The check that holds where a second look decided about a number.
READ_AGAIN: Final = "number_read_again"
#: Numbers with a word that is less sure than this are looked at again.
_SURE: Final = 0.9
#: So many readings must agree against the first one.
_AGREEING: Final = 3
#: A value that is higher than this many letters stands on several lines.
_ONE_LINE: Final = 2.2
_KINDS: Final = frozenset(
    {
        Kind.DATE,
        Kind.PERSONAL_NUMBER,
        Kind.DIGITS,
        Kind.AMOUNT,
        Kind.SYMBOL,
        Kind.SERIAL,
        Kind.NUMERIC,
    }
)
#: Signs that recognition sees before a value: dots of the form, edges of boxes.
_DIRT: Final = re.compile(r"^[\W_]+")
Read = Callable[[str], str | None]


def _last_day(text: str) -> str | None:
    days = all_dates(text)
    return days[-1][0] if days else None


#: Numbers and dates that are found by layout.
_BY_LAYOUT: Final[Mapping[str, Read]] = {
    "issue_date": _last_day,
    "document_number": number_in,
    "register_number": number_in,
}


class NumberLooks:
    """Reads numbers again.

    Args:
        engine: reads single lines; one that cannot leaves every value as it is.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self._reader = engine if isinstance(engine, LetterReader | LineReader) else None

    def mend(self, value: FieldValue, rules: TypeRules | None, page: ReadPage) -> FieldValue:
        """Returns the number that further readings agree on; else the given value.

        Args:
            value: a value; what is no recognised number or date, and what is sure, stays.
            rules: the fields of the page's type: how the value is read.
            page: the page that it stands on.
        """
        read = _read_of(value.name, rules)
        if self._reader is None or read is None or value.source is not Source.OCR or page.cleaned is None:
            return value
        place = _place_of(value, page)
        if place is None:
            return value
        again = self._again(value.value, page, place, read)
        if again is None or again == value.value or _digits(again) < _digits(value.value or ""):
            return value
        first = (value.value,) if value.value is not None else ()
        return replace(
            value,
            value=again,
            checks=(*value.checks, (READ_AGAIN, True)),
            alternatives=tuple(dict.fromkeys((*first, *value.alternatives))),
        )

    def _again(self, first: str | None, page: ReadPage, place: Box, read: Read) -> str | None:
        """What enough readings agree on; ``None`` once the first one is confirmed, and where none do."""
        votes: Counter[str] = Counter()
        if self._reader is None or page.cleaned is None:
            return None
        for words in readings_of(self._reader, page.cleaned.image, place):
            found = read(_DIRT.sub("", " ".join(word.text for word in words)))
            if found is None:
                continue
            votes[found] += 1
            if found == first and votes.total() == 1:
                return None
            if votes[found] >= _AGREEING:
                return found
        return None


def _read_of(name: str, rules: TypeRules | None) -> Read | None:
    """How the text of a number or date becomes its value; ``None`` for other fields."""
    rule = next((each for each in _rules_of(name, rules) if each.kind in _KINDS), None)
    if rule is None:
        return _BY_LAYOUT.get(name)
    kind = rule.kind
    return lambda text: read_value(kind, text)


def _rules_of(name: str, rules: TypeRules | None) -> list[FieldRule]:
    if rules is None:
        return []
    row = re.fullmatch(r"(\w+)\[\d+\]\.(\w+)", name)
    if row is None:
        return [rule for rule in rules.fields if rule.name == name]
    tables = [table for table in rules.tables if table.name == row[1]]
    return [rule for table in tables for rule in table.columns if rule.name == row[2]]


def _place_of(value: FieldValue, page: ReadPage) -> Box | None:
    """Where a doubtful value stands on the cleaned copy; ``None`` for sure ones, and on several lines."""
    box, cleaned = value.box, page.cleaned
    if box is None or cleaned is None or not re.search(r"\d", value.raw):
        return None
    if box.bottom - box.top > _ONE_LINE * sheet_of(page.text).letter_height:
        return None
    words = [
        word
        for word in page.text.words
        if box.left <= word.box.left
        and word.box.right <= box.right
        and box.top <= word.box.top
        and word.box.bottom <= box.bottom
    ]
    least = min((word.confidence for word in words), default=value.confidence)
    return cleaned.place_of(box) if least < _SURE or value.value is None else None


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)
