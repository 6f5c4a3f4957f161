"""Which printed word each read word stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from benchmarks.text_score import normalised, without_tones
from pipeline.text import PageText, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedWord:
    """A read word and the printed word with the same letters that stands in its place."""

    word: Word
    line: int
    index: int
    printed: str


def aligned(text: PageText, printed: Sequence[str]) -> Iterator[AlignedWord]:
    """Yields the words that stand for a printed word with the same letters, marks aside.

    Lines find their places by their letters first: the reading order need not be the printed one.

    Args:
        text: what was read.
        printed: the printed lines.
    """
    places = [
        (number, index, word)
        for number, line in enumerate(text.lines)
        for index, word in enumerate(line.words)
    ]
    read = [_bare(word.text) for _, _, word in places]
    taken: set[int] = set()
    for line in sorted(printed, key=len, reverse=True):
        words = normalised(line).split()
        if len(words) < 2:
            continue
        yield from _line(words, places, read, taken)


def _line(
    words: Sequence[str], places: Sequence[tuple[int, int, Word]], read: Sequence[str], taken: set[int]
) -> Iterator[AlignedWord]:
    wanted = [_bare(word) for word in words]
    start = _best_start(wanted, read, taken)
    if start is None:
        return
    low, high = max(0, start - 2), min(len(read), start + len(words) + 2)
    for block in Levenshtein.opcodes(wanted, read[low:high]):
        if block.tag != "equal":
            continue
        for offset in range(block.src_end - block.src_start):
            at = low + block.dest_start + offset
            if at not in taken:
                taken.add(at)
                number, index, word = places[at]
                yield AlignedWord(
                    word=word, line=number, index=index, printed=words[block.src_start + offset]
                )


def _best_start(wanted: Sequence[str], read: Sequence[str], taken: set[int]) -> int | None:
    """Returns where most words of a line stand in a row; ``None`` where fewer than half do."""
    best, most = None, max(2, (len(wanted) + 1) // 2) - 1
    for start in range(len(read)):
        same = sum(
            start + offset < len(read) and read[start + offset] == word and start + offset not in taken
            for offset, word in enumerate(wanted)
        )
        if same > most:
            best, most = start, same
    return best


def _bare(word: str) -> str:
    return without_tones(normalised(word).strip()).lower()
