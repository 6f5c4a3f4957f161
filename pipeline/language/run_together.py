"""Words that the engine ran together: ``thứmấy`` is two words, ``danhcánhân`` three.

Only where the whole is no syllable, every part is one, and the model has seen each part behind the one before
it; where two ways to part it are possible, nothing is done. The raw reading is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.language.model import LanguageModel
from pipeline.language.syllable import canonical, is_syllable
from pipeline.language.tokens import parts
from pipeline.text import Line, PageText, Word

_MOST_PARTS: Final = 3
#: Shorter parts are too often syllables by chance.
_FEWEST_LETTERS: Final = 2
#: Rare syllables (a cost of the model, nats) are those of foreign words that are printed in one: ``rơmoóc``.
_RARE: Final = 13.0
#: What is left of the engine's confidence after such a change.
_SURE: Final = 0.8


def with_words_apart(text: PageText, model: LanguageModel) -> PageText:
    """Returns the page with such words parted; the parts share the box by their letters."""
    blocks = tuple(
        replace(block, lines=tuple(_line(line, model) for line in block.lines)) for block in text.blocks
    )
    return replace(text, blocks=blocks)


def _line(line: Line, model: LanguageModel) -> Line:
    words = tuple(part for word in line.words for part in _apart(word, model))
    return line if len(words) == len(line.words) else replace(line, words=words)


def _apart(word: Word, model: LanguageModel) -> tuple[Word, ...]:
    before, core, behind = parts(word.text)
    if not core.isalpha() or not _is_plain(core) or is_syllable(core.lower()):
        return (word,)
    ways = [way for way in _ways(core, _MOST_PARTS) if len(way) > 1 and _is_known(way, model)]
    if len(ways) != 1:
        return (word,)
    first, *middle, last = ways[0]
    return tuple(_shared(word, [before + first, *middle, last + behind]))


def _is_plain(core: str) -> bool:
    """Whether capitals stand as in running text or a heading; ``iPhone`` and ``UBND`` are left alone."""
    return core[1:].islower() or (core.isupper() and len(core) > 2 * _FEWEST_LETTERS)


def _ways(core: str, most: int) -> Iterator[list[str]]:
    """Yields every way to part letters into syllables."""
    if is_syllable(core.lower()):
        yield [core]
    if most > 1:
        for at in range(_FEWEST_LETTERS, len(core) - _FEWEST_LETTERS + 1):
            if is_syllable(core[:at].lower()):
                for rest in _ways(core[at:], most - 1):
                    yield [core[:at], *rest]


def _is_known(way: Sequence[str], model: LanguageModel) -> bool:
    plain = [canonical(part.lower()) for part in way]
    if not all(model.knows(part) and model.unigram(model.number_of(part)) < _RARE for part in plain):
        return False
    return all(
        model.has_bigram(model.number_of(one), model.number_of(other)) for one, other in pairwise(plain)
    )


def _shared(word: Word, texts: Sequence[str]) -> Iterator[Word]:
    """Yields the parts; the first keeps the raw reading of the whole."""
    box, letters, start = word.box, sum(map(len, texts)), 0
    width = box.right - box.left
    for number, text in enumerate(texts):
        left = min(box.right - 1, box.left + width * start // letters)
        start += len(text)
        right = max(left + 1, box.left + width * start // letters)
        raw = (word.raw or word.text) if number == 0 else None
        yield replace(
            word, text=text, raw=raw, alternatives=(), box=replace(box, left=left, right=right),
            confidence=word.confidence * _SURE,
        )  # fmt: skip
