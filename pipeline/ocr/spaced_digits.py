"""Numbers written one digit a box: read as single digits, they are one word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean, median
from typing import Final

from dossiers.reading import Box
from pipeline.text import Word

#: Fewer digits than this in a row may be marks of a table.
_FEWEST: Final = 6
#: Middles of neighbouring digits are apart by this share of the usual step at most otherwise.
_UNEVEN: Final = 0.35


def joined_digits(words: Sequence[Word]) -> list[Word]:
    """Joins each run of at least six single digits at even steps; other words stay as they are."""
    joined: list[Word] = []
    for run in _runs(words):
        if len(run) >= _FEWEST and _is_even(run):
            joined.append(_one_word(run))
        else:
            joined.extend(run)
    return joined


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        is_digit = len(word.text) == 1 and word.text.isdecimal()
        if run and not is_digit:
            yield run
            run = []
        if is_digit:
            run.append(word)
        else:
            yield [word]
    if run:
        yield run


def _is_even(run: Sequence[Word]) -> bool:
    middles = [(word.box.left + word.box.right) / 2 for word in run]
    steps = [after - before for before, after in pairwise(middles)]
    usual = median(steps)
    return usual > 0 and all(abs(step - usual) <= _UNEVEN * usual for step in steps)


def _one_word(run: Sequence[Word]) -> Word:
    return Word(
        text="".join(word.text for word in run),
        box=Box(
            left=run[0].box.left,
            top=min(word.box.top for word in run),
            right=run[-1].box.right,
            bottom=max(word.box.bottom for word in run),
        ),
        confidence=mean(word.confidence for word in run),
    )
