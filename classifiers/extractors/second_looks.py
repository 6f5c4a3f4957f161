"""A second look at the marks of a name: each letter is asked what else it may be.

Recognition loses marks, above all one of two that stand above each other: ``NGUYỄN`` becomes ``NGUYÊN``,
``TRẦN`` becomes ``TRẤN``. Names are read again, alone, with room for the marks above capitals and in several
sizes. Letters never change, only their marks, and what decides is what the engine saw in these pictures,
never which name is frequent: the same holds for every syllable, and a name of ``NGUYÊN`` stays one
(``benchmarks.fields.family_names``). The first reading stays as an alternative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from classifiers.extractors.family_names import is_known
from classifiers.extractors.letter_costs import LetterCosts
from classifiers.folding import fold
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage
from pipeline.language.syllable import is_syllable
from pipeline.letters import ReadLetters
from pipeline.ports import LetterReader, LineReader, OcrEngine
from pipeline.second_tries.pictures import resized

#: The check that holds where a second look decided about marks of the name.
SEEN_AGAIN: Final = "marks_seen_again"
#: Sizes relative to the cleaned page, and heights of the line in px with the blur of each.
_SCALES: Final = (1.5, 1.0)
_HEIGHTS: Final = ((40, 0.8), (48, 0.0))
#: Signs around a word that do not belong to it.
_EDGES: Final = " .,:;_-—=~|!'\"“”‘’"
#: A name with a mark that two readings differ on is so much less sure.
_DOUBT: Final = 0.75
#: What a sign costs that an engine gave which tells no doubts.
_TAKEN: Final = 1.0


class NameReader:
    """Reads names again.

    Args:
        engine: reads single lines; one that cannot leaves every name as it is. One that tells its doubts
            (``LetterReader``) is asked for them.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self._reader = engine if isinstance(engine, LetterReader | LineReader) else None

    def mend(self, value: FieldValue, cleaned: CleanedCopy | None) -> FieldValue:
        """Returns the name with the marks that were seen; the given value where none others were.

        Args:
            value: a recognised name.
            cleaned: the page as the engine was shown it.
        """
        if self._reader is None or cleaned is None or value.box is None or not value.value:
            return value
        place = cleaned.place_of(value.box)
        if place is None or not self._is_asked_for(value.value):
            return value
        name = _Name.of(value.value)
        for reading in readings_of(self._reader, cleaned.image, place):
            name.add(reading)
            if name.is_clear:
                break
        seen = name.decided()
        return value if seen == value.value else _mended(value, seen)

    def _is_asked_for(self, name: str) -> bool:
        """Marks above capitals are lost most; other names are doubtful if no family name begins them.

        An engine that tells no doubts is asked for the latter only: it may be a program, started each time.
        """
        is_spelt = isinstance(self._reader, LetterReader)
        return (is_spelt and name.isupper()) or not is_known(name.split()[0])


@dataclass(slots=True)
class _Name:
    """A name while readings of it are collected."""

    words: list[str]
    costs: list[LetterCosts] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> _Name:
        words = text.split()
        return cls(words, [LetterCosts(word) for word in words])

    def add(self, reading: Sequence[ReadLetters]) -> None:
        """Counts a reading of all of its words; one of other letters says nothing about marks."""
        self._join(reading)
        for word, costs in zip(self._found(reading), self.costs, strict=False):
            costs.add(word)

    @property
    def is_clear(self) -> bool:
        """Whether no letter may be another by what was read so far."""
        return all(costs.is_clear for costs in self.costs)

    def decided(self) -> str:
        """The name with the likeliest marks; words that would be no syllable stay as they are."""
        chosen = zip(self.words, (costs.best() for costs in self.costs), strict=True)
        words = [best if is_syllable(best) else word for word, best in chosen]
        if is_known(self.words[0]) and not is_known(words[0]):
            words[0] = self.words[0]  # a family name that was read once is not given up for none
        return " ".join(words)

    def _join(self, reading: Sequence[ReadLetters]) -> None:
        """Joins a letter that was read apart (``H UỲNH``) to its word, if the reading has them as one."""
        alone = next((place for place, word in enumerate(self.words[:-1]) if len(word) == 1), None)
        if alone is None:
            return
        whole = "".join(self.words[alone : alone + 2])
        if fold(whole) in (fold(bare_of(each).text) for each in reading):
            self.words[alone : alone + 2] = [whole]
            self.costs[alone : alone + 2] = [LetterCosts(whole)]

    def _found(self, reading: Sequence[ReadLetters]) -> list[Sequence[Mapping[str, float]]]:
        bare = [each for each in map(bare_of, reading) if each.text]
        wanted, count = [fold(word) for word in self.words], len(self.words)
        for first in range(len(bare) - count, -1, -1):
            part = bare[first : first + count]
            if [fold(each.text) for each in part] == wanted:
                return [each.letters for each in part]
        return []


def bare_of(word: ReadLetters) -> ReadLetters:
    """The word without signs around it, each letter with its costs."""
    text = word.text.strip(_EDGES)
    start = word.text.find(text)
    letters = word.letters or tuple({sign: _TAKEN} for sign in word.text)
    return ReadLetters(text=text, letters=letters[start : start + len(text)])


def readings_of(
    reader: LetterReader | LineReader, page: PageImage, place: Box
) -> Iterator[Sequence[ReadLetters]]:
    """Yields up to four readings of one line alone, each in another size; none more once the engine fails."""
    height = place.bottom - place.top
    sizes = [(scale, 0.0) for scale in _SCALES] + [(high / height, blur) for high, blur in _HEIGHTS]
    for cutting in resized(page, place, sizes):
        try:
            yield _read(reader, cutting.image)
        except EngineError:
            return


def _read(reader: LetterReader | LineReader, picture: PageImage) -> Sequence[ReadLetters]:
    if isinstance(reader, LetterReader):
        return reader.recognise_letters(picture)
    return [ReadLetters(text=word.text, letters=()) for word in reader.recognise_line(picture)]


def _mended(value: FieldValue, name: str) -> FieldValue:
    return replace(
        value,
        value=name,
        confidence=value.confidence * _DOUBT,
        checks=(*value.checks, (SEEN_AGAIN, True)),
        alternatives=tuple(dict.fromkeys((value.value or "", *value.alternatives))),
    )
