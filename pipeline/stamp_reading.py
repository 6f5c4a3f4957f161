"""The words of coloured stamps that stand over print: read from their own ink, without the print."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ports import OcrEngine
from pipeline.stages.coloured_ink import ink_alone
from pipeline.stages.stamps import Stamp
from pipeline.text import Block, BlockKind, Line

#: Words below this are remains of the frame, a signature or print under the ink.
_LEAST_CONFIDENCE: Final = 0.6
#: Stamps are read near this resolution.
_READING_DPI: Final = 200.0
#: What spans this much of a stamp both ways is its frame.
_FRAME_SHARE: Final = 0.75
#: White around the ink, px.
_MARGIN: Final = 12


def read_stamps(image: PageImage, stamps: tuple[Stamp, ...], engine: OcrEngine) -> tuple[Block, ...]:
    """Returns one block for each stamp over print whose words are legible; boxes in px of the image.

    Raises:
        EngineError: the engine failed.
    """
    blocks = (
        _read(image, stamp.box, engine) for stamp in stamps if stamp.is_over_print and not stamp.is_ring
    )
    return tuple(block for block in blocks if block is not None)


def _read(image: PageImage, box: Box, engine: OcrEngine) -> Block | None:
    ink = _without_frame(ink_alone(image.pixels[box.top : box.bottom, box.left : box.right]))
    scale = min(1.0, _READING_DPI / image.dpi)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    padded = np.pad(small, _MARGIN, constant_values=255)
    found = engine.recognise(PageImage(pixels=np.asarray(padded, np.uint8), dpi=image.dpi * scale))
    lines = [line for each in found.lines if (line := _placed(each, box, scale)) is not None]
    return replace(block_of(lines), kind=BlockKind.STAMP) if lines else None


def _without_frame(ink: Pixels) -> Pixels:
    height, width = ink.shape
    dark = np.where(ink < 160, np.uint8(255), np.uint8(0))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    is_frame = (stats[:, 2] >= _FRAME_SHARE * width) | (stats[:, 3] >= _FRAME_SHARE * height)
    is_frame[0] = False
    mask = cv2.dilate(np.where(is_frame[labels], np.uint8(255), np.uint8(0)), np.ones((5, 5), np.uint8))
    return np.asarray(cv2.max(ink, mask), np.uint8)


def _placed(line: Line, box: Box, scale: float) -> Line | None:
    words = [
        replace(word, box=_on_page(word.box, box, scale))
        for word in line.words
        if word.confidence >= _LEAST_CONFIDENCE and any(sign.isalnum() for sign in word.text)
    ]
    return line_of(words) if words else None


def _on_page(found: Box, stamp: Box, scale: float) -> Box:
    left = min(stamp.right - 1, max(stamp.left, stamp.left + round((found.left - _MARGIN) / scale)))
    top = min(stamp.bottom - 1, max(stamp.top, stamp.top + round((found.top - _MARGIN) / scale)))
    return Box(
        left=left,
        top=top,
        right=min(stamp.right, max(left + 1, stamp.left + round((found.right - _MARGIN) / scale))),
        bottom=min(stamp.bottom, max(top + 1, stamp.top + round((found.bottom - _MARGIN) / scale))),
    )
