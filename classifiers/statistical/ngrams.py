"""A page's words and letters as hashed n-grams.

Rule: no text leaves this module. Tones, đ and case are folded and every run of digits becomes one ``0``, so
that no number of a person is ever counted, and what is counted is a bucket, not a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from classifiers.folding import fold
from classifiers.layout import Row, Sheet

#: Number of buckets.
BUCKETS: Final = 1 << 16
#: Lines above this share of the page height, and lines in capitals, are counted apart as well.
_HEAD: Final = 0.42
_CAPITALS: Final = 0.7
#: Letters in a letter n-gram.
_LETTERS: Final = (4, 6)
_WORD: Final = re.compile(r"[a-z]+|\d+")
_MULTIPLIER: Final = np.uint32(0x01000193)

Buckets = npt.NDArray[np.uint16]
Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """Buckets in rising order, each once, and how much weight the page gives to each; equally long."""

    buckets: Buckets
    weights: Weights


def counts_of(sheet: Sheet) -> Counts:
    """Counts the n-grams of a page; words, headlines and letters weigh the same together."""
    rows = [_words(row.text) for row in sheet.rows]
    heads = [words for row, words in zip(sheet.rows, rows, strict=True) if _is_headline(row, sheet)]
    blocks = (_hashed(rows, "w"), _hashed(heads, "h"), _letters(rows))
    return _united([_normal(block) for block in blocks])


def buckets_of_line(text: str) -> Buckets:
    """The word buckets that one line fills, each once: for telling which line decided."""
    words = [_words(text)]
    return np.unique(np.concatenate((_hashed(words, "w"), _hashed(words, "h"), _letters(words))))


def _words(text: str) -> list[str]:
    return ["0" if word.isdigit() else word for word in _WORD.findall(fold(text))]


def _is_headline(row: Row, sheet: Sheet) -> bool:
    letters = [sign for sign in row.text if sign.isalpha()]
    if len(letters) < 4 or row.box.bottom > _HEAD * sheet.height:
        return False
    return sum(sign.isupper() for sign in letters) >= _CAPITALS * len(letters)


def _hashed(rows: Sequence[Sequence[str]], space: str) -> Buckets:
    """Buckets of single words and of pairs of neighbours, repeated as often as they occur."""
    found = [crc32(f"{space} {gram}".encode()) & (BUCKETS - 1) for gram in _grams(rows)]
    return np.asarray(found, np.uint16)


def _grams(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    for words in rows:
        yield from (word for word in words if len(word) > 1)
        yield from (f"{first} {second}" for first, second in pairwise(words))


def _letters(rows: Sequence[Sequence[str]]) -> Buckets:
    """Buckets of runs of letters without regard to blanks, which recognition loses and invents."""
    text = "\n".join("".join(words) for words in rows).encode("ascii")
    signs = np.frombuffer(text, np.uint8).astype(np.uint32)
    found = []
    for size in _LETTERS:
        if signs.size < size:
            continue
        runs = np.lib.stride_tricks.sliding_window_view(signs, size)
        runs = runs[(runs != ord("\n")).all(axis=1)]
        mixed = np.full(len(runs), 0x811C9DC5 + size, np.uint32)
        for column in runs.T:
            mixed = (mixed ^ column) * _MULTIPLIER
        found.append(((mixed ^ (mixed >> np.uint32(15))) & np.uint32(BUCKETS - 1)).astype(np.uint16))
    return np.concatenate(found) if found else np.zeros(0, np.uint16)


def _normal(found: Buckets) -> Counts:
    buckets, times = np.unique(found, return_counts=True)
    weights = np.sqrt(times).astype(np.float32)
    length = float(np.linalg.norm(weights))
    return Counts(buckets=buckets, weights=weights / length if length else weights)


def _united(blocks: Sequence[Counts]) -> Counts:
    every = np.concatenate([block.buckets for block in blocks])
    weights = np.concatenate([block.weights for block in blocks])
    buckets, places = np.unique(every, return_inverse=True)
    total = np.bincount(places, weights, len(buckets)).astype(np.float32)
    return Counts(buckets=buckets, weights=total)
