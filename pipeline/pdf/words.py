"""The invisible words of a page as drawing commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.pdf.font import ADVANCE, DESCENT_SHARE
from pipeline.text import Line, PageText

#: The narrowest blank between two words, of the line's height: readers of PDF see a blank from here on.
_LEAST_GAP: Final = 0.2


def words_commands(
    text: PageText, encoder: dict[str, bytes], points_per_pixel: float, height: float
) -> bytes:
    """Returns commands that put each word at its box, in reading order, invisibly.

    Args:
        text: the page.
        encoder: two bytes for each letter.
        points_per_pixel: scale of the page.
        height: of the page, points.
    """
    if not text.words:
        return b""
    rows = [b"BT", b"3 Tr"]
    for line in text.lines:
        rows.extend(_line_commands(line, encoder, points_per_pixel, height))
    return b"\n".join([*rows, b"ET"])


def _line_commands(line: Line, encoder: dict[str, bytes], scale: float, height: float) -> Iterator[bytes]:
    size = max(1.0, (line.box.bottom - line.box.top) * scale)
    base = height - line.box.bottom * scale + DESCENT_SHARE * size
    yield b"/F0 %s Tf" % _number(size)
    for place, word in enumerate(line.words):
        left, right = word.box.left * scale, word.box.right * scale
        is_last = place == len(line.words) - 1
        following = left if is_last else line.words[place + 1].box.left * scale
        if not is_last:
            right = min(right, max(left + 0.1 * size, following - _LEAST_GAP * size))
        code = b"".join(encoder[letter] for letter in word.text)
        yield b"1 0 0 1 %s %s Tm" % (_number(left), _number(base))
        yield b"%s Tz <%s> Tj" % (_number(_stretch(right - left, len(word.text), size)), code.hex().encode())
        if not is_last:
            gap = max(_LEAST_GAP * size, following - right)
            yield b"%s Tz <%s> Tj" % (_number(_stretch(gap, 1, size)), encoder[" "].hex().encode())


def _stretch(width: float, letters: int, size: float) -> float:
    """Returns the horizontal scale, percent, that makes so many letters so wide (points)."""
    return max(1.0, 100.0 * width / max(0.01, letters * ADVANCE / 1000 * size))


def _number(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()
