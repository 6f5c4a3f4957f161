"""A second look at a name whose first word is no family name, or a rare one.

Recognition loses one of two marks that stand above each other: ``NGUYỄN`` becomes ``NGUYÊN``, ``TRẦN``
becomes ``TRẤN``. Such a name is read again, alone and in several sizes. Another family name is taken only if
it has the same letters and several of these readings *are* that very name (more than half of them where the
first reading is a family name too): what stands on the paper decides, never what is frequent. The first
reading stays as an alternative.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from classifiers.extractors.family_names import is_common, is_known
from classifiers.extractors.rules import Kind
from classifiers.extractors.values import read_value
from classifiers.folding import fold
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage
from pipeline.ports import LineReader, OcrEngine
from pipeline.second_tries.pictures import resized

#: The check that holds where a second look decided about the family name.
SEEN_AGAIN: Final = "family_name_seen_again"
#: Sizes relative to the cleaned page, and heights of the line in px with the blur of each.
_SCALES: Final = (1.0, 1.5, 2.0)
_HEIGHTS: Final = ((32, 0.0), (40, 0.8), (48, 0.0))
#: So many readings must be the same family name; more than half where the first reading is one too.
_AGREEING: Final = 2
_MANY: Final = 4
#: A family name that fewer than all readings agree on is this much less sure.
_DOUBT: Final = 0.5


class NameReader:
    """Reads names again.

    Args:
        engine: reads single lines; one that cannot leaves every name as it is.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self._reader = engine if isinstance(engine, LineReader) else None

    def mend(self, value: FieldValue, cleaned: CleanedCopy | None) -> FieldValue:
        """Returns the name with the family name that was seen; the given value where none was.

        Args:
            value: a recognised name.
            cleaned: the page as the engine was shown it.
        """
        if self._reader is None or cleaned is None or value.box is None or value.value is None:
            return value
        first, _, rest = value.value.partition(" ")
        place = cleaned.place_of(value.box)
        if not rest or place is None or is_common(first):
            return value
        least = _MANY if is_known(first) else _AGREEING
        seen: Counter[str] = Counter()
        for number, name in enumerate(_readings(self._reader, cleaned.image, place), start=1):
            family = name.partition(" ")[0].lower()
            if _is_same(name, first, rest) and is_known(family):
                seen[family] += 1
            if seen[family] == least:
                is_new = family != first.lower()
                return _with_family_name(value, family, least / number) if is_new else value
        return value


def _readings(reader: LineReader, page: PageImage, place: Box) -> Iterator[str]:
    """The name as read in each size; empty where no name was read."""
    height = place.bottom - place.top
    sizes = [(scale, 0.0) for scale in _SCALES] + [(high / height, blur) for high, blur in _HEIGHTS]
    for cutting in resized(page, place, sizes):
        try:
            words = reader.recognise_line(cutting.image)
        except EngineError:
            return
        yield read_value(Kind.NAME, " ".join(word.text for word in words)) or ""


def _is_same(name: str, first: str, rest: str) -> bool:
    """Whether a reading has the letters of the name, whatever its marks."""
    return fold(name) == fold(f"{first} {rest}")


def _with_family_name(value: FieldValue, family: str, share: float) -> FieldValue:
    first, _, rest = (value.value or "").partition(" ")
    written = family.upper() if first.isupper() else family.capitalize()
    return replace(
        value,
        value=f"{written} {rest}",
        confidence=value.confidence * (1 - _DOUBT * (1 - share)),
        checks=(*value.checks, (SEEN_AGAIN, True)),
        alternatives=tuple(dict.fromkeys((value.value or "", *value.alternatives))),
    )
