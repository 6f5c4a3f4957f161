"""Roman numbers whose strokes were read as other letters: ``quý HI``, ``cấp IỊI``, ``Chương Il``.

After these words only a number can stand, so signs of the same strokes are meant. Numbers that are read as
numbers are never changed; the raw reading is kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.text import Line, PageText, Word

#: Words after which a Roman number stands if what is read there is no word.
_OPENERS: Final = frozenset({"chương", "phần", "mục", "quý", "cấp", "hạng", "khóa", "khoá", "loại"})
#: Signs of the same strokes.
_STROKES: Final = str.maketrans(
    {
        "l": "I",
        "|": "I",
        "1": "I",
        "!": "I",
        "Ị": "I",
        "Ì": "I",
        "Í": "I",
        "Ỉ": "I",
        "Ĩ": "I",
        "T": "I",
        "H": "II",
    }
)
_MISREAD: Final = re.compile(r"([IVXl|1!ỊÌÍỈĨTH]{2,5})([.,;:)”\"]*)")
_ROMAN: Final = re.compile("[IVX]")
_NUMBER: Final = re.compile(r"X{0,2}(?:IX|IV|V?I{0,3})")
#: What is left of the engine's confidence after such a change.
_SURE: Final = 0.8


def with_roman_numbers(text: PageText) -> PageText:
    """Returns the page with Roman numbers as they must be."""
    blocks = tuple(replace(block, lines=tuple(map(_line, block.lines))) for block in text.blocks)
    return replace(text, blocks=blocks)


def _line(line: Line) -> Line:
    words = list(line.words)
    for index in range(1, len(words)):
        if words[index - 1].text.lower() in _OPENERS:
            words[index] = _word(words[index])
    return replace(line, words=tuple(words)) if words != list(line.words) else line


def _word(word: Word) -> Word:
    found = _MISREAD.fullmatch(word.text)
    if found is None or _NUMBER.fullmatch(found[1]) or not _ROMAN.search(found[1]):
        return word
    number = found[1].translate(_STROKES)
    if not _NUMBER.fullmatch(number):
        return word
    return replace(
        word, text=number + found[2], raw=word.raw or word.text, confidence=word.confidence * _SURE
    )
