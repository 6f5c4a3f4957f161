"""Marks of numbered paragraphs, put right by their sequence: ``b) … e) … d)`` has a ``c)`` in the middle.

A comma after a lone number that begins a paragraph is the point of its number (``"3, Cơ sở``). Both are
repairs of shape: the raw reading is kept and the confidence lowered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.text import Line, PageText

#: The order of points in Vietnamese legal texts.
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_POINT: Final = re.compile(r"([“\"']?)([a-zđ¡€©£¿§])\)(.*)")
#: A paragraph's number, or a sign that was read for it.
_NUMBER: Final = re.compile(r"(\d{1,2}|[^\w\s“\"'.-])\.")
_COMMA: Final = re.compile(r"([“\"']?\d{1,2}),")
#: Signs with which the paragraph before ends.
_ENDS: Final = (".", ":", ";", "”", '"')
_SURE: Final = 0.8


def plain_enumeration(text: PageText) -> PageText:
    """Returns the page with the marks of its paragraphs in sequence."""
    lines = text.lines
    mended = {
        **_commas(lines),
        **_points(lines),
        **_numbers(lines),
    }
    number = -1
    blocks = []
    for block in text.blocks:
        made = []
        for line in block.lines:
            number += 1
            made.append(_marked(line, mended[number]) if number in mended else line)
        blocks.append(replace(block, lines=tuple(made)))
    return replace(text, blocks=tuple(blocks))


def _commas(lines: Sequence[Line]) -> dict[int, str]:
    """Numbers of lines and what their first word should be, where a comma stands for a point."""
    found = {}
    for number, line in enumerate(lines):
        if len(line.words) < 2 or not line.words[1].text[:1].isupper():
            continue
        mark = _COMMA.fullmatch(line.words[0].text)
        if mark and (number == 0 or lines[number - 1].text.endswith(_ENDS)):
            found[number] = mark.group(1) + "."
    return found


def _points(lines: Sequence[Line]) -> dict[int, str]:
    """The same for points between their neighbours in the alphabet."""
    marks = [
        (number, found)
        for number, line in enumerate(lines)
        if line.words and (found := _POINT.fullmatch(line.words[0].text))
    ]
    mended = {}
    for (_, before), (number, here), (_, after) in zip(marks, marks[1:], marks[2:], strict=False):
        between = _between(before.group(2), after.group(2))
        if between and here.group(2) != between:
            mended[number] = f"{here.group(1)}{between}){here.group(3)}"
    return mended


def _numbers(lines: Sequence[Line]) -> dict[int, str]:
    """The same for signs between the numbers before and behind theirs: ``7.``, ``§.``, ``9.``."""
    marks = [
        (number, found.group(1))
        for number, line in enumerate(lines)
        if len(line.words) > 1 and (found := _NUMBER.fullmatch(line.words[0].text))
    ]
    return {
        number: f"{int(before) + 1}."
        for (_, before), (number, here), (_, after) in zip(marks, marks[1:], marks[2:], strict=False)
        if not here.isdigit() and before.isdigit() and after.isdigit() and int(after) == int(before) + 2
    }


def _between(before: str, after: str) -> str:
    """The letter between two that have exactly one between them; empty otherwise."""
    first, last = _LETTERS.find(before), _LETTERS.find(after)
    return _LETTERS[first + 1] if first >= 0 and last == first + 2 else ""


def _marked(line: Line, mark: str) -> Line:
    first = line.words[0]
    changed = replace(first, text=mark, raw=first.raw or first.text, confidence=first.confidence * _SURE)
    return replace(line, words=(changed, *line.words[1:]))
