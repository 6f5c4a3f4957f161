"""Letters that were read for digits, where only a number can stand: ``ngày l8 tháng 02``, ``khoản I Điều 5``.

A number that runs into the word before it is parted from it: ``tháng07`` is two words.

This is not a choice between numbers: the printed sign cannot be a letter there, so the digit of the same
shape is meant. The raw reading is kept and the confidence lowered, so that a clerk still sees the doubt.
Words with both digits and other signs (``79/2024/TT-BCA``) are left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.language.parting import with_parts
from pipeline.text import Line, PageText, Word

#: Signs taken for a digit of the same shape. Others (B and 8, S and 5) are not alike enough to be sure.
_SHAPES: Final = str.maketrans(
    {"I": "1", "l": "1", "|": "1", "]": "1", "[": "1", "!": "1", "O": "0", "o": "0"}
)
#: Words after which an Arabic number stands. Chapters and parts have Roman numbers.
_OPENERS: Final = frozenset({"ngày", "tháng", "năm", "khoản", "điều"})
#: After these a lone ``I`` may be a Roman number, so a digit must be read with it or elsewhere after it.
_ROMAN_TOO: Final = frozenset({"điều", "năm"})
_MIXED: Final = re.compile(r"([\dIl|\]\[!Oo]{1,4})([.,;:)”\"]*)")
#: The same words with their number run into them.
_JOINED: Final = re.compile(r"(ngày|tháng|năm|khoản|điều)(\d{1,4}[.,;:)”\"]*)", re.IGNORECASE)
_LEAST_DIGITS: Final = re.compile(r"\d")
#: What is left of the engine's confidence after such a change.
_SURE: Final = 0.8


def plain_numerals(text: PageText) -> PageText:
    """Returns the page with look-alike letters made digits after day, month, year, article and clause."""
    text = with_parts(text, _parts)
    arabic = _followed_by_digits(text)
    blocks = tuple(
        replace(block, lines=tuple(_line(line, arabic) for line in block.lines)) for block in text.blocks
    )
    return replace(text, blocks=blocks)


def _parts(word: Word) -> tuple[Word, ...]:
    """Parts a word from the number that runs into it; they share its box by their letters."""
    found = _JOINED.fullmatch(word.text)
    if found is None:
        return (word,)
    box = word.box
    middle = box.left + max(1, (box.right - box.left) * len(found[1]) // len(word.text))
    before = replace(word, text=found[1], box=replace(box, right=middle), raw=word.raw or word.text)
    number = replace(
        word, text=found[2], box=replace(box, left=min(middle, box.right - 1)), raw=None, alternatives=()
    )
    return before, number


def _followed_by_digits(text: PageText) -> frozenset[str]:
    """Openers that a number in digits follows somewhere on the page."""
    found = set()
    for line in text.lines:
        for before, word in zip(line.words, line.words[1:], strict=False):
            if word.text[:1].isdigit():
                found.add(before.text.lower())
    return frozenset(found)


def _line(line: Line, arabic: frozenset[str]) -> Line:
    words = list(line.words)
    for index in range(1, len(words)):
        words[index] = _word(words[index - 1].text.lower(), words[index], arabic)
    return replace(line, words=tuple(words)) if words != list(line.words) else line


def _word(opener: str, word: Word, arabic: frozenset[str]) -> Word:
    found = _MIXED.fullmatch(word.text)
    if opener not in _OPENERS or found is None:
        return word
    number, rest = found.groups()
    digits = number.translate(_SHAPES)
    is_lone = not _LEAST_DIGITS.search(number)
    if digits == number or (is_lone and opener in _ROMAN_TOO and opener not in arabic):
        return word
    return replace(word, text=digits + rest, raw=word.raw or word.text, confidence=word.confidence * _SURE)
