"""The text that a PDF page carries itself, if it covers what is seen and can be Vietnamese.

A signature stamp over a scan covers nothing of the scan; the text layers that scanners write are often
garbage; old fonts give letters that are no Vietnamese. In all three cases the page is recognised instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pypdfium2
from pypdfium2 import raw

from dossiers.reading import Box
from pipeline.formats.pdf import rendered
from pipeline.image import PageImage
from pipeline.ocr.found_words import FoundWord, around, as_blocks
from pipeline.stages.glyphs import find_glyphs
from pipeline.stages.rasterise import scan_image
from pipeline.text import PageText
from pipeline.vietnamese import FEWEST_WORDS, marked_share, plausible_share

#: Share of the page's letter-like ink that must lie under words of the layer.
_LEAST_COVERAGE: Final = 0.85
#: Share of plausible words: of drawn text, and of text that somebody else's OCR put over a scan.
_LEAST_PLAUSIBLE: Final = 0.7
_LEAST_PLAUSIBLE_OVER_SCAN: Final = 0.95
#: Vietnamese without its marks is a layer made by a reader that knows no Vietnamese.
_LEAST_MARKED: Final = 0.08

#: pdfium's marks for a soft hyphen and for nothing.
_NO_LETTERS: Final = (0xFFFE, 2)


def read_text_layer(content: bytes, index: int, image: PageImage) -> PageText | None:
    """Returns the page's own text with boxes in px of ``image``, or ``None`` where OCR is needed.

    Args:
        content: bytes of a PDF.
        index: 0-based page.
        image: the page as rendered, not turned.

    Raises:
        InputError: DAMAGED or ENCRYPTED.
    """
    with rendered(content) as document:
        page = document[index]
        is_scan = scan_image(page) is not None
        words = list(_words(page, image))
    text = PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=as_blocks(words))
    plain = text.text
    if len(text.words) < FEWEST_WORDS or marked_share(plain) < _LEAST_MARKED:
        return None
    least = _LEAST_PLAUSIBLE_OVER_SCAN if is_scan else _LEAST_PLAUSIBLE
    if plausible_share(plain) < least or _coverage(text, image) < _LEAST_COVERAGE:
        return None
    return text


def _coverage(text: PageText, image: PageImage) -> float:
    """Returns which part of the letter-like ink lies under the words, 0 to 1."""
    glyphs = find_glyphs(image)
    scale = glyphs.ink.shape[1] / image.width
    mask = np.zeros(glyphs.ink.shape, bool)
    for word in text.words:
        box = word.box
        slack = int(0.15 * (box.bottom - box.top) * scale) + 1
        rows = slice(max(0, int(box.top * scale) - slack), int(box.bottom * scale) + slack)
        mask[rows, max(0, int(box.left * scale) - slack) : int(box.right * scale) + slack] = True
    seen = int(np.count_nonzero(glyphs.ink))
    return float(np.count_nonzero(glyphs.ink[mask])) / seen if seen else 0.0


def _words(page: pypdfium2.PdfPage, image: PageImage) -> Iterator[FoundWord]:
    """Groups the characters of the layer, in the order of the file, into words and lines."""
    line = 0
    before: Box | None = None
    for letters, boxes in _runs(page, image):
        place = around(boxes)
        if before is not None and not _is_level(before, place):
            line += 1
        before = place
        yield FoundWord(text="".join(letters), box=place, confidence=1.0, block=0, line=(0, line))


def _runs(page: pypdfium2.PdfPage, image: PageImage) -> Iterator[tuple[list[str], list[Box]]]:
    layer = page.get_textpage()
    letters: list[str] = []
    boxes: list[Box] = []
    for number in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer.raw, number)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        box = None if letter.isspace() or code in _NO_LETTERS else _char_box(page, layer, number, image)
        if letters and (box is None or not _continues(boxes[-1], box)):
            yield letters, boxes
            letters, boxes = [], []
        if box is not None:
            letters.append(letter)
            boxes.append(box)
    if letters:
        yield letters, boxes


def _is_level(before: Box, box: Box) -> bool:
    """Whether a word follows on the line of the one before it."""
    overlap = min(before.bottom, box.bottom) - max(before.top, box.top)
    return overlap > 0.4 * min(before.bottom - before.top, box.bottom - box.top) and box.left >= before.left


def _continues(before: Box, box: Box) -> bool:
    """Whether a character stands on the line of the one before it, close by."""
    height = max(1, before.bottom - before.top, box.bottom - box.top)
    is_level = min(before.bottom, box.bottom) - max(before.top, box.top) > -0.5 * height
    return is_level and -2 * height < box.left - before.right < height


def _char_box(
    page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, number: int, image: PageImage
) -> Box | None:
    left, bottom, right, top = layer.get_charbox(number, loose=False)
    corners = [_to_pixels(page, image, x, y) for x, y in ((left, top), (right, bottom))]
    (x0, y0), (x1, y1) = corners
    box = Box(left=min(x0, x1), top=min(y0, y1), right=max(x0, x1), bottom=max(y0, y1))
    is_seen = box.right > 0 and box.bottom > 0 and box.left < image.width and box.top < image.height
    return box if is_seen else None


def _to_pixels(page: pypdfium2.PdfPage, image: PageImage, x: float, y: float) -> tuple[int, int]:
    """Carries a point of the PDF page, /Rotate and crop box considered, to the rendered picture."""
    left, bottom, right, top = page.get_cropbox()
    across, down = (x - left) / max(1e-6, right - left), (top - y) / max(1e-6, top - bottom)
    for _ in range(page.get_rotation() // 90 % 4):
        across, down = 1 - down, across
    return round(across * image.width), round(down * image.height)
