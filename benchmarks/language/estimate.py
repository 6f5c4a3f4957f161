"""From word numbers to the arrays of the model: absolute discounting, interpolated, pruned.

The text itself holds misread marks: parts of it were once recognised from scans. Words that others with the
same letters outnumber by far in the same place are taken for such errors and left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.language.corpus import EncodedText, Numbers
from pipeline.language.marks import skeleton
from pipeline.language.model import BUCKETS, STEP

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]

_BITS: Final = 14
_LAST: Final = (1 << _BITS) - 1
_DISCOUNT: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruning:
    """What is left out.

    Attributes:
        bigram_count: bigrams that were seen more rarely.
        trigram_count: trigrams that were seen more rarely.
        trigram_gain: trigrams whose count times log-ratio (nats) against falling back is smaller.
        error_share: n-grams seen more rarely than this share of another one with the same letters.
    """

    bigram_count: int = 2
    trigram_count: int = 3
    trigram_gain: float = 6.0
    error_share: float = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """N-grams of one length: keys ascending, and how often each was seen."""

    keys: Keys
    counts: Counts

    def only(self, kept: npt.NDArray[np.bool_]) -> Grams:
        """Returns those that are kept."""
        return Grams(keys=self.keys[kept], counts=self.counts[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class Bigrams:
    """The kept bigrams with their estimates, and what falling back on single words costs."""

    grams: Grams
    shares: Floats
    left: Floats
    lone: Floats

    @property
    def first(self) -> Keys:
        """The first words."""
        return self.grams.keys >> _BITS

    def places(self, keys: Keys) -> tuple[Counts, npt.NDArray[np.bool_]]:
        """Returns where bigrams stand among the kept ones, and whether they do."""
        at = np.minimum(np.searchsorted(self.grams.keys, keys), len(self.grams.keys) - 1)
        return at, self.grams.keys[at] == keys

    def estimates(self, keys: Keys) -> Floats:
        """Returns the share of each bigram's second word behind its first."""
        at, held = self.places(keys)
        found: Floats = np.where(held, self.shares[at], self.left[keys >> _BITS] * self.lone[keys & _LAST])
        return found


def estimate(text: EncodedText, pruning: Pruning) -> dict[str, bytes]:
    """Returns the sections of the model file."""
    letters = _letters(text.words)
    bigrams = _bigrams(text, letters, pruning)
    triples, shares, left = _trigrams(text.numbers, letters, bigrams, pruning)
    starts = np.searchsorted(bigrams.first, np.arange(len(text.words) + 1, dtype=np.uint64))
    return {
        "unigrams": _quantised(bigrams.lone).tobytes(),
        "starts": starts.astype("<u4").tobytes(),
        "seconds": (bigrams.grams.keys & _LAST).astype("<u2").tobytes(),
        "bigrams": _quantised(bigrams.shares).tobytes(),
        "backoffs": _quantised(left).tobytes(),
        "alone": _quantised(bigrams.left).tobytes(),
        **_bucketed(triples.keys, _quantised(shares)),
    }


def _letters(words: tuple[str, ...]) -> Keys:
    """Returns a number for each word; words that differ in marks alone share it."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(skeleton(word), len(numbers)) for word in words], dtype=np.uint64)


def _grams(numbers: Numbers, length: int) -> Grams:
    """Counts runs of words."""
    count = len(numbers) - length + 1
    key = numbers[:count].astype(np.uint64)
    for offset in range(1, length):
        key = key << np.uint64(_BITS) | numbers[offset : count + offset]
    keys, counts = np.unique(key, return_counts=True)
    return Grams(keys=keys, counts=counts)


def _likely(grams: Grams, letters: Keys, length: int, share: float) -> npt.NDArray[np.bool_]:
    """Which n-grams are not outnumbered by another one with the same letters."""
    group = np.zeros(len(grams.keys), dtype=np.uint64)
    for offset in reversed(range(length)):
        group = group << np.uint64(_BITS) | letters[grams.keys >> np.uint64(offset * _BITS) & _LAST]
    _, place = np.unique(group, return_inverse=True)
    most = np.zeros(place.max() + 1, dtype=np.int64)
    np.maximum.at(most, place, grams.counts)
    kept: npt.NDArray[np.bool_] = grams.counts >= share * most[place]
    return kept


def _bigrams(text: EncodedText, letters: Keys, pruning: Pruning) -> Bigrams:
    totals = np.maximum(np.bincount(text.numbers, minlength=len(text.words)), 1)
    lone = totals / totals.sum()
    grams = _grams(text.numbers, 2)
    grams = grams.only(grams.counts >= pruning.bigram_count)
    grams = grams.only(_likely(grams, letters, 2, pruning.error_share))
    first, second = grams.keys >> _BITS, grams.keys & _LAST
    left = _left_over(first.astype(np.int64), grams.counts, totals)
    shares = (grams.counts - _DISCOUNT) / totals[first] + left[first] * lone[second]
    return Bigrams(grams=grams, shares=shares, left=left, lone=lone)


def _trigrams(
    numbers: Numbers, letters: Keys, bigrams: Bigrams, pruning: Pruning
) -> tuple[Grams, Floats, Floats]:
    """Returns the kept trigrams, their estimates, and what each bigram leaves over as a context."""
    grams = _grams(numbers, 3)
    grams = grams.only(grams.counts >= pruning.trigram_count)
    grams = grams.only(_likely(grams, letters, 3, pruning.error_share))
    place, held = bigrams.places(grams.keys >> _BITS)
    held &= bigrams.places(grams.keys & ((1 << 2 * _BITS) - 1))[1]
    grams, place = grams.only(held), place[held]
    totals = bigrams.grams.counts
    lower = bigrams.estimates(grams.keys & ((1 << 2 * _BITS) - 1))
    direct = (grams.counts - _DISCOUNT) / totals[place]
    left = _left_over(place, grams.counts, totals)
    gain = grams.counts * np.abs(np.log(direct + left[place] * lower) - np.log(lower))
    kept = gain >= pruning.trigram_gain
    left = _left_over(place[kept], grams.counts[kept], totals)
    return grams.only(kept), direct[kept] + left[place[kept]] * lower[kept], left


def _left_over(context: Counts, counts: Counts, totals: Counts) -> Floats:
    """The share of each context that discounting and pruning leave to shorter contexts."""
    used = np.bincount(context, counts - _DISCOUNT, minlength=len(totals))
    return np.clip(1 - used / totals, 1e-4, 1.0)


def _quantised(shares: Floats) -> Bytes:
    """Negative logarithms in steps, one byte each."""
    steps = np.rint(-np.log(np.minimum(shares, 1.0)) / STEP)
    return np.clip(steps, 0, 255).astype(np.uint8)


def _bucketed(keys: Keys, costs: Bytes) -> dict[str, bytes]:
    """Sorts trigrams into buckets; the same hash as ``place_of`` of the model."""
    mixed = keys * np.uint64(0x9E3779B97F4A7C15)
    bucket, mark = mixed >> np.uint64(49), mixed >> np.uint64(33) & np.uint64(0xFFFF)
    order = np.lexsort((keys, mark, bucket))
    starts = np.searchsorted(bucket[order], np.arange(BUCKETS + 1, dtype=np.uint64))
    return {
        "buckets": starts.astype("<u4").tobytes(),
        "prints": mark[order].astype("<u2").tobytes(),
        "trigrams": costs[order].tobytes(),
    }
