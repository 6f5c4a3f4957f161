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

    Some readers sort what stands on one baseline from left to right. A blank off the baseline after each line
    keeps our order where a line to the left is read after one to the right, as in cells of a table.

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
    free = line.words[0].box.left * scale if line.words else 0.0
    for place, word in enumerate(line.words):
        left = max(free, word.box.left * scale)
        is_last = place == len(line.words) - 1
        following = left if is_last else line.words[place + 1].box.left * scale
        right = word.box.right * scale
        if not is_last:
            right = min(right, following - _LEAST_GAP * size)
        right = max(right, left + 0.1 * size)
        code = b"".join(encoder[letter] for letter in word.text)
        yield b"1 0 0 1 %s %s Tm" % (_number(left), _number(base))
        yield b"%s Tz <%s> Tj" % (_number(_stretch(right - left, len(word.text), size)), code.hex().encode())
        free = max(following, right + _LEAST_GAP * size)
        yield _blank(encoder, free - right, size)
    yield b"1 0 0 1 %s %s Tm" % (_number(free), _number(base + size))
    yield _blank(encoder, _LEAST_GAP * size, size)


def _blank(encoder: dict[str, bytes], width: float, size: float) -> bytes:
    return b"%s Tz <%s> Tj" % (_number(_stretch(width, 1, size)), encoder[" "].hex().encode())


def _stretch(width: float, letters: int, size: float) -> float:
    """Returns the horizontal scale, percent, that makes so many letters so wide (points)."""
    return max(1.0, 100.0 * width / max(0.01, letters * ADVANCE / 1000 * size))


def _number(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()
