"""Names, numbers and codes that a clerk should look at, with what they may be; nothing is changed here.

The language layer flags names; numbers, and words of which the engine has other readings, are doubtful by
their calibrated confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dossiers.reading import Doubt, FieldValue, Source
from pipeline.language.marks import with_case_of
from pipeline.language.naming import Flag
from pipeline.language.tokens import parts
from pipeline.ocr.found_words import around
from pipeline.text import PageText, Word

#: A number, or a word with other readings, that is less likely to be right than this is doubtful. Of the
#: numbers of the development forms it takes 14 %, every second of them wrong: 60 % of all wrong ones.
_UNSURE: Final = 0.8
#: Nothing has more alternatives than this.
_MOST: Final = 3
_SIGNS: Final = " .,;:()-"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Words of a line, from ``start`` to before ``end``, that are doubtful together."""

    line: int
    start: int
    end: int
    alternatives: tuple[str, ...]


def with_alternatives(text: PageText, flags: Iterable[Flag]) -> PageText:
    """Returns the text with the alternatives of flagged names in their words, before those of the engine."""
    runs: dict[int, list[_Run]] = {}
    for run in map(_run, flags):
        runs.setdefault(run.line, []).append(run)
    first, blocks = 0, []
    for block in text.blocks:
        lines = [
            replace(line, words=_marked(line.words, runs.get(first + number, ())))
            for number, line in enumerate(block.lines)
        ]
        blocks.append(replace(block, lines=tuple(lines)))
        first += len(block.lines)
    return replace(text, blocks=tuple(blocks))


def doubts_of(text: PageText, flags: Iterable[Flag]) -> tuple[Doubt, ...]:
    """Returns what is doubtful on a page, in reading order.

    Args:
        text: words with calibrated confidences.
        flags: the names that the language layer doubts.
    """
    runs = [_run(flag) for flag in flags]
    taken = {(run.line, at) for run in runs for at in range(run.start, run.end)}
    runs += [
        _Run(line=number, start=at, end=at + 1, alternatives=word.alternatives)
        for number, line in enumerate(text.lines)
        for at, word in enumerate(line.words)
        if (number, at) not in taken and _is_unsure(word)
    ]
    runs.sort(key=lambda run: (run.line, run.start))
    return tuple(_doubt(text.lines[run.line].words[run.start : run.end], run.alternatives) for run in runs)


def with_doubts(fields: Sequence[FieldValue], doubts: Sequence[Doubt]) -> tuple[FieldValue, ...]:
    """Returns values no surer than the doubtful words in them, with what they may be instead.

    Values of codes and machine zones were not read from these words and stay.
    """
    return tuple(_with_doubts(field, doubts) for field in fields)


def _with_doubts(field: FieldValue, doubts: Sequence[Doubt]) -> FieldValue:
    if field.source is not Source.OCR or field.value is None:
        return field
    inside = [
        doubt for doubt in doubts if doubt.text and doubt.text in field.raw and _is_inside(doubt, field)
    ]
    if not inside:
        return field
    return replace(
        field,
        confidence=min(field.confidence, *(doubt.confidence for doubt in inside)),
        alternatives=tuple(dict.fromkeys(_values(field.value, inside)))[:_MOST],
    )


def _values(value: str, doubts: Sequence[Doubt]) -> Iterator[str]:
    """The value with one doubtful part replaced; nothing where it was written anew, as dates are."""
    for doubt in doubts:
        for alternative in doubt.alternatives:
            changed = value.replace(doubt.text, alternative)
            if changed != value:
                yield changed


def _is_inside(doubt: Doubt, field: FieldValue) -> bool:
    if field.box is None:
        return False
    across = (doubt.box.left + doubt.box.right) / 2
    down = (doubt.box.top + doubt.box.bottom) / 2
    return field.box.left <= across <= field.box.right and field.box.top <= down <= field.box.bottom


def _run(flag: Flag) -> _Run:
    texts = [_written(flag.word, text) for text, _ in flag.alternatives]
    return _Run(line=flag.line, start=flag.index, end=flag.index + flag.count, alternatives=tuple(texts))


def _written(read: str, text: str) -> str:
    """Writes an alternative in capitals where the reading is."""
    return text.upper() if len(read) > 1 and read.isupper() else text


def _marked(words: Sequence[Word], runs: Sequence[_Run]) -> tuple[Word, ...]:
    marked = list(words)
    for run in runs:
        own = words[run.start : run.end]
        for at, others in enumerate(zip(*_split(run.alternatives, len(own)), strict=True)):
            word = own[at]
            found = dict.fromkeys((*(_dressed(word.text, other) for other in others), *word.alternatives))
            found.pop(word.text, None)
            marked[run.start + at] = replace(word, alternatives=tuple(found))
    return tuple(marked)


def _split(alternatives: Sequence[str], count: int) -> list[list[str]]:
    """The words of alternatives that have as many words as the reading."""
    return [words for text in alternatives if len(words := text.split()) == count]


def _dressed(read: str, other: str) -> str:
    """Gives a word the signs and, where the letters are as many, the capitals of the reading."""
    before, core, behind = parts(read)
    if not core:
        return other
    bare = other.strip(_SIGNS)
    return before + (with_case_of(core, bare) if len(core) == len(bare) else bare) + behind


def _is_unsure(word: Word) -> bool:
    can_be_told = bool(word.alternatives) or any(sign.isdigit() for sign in word.text)
    return can_be_told and word.confidence < _UNSURE


def _doubt(words: Sequence[Word], alternatives: tuple[str, ...]) -> Doubt:
    text = " ".join(word.text for word in words).strip(_SIGNS)
    others = words[0].alternatives if len(words) == 1 else alternatives
    bare = dict.fromkeys(each.strip(_SIGNS) for each in others)
    return Doubt(
        text=text,
        alternatives=tuple(each for each in bare if each and each != text)[:_MOST],
        box=around([word.box for word in words]),
        confidence=min(word.confidence for word in words),
    )
