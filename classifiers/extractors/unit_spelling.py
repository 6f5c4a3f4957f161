"""Official units in addresses: a unit that does not exist as it was read, and exists with other marks.

Provinces and communes are closed lists. What was read stays unless it is on no list, exactly one name on the
list has its letters, and the paper does not contradict: a province is always one of the list, a commune of
today's list is taken only where the engine, asked again, finds the official marks nearly as likely (there
were other communes before, and they were called otherwise). How frequent a name is does not matter. The first
reading stays as an alternative, and the check ``unit_spelling`` says what happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from classifiers.extractors.letter_costs import LetterCosts
from classifiers.extractors.second_looks import bare_of, readings_of
from classifiers.folding import fold
from classifiers.layout import Row, hull, sheet_of
from dossiers.reading import Box, FieldValue, Source
from pipeline.language.syllable import canonical
from pipeline.language.vocabulary import Kind, load_vocabulary
from pipeline.ports import LetterReader, OcrEngine, ReadPage

#: The check that holds where the official spelling of a unit was taken.
SPELT: Final = "unit_spelling"
#: Marks of the official name may cost so much more than those that were read, on average, in each word.
_MOST_EXTRA: Final = 12.0
#: A value with a unit that is spelt otherwise than it was read is so much less sure.
_DOUBT: Final = 0.75
_EDGES: Final = " .,:;_-“”‘’\"'|"
_PROVINCE: Final = re.compile(r"^(?P<before>(?:tỉnh|thành phố|tp\.?)\s+)(?P<name>.+)$", re.IGNORECASE)
_COMMUNE: Final = re.compile(
    r"^(?P<before>(?:.*\s)?)(?P<name>(?:xã|phường|thị trấn|đặc khu)\s.+)$", re.IGNORECASE
)
_PROVINCES: Final = (Kind.PROVINCE, Kind.FORMER_PROVINCE)
#: A small l that begins a word of a name is a capital I, which looks the same.
_LOOKS_LIKE_I: Final = re.compile(r"(?<=\s)l(?=[^\W\d_])")


class UnitSpeller:
    """Spells units of addresses officially where only that can be meant.

    Args:
        engine: is asked for the marks of communes; one that tells no doubts leaves them as they were read.
    """

    def __init__(self, engine: OcrEngine | LetterReader | None) -> None:
        self._reader: LetterReader | None = engine if isinstance(engine, LetterReader) else None

    def mend(self, value: FieldValue, page: ReadPage) -> FieldValue:
        """Returns the address with official units; the given value where every unit is one or none fits.

        Args:
            value: a recognised address.
            page: the page that it stands on.
        """
        if value.value is None or value.box is None or value.source is not Source.OCR:
            return value
        parts = value.value.split(", ")
        spelt = [self._part(part, value.box, page, is_last=part is parts[-1]) for part in parts]
        text = ", ".join(spelt)
        if text == value.value:
            return value
        return replace(
            value,
            value=text,
            confidence=value.confidence * _DOUBT,
            checks=(*value.checks, (SPELT, True)),
            alternatives=tuple(dict.fromkeys((value.value, *value.alternatives))),
        )

    def _part(self, part: str, box: Box, page: ReadPage, *, is_last: bool) -> str:
        commune = _COMMUNE.match(part)
        if commune is not None:
            official = _only_official(commune["name"], (Kind.COMMUNE,))
            is_meant = official is not None and self._may_be(commune["name"], official, box, page)
            return f"{commune['before']}{_like(official, part)}" if official and is_meant else part
        province = _PROVINCE.match(part)
        if province is not None and is_last:
            official = _only_official(province["name"], _PROVINCES)
            return f"{province['before']}{_like(official, part)}" if official else part
        return part

    def _may_be(self, read: str, official: str, box: Box, page: ReadPage) -> bool:
        """Whether the marks of each word that differs may be the official ones, by what the engine sees."""
        pairs = zip(_LOOKS_LIKE_I.sub("I", read).split(), official.split(), strict=True)
        different = [(mine, its) for mine, its in pairs if canonical(mine) != canonical(its)]
        return all(self._extra(mine, its, box, page) <= _MOST_EXTRA for mine, its in different)

    def _extra(self, mine: str, its: str, box: Box, page: ReadPage) -> float:
        costs = LetterCosts(mine)
        place = _row_of(mine, box, page)
        if self._reader is not None and place is not None and page.cleaned is not None:
            for reading in readings_of(self._reader, page.cleaned.image, place):
                found = next((word for word in map(bare_of, reading) if fold(word.text) == fold(mine)), None)
                if found is not None:
                    costs.add(found.letters)
        return costs.extra_of(its)


def _only_official(read: str, kinds: Iterable[Kind]) -> str | None:
    """The one official name with the letters of the one that was read; ``None`` if it is one itself."""
    vocabulary, wanted = load_vocabulary(), tuple(kinds)
    names: set[str] = set()
    for text in dict.fromkeys((read, _LOOKS_LIKE_I.sub("I", read))):
        names |= {" ".join(entry.text.split()) for entry in vocabulary.same_letters(text, wanted)}
    is_spelt = any(_spelling(name) == _spelling(read) for name in names)
    only = next(iter(names)) if len(names) == 1 and not is_spelt else None
    return only if only is not None and len(only.split()) == len(read.split()) else None


def _spelling(name: str) -> list[str]:
    """The words in small letters, marks on the letter that dictionaries put them on (``hoà``, ``hòa``)."""
    return [canonical(word) for word in name.split()]


def _like(official: str, part: str) -> str:
    """The official name in the capitals of the part; the first word as it was read."""
    if part.isupper():
        return official.upper()
    match = _COMMUNE.match(part)
    first, _, rest = official.partition(" ")
    return f"{match['name'].split()[0]} {rest}" if match is not None else f"{first} {rest}".strip()


def _row_of(word: str, box: Box, page: ReadPage) -> Box | None:
    """Where the row of the value stands that a word is in, px of the cleaned copy."""
    for row in sheet_of(page.text).rows:
        inside = _inside(row, box)
        if inside and any(token.text.strip(_EDGES) == word for token in row.tokens):
            return page.cleaned.place_of(hull(inside)) if page.cleaned is not None else None
    return None


def _inside(row: Row, box: Box) -> list[Box]:
    return [
        token.box
        for token in row.tokens
        if box.left <= token.box.left
        and token.box.right <= box.right
        and box.top <= token.box.top
        and token.box.bottom <= box.bottom
    ]
