"""The training text as numbers: one token a number, paragraphs between boundaries."""

from __future__ import annotations

import itertools
import lzma
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.language.tokens import BOUNDARY, CLASSES, OTHER, tokens
from pipeline.vietnamese import marked_share

Numbers = npt.NDArray[np.uint32]

#: Paragraphs that are no prose: file names, metadata of the web page, addresses.
_NO_PROSE: Final = re.compile(r"_|https?:|\.docx?\b|\.pdf\b|^\w+: |^---", re.ASCII)
#: Fewer marks than this share of the letters: text that was written without any.
_FEWEST_MARKS: Final = 0.1
#: A word must be seen so often to enter the vocabulary.
_LEAST_COUNT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedText:
    """Text as word numbers.

    Attributes:
        words: the vocabulary, classes first, then ascending; its places are the numbers.
        numbers: the text, with two boundaries before every paragraph.
    """

    words: tuple[str, ...]
    numbers: Numbers


def paragraphs(path: Path) -> Iterator[str]:
    """Yields the prose of a corpus file (xz or plain), one paragraph a line."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if is_prose(line):
                yield line


def is_prose(line: str) -> bool:
    """Returns whether a paragraph is Vietnamese text with its marks."""
    return len(line) > 8 and not _NO_PROSE.search(line) and marked_share(line) >= _FEWEST_MARKS


def encode(text: Iterable[str], always: Iterable[str]) -> EncodedText:
    """Turns paragraphs into numbers.

    Args:
        text: paragraphs.
        always: words that enter the vocabulary however rare they are.
    """
    raw = array("I")
    seen: dict[str, int] = {}
    for line in text:
        raw.extend(
            seen.setdefault(each, len(seen)) for each in itertools.chain((BOUNDARY, BOUNDARY), tokens(line))
        )
    stream = np.frombuffer(raw, dtype=np.uint32)
    counts = np.bincount(stream, minlength=len(seen))
    wanted = set(always)
    kept = sorted(
        word
        for word, number in seen.items()
        if word not in CLASSES and (counts[number] >= _LEAST_COUNT or word in wanted)
    )
    words = (*CLASSES, *kept)
    places = {word: place for place, word in enumerate(words)}
    table = np.full(len(seen), places[OTHER], dtype=np.uint32)
    for word, number in seen.items():
        table[number] = places.get(word, places[OTHER])
    return EncodedText(words=words, numbers=table[stream])
