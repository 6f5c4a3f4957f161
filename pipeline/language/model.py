"""A compact trigram model of administrative Vietnamese: log-probabilities read from one mapped file.

The file holds sorted arrays, one byte a probability. Trigrams are kept as 16-bit fingerprints in buckets: one
in some thousand unseen trigrams is taken for a seen one, which costs less than the memory it saves.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from dossiers.errors import ConfigurationError
from pipeline.language.marks import skeleton
from pipeline.language.tokens import BOUNDARY, NUMBER, OTHER

MAGIC: Final = b"SOHOA-LM/1\n"
#: Probabilities are kept as steps of this many nats, 0 to 255.
STEP: Final = 0.0625
#: Buckets of trigrams, a power of two.
BUCKETS: Final = 1 << 15
_MASK: Final = (1 << 64) - 1

#: What an array of the mapped file is to its reader.
View = Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The arrays of the file, in the order in which they stand there.

    Attributes:
        unigrams: u8, by word number.
        starts: u32, by word number: where its bigrams begin; one more at the end.
        seconds: u16, the second words of the bigrams of each first word, ascending.
        bigrams: u8, log-probability of each.
        backoffs: u8, log-weight of falling back from each as a context.
        alone: u8, log-weight of falling back from a one-word context, by word number.
        buckets: u32, where each bucket of trigrams begins; one more at the end.
        prints: u16, fingerprints, ascending within a bucket.
        trigrams: u8, log-probability of each.
    """

    unigrams: View
    starts: View
    seconds: View
    bigrams: View
    backoffs: View
    alone: View
    buckets: View
    prints: View
    trigrams: View


#: Item format of each section.
FORMATS: Final[dict[str, Literal["B", "H", "I"]]] = {
    "unigrams": "B",
    "starts": "I",
    "seconds": "H",
    "bigrams": "B",
    "backoffs": "B",
    "alone": "B",
    "buckets": "I",
    "prints": "H",
    "trigrams": "B",
}


def place_of(first: int, second: int, third: int) -> tuple[int, int]:
    """Returns the bucket and the fingerprint of a trigram of word numbers."""
    mixed = ((first << 28 | second << 14 | third) * 0x9E3779B97F4A7C15) & _MASK
    return mixed >> 49, (mixed >> 33) & 0xFFFF


class LanguageModel:
    """Log-probabilities of words in their places; read-only, for any number of threads.

    Args:
        content: what the builder wrote, as bytes or as a mapped file.

    Raises:
        ConfigurationError: the content is no model of a known format.
    """

    def __init__(self, content: bytes | mmap.mmap) -> None:
        words, self._sections = _opened(memoryview(content))
        self.words: tuple[str, ...] = words
        self._numbers = {word: number for number, word in enumerate(words)}
        self._alike: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            self._alike.setdefault(skeleton(word), []).append(number)
        self.boundary, self.number, self.other = (self._numbers[each] for each in (BOUNDARY, NUMBER, OTHER))
        self.score = lru_cache(maxsize=1 << 15)(self._score)

    def number_of(self, word: str) -> int:
        """Returns the number of a token; that of ``OTHER`` where it is not in the vocabulary."""
        return self._numbers.get(word, self.other)

    def knows(self, word: str) -> bool:
        """Returns whether a token is in the vocabulary."""
        return word in self._numbers

    def alike(self, bare: str) -> list[int]:
        """Returns the numbers of all words with this skeleton (letters without any mark, lower case)."""
        return self._alike.get(bare, [])

    def unigram(self, word: int) -> float:
        """Returns the cost (negative log-probability, nats) of a word without context."""
        return STEP * int(self._sections.unigrams[word])

    def _score(self, first: int, second: int, third: int) -> float:
        """Returns the cost (nats, 0 or more) of ``third`` behind the two others."""
        sections = self._sections
        bucket, mark = place_of(first, second, third)
        low, high = sections.buckets[bucket], sections.buckets[bucket + 1]
        at = bisect_left(sections.prints, mark, low, high)
        if at < high and sections.prints[at] == mark:
            return STEP * int(sections.trigrams[at])
        context = self._bigram_place(first, second)
        backoff = 0.0 if context < 0 else STEP * int(sections.backoffs[context])
        return backoff + self.bigram(second, third)

    def bigram(self, first: int, second: int) -> float:
        """Returns the cost (nats, 0 or more) of ``second`` behind ``first``."""
        at = self._bigram_place(first, second)
        if at >= 0:
            return STEP * int(self._sections.bigrams[at])
        return STEP * (int(self._sections.alone[first]) + int(self._sections.unigrams[second]))

    def has_bigram(self, first: int, second: int) -> bool:
        """Returns whether ``second`` was seen behind ``first``."""
        return self._bigram_place(first, second) >= 0

    def _bigram_place(self, first: int, second: int) -> int:
        starts, seconds = self._sections.starts, self._sections.seconds
        low, high = starts[first], starts[first + 1]
        at = bisect_left(seconds, second, low, high)
        return at if at < high and seconds[at] == second else -1


def load_model(path: Path | None = None) -> LanguageModel:
    """Maps the model into memory.

    Args:
        path: a model file; the one that comes with the product if omitted.

    Raises:
        ConfigurationError: the file is missing or no model.
    """
    source = path or Path(str(files("pipeline.language") / "data" / "administrative.lm"))
    try:
        with source.open("rb") as file:
            return LanguageModel(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise _bad() from error


def _opened(content: memoryview) -> tuple[tuple[str, ...], Sections]:
    head = len(MAGIC) + 4
    if bytes(content[: len(MAGIC)]) != MAGIC or len(content) < head:
        raise _bad()
    size = int.from_bytes(content[len(MAGIC) : head], "little")
    try:
        table = json.loads(bytes(content[head : head + size]))
        views = {
            name: content[table[name][0] : table[name][0] + table[name][1]].cast(FORMATS[name])
            for name in FORMATS
        }
        words = bytes(content[table["words"][0] : sum(table["words"])]).decode()
        return tuple(words.split("\n")), Sections(**views)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise _bad() from error


def _bad() -> ConfigurationError:
    return ConfigurationError(
        "BAD_LANGUAGE_MODEL",
        vi="Không đọc được mô hình ngôn ngữ đi kèm chương trình.",
        en="The language model is missing or cannot be read.",
    )
