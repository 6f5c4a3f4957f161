"""Marks of one fixed shape: the ``./.`` that closes an official text, the ``https://`` of an address, ``m²``.

Official texts close with that one mark, a scheme has two spellings, and no question follows a measured area:
whatever looks nearly so can be nothing else. Raw readings are kept, and confidence is lowered as for numbers
(see ``numerals``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.text import Line, PageText, Word

#: The closing mark behind the last word, one of its two points lost: ``phủ./`` or ``phủ/.``.
_CLOSING: Final = re.compile(r"(?<=[^\W\d_])(?:\./|/\.)$")
_CLOSED: Final = "./."
#: Two letters between ``h`` and ``p``, one of them perhaps lost, with the points and strokes behind them.
_SCHEME: Final = re.compile(r"^(\W*)h\w{1,2}p(s?):/{1,2}(?=\w)", re.IGNORECASE)
#: A measured area whose small digit was read as another sign: ``98,7 m?``. Lines on volumes may mean ``m³``.
_AREA: Final = re.compile(r"(\(?\d[\d.,]*|)mỉ?[?ˆ°*]([).,;:”\"]*)")
_MEASURE: Final = re.compile(r"\(?\d[\d.,]*")
_VOLUMES: Final = ("khối", "thể tích")
#: What is left of the engine's confidence after such a change.
_SURE: Final = 0.8


def with_fixed_marks(text: PageText) -> PageText:
    """Returns the page with closing marks, schemes and areas as they must be."""
    blocks = tuple(replace(block, lines=tuple(_line(line) for line in block.lines)) for block in text.blocks)
    return replace(text, blocks=blocks)


def _line(line: Line) -> Line:
    last = next((word for word in reversed(line.words) if any(map(str.isalnum, word.text))), None)
    words = tuple(
        _changed(word, _CLOSING.sub(_CLOSED, plain) if word is last else plain)
        for word, plain in zip(line.words, _plain(line), strict=True)
    )
    return line if words == line.words else replace(line, words=words)


def _plain(line: Line) -> Iterator[str]:
    is_volume = any(name in line.text.lower() for name in _VOLUMES)
    before = ""
    for word in line.words:
        plain = _SCHEME.sub(_scheme, word.text)
        found = None if is_volume else _AREA.fullmatch(plain)
        if found is not None and (plain[0] != "m" or _MEASURE.fullmatch(before)):
            plain = f"{found[1]}m²{found[2]}"
        yield plain
        before = word.text


def _changed(word: Word, text: str) -> Word:
    if text == word.text:
        return word
    return replace(word, text=text, raw=word.raw or word.text, confidence=word.confidence * _SURE)


def _scheme(found: re.Match[str]) -> str:
    return f"{found[1]}http{found[2].lower()}://"
