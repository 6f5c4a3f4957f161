"""The three pictures of a page, side by side."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.page_result import PageResult
from pipeline.ports import OcrEngine
from pipeline.text import PageText

#: Height of the panels and the gap between them, px.
_HEIGHT: Final = 900
_GAP: Final = 16
#: Word confidences from which a box is green, and amber; BGR colours.
_SURE: Final = 0.9
_FAIR: Final = 0.6
_GREEN: Final = (60, 160, 40)
_AMBER: Final = (0, 150, 240)
_RED: Final = (40, 30, 220)
_BLUE: Final = (200, 110, 30)


class Watched:
    """An engine that keeps the largest picture it was shown last."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self.shown: PageImage | None = None

    @property
    def signature(self) -> str:
        """That of the engine behind it."""
        return self._engine.signature

    def recognise(self, image: PageImage) -> PageText:
        """Reads the page (see ``OcrEngine``)."""
        if self.shown is None or image.pixels.size >= self.shown.pixels.size:
            self.shown = image
        return self._engine.recognise(image)

    def close(self) -> None:
        """Frees the engine."""
        self._engine.close()


def side_by_side(received: Pixels, cleaned: Pixels, upright: Pixels, result: PageResult) -> Pixels:
    """Returns the sheet: as received, as the engine saw it, boxes of words, blocks and tables; BGR.

    Args:
        received: grey or RGB.
        cleaned: grey.
        upright: grey or RGB; the boxes of ``result`` are in its px.
        result: what was found.
    """
    panels = [_scaled(each) for each in (_bgr(received), _bgr(cleaned), _with_boxes(upright, result))]
    gap = np.full((_HEIGHT, _GAP, 3), 255, np.uint8)
    return np.asarray(cv2.hconcat([panels[0], gap, panels[1], gap, panels[2]]), np.uint8)


def _with_boxes(upright: Pixels, result: PageResult) -> Pixels:
    drawn = _bgr(upright).copy()
    stroke = max(1, round(result.text.dpi / 150))
    for word in result.text.words:
        colour = _GREEN if word.confidence >= _SURE else _AMBER if word.confidence >= _FAIR else _RED
        _rectangle(drawn, word.box, colour, stroke)
    for number, block in enumerate(result.text.blocks, start=1):
        _rectangle(drawn, block.box, _BLUE, stroke)
        place = (max(0, block.box.left - 4 * stroke), block.box.top + 12 * stroke)
        cv2.putText(
            drawn, str(number), place, cv2.FONT_HERSHEY_SIMPLEX, 0.45 * stroke, _BLUE, stroke, cv2.LINE_AA
        )
    for table in result.text.tables:
        for cell in table.cells:
            _rectangle(drawn, cell.box, _BLUE, 2 * stroke)
    return drawn


def _rectangle(drawn: Pixels, box: Box, colour: tuple[int, int, int], stroke: int) -> None:
    cv2.rectangle(drawn, (box.left, box.top), (box.right, box.bottom), colour, stroke)


def _bgr(pixels: Pixels) -> Pixels:
    how = cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR
    return np.asarray(cv2.cvtColor(pixels, how), np.uint8)


def _scaled(pixels: Pixels) -> Pixels:
    width = max(1, round(pixels.shape[1] * _HEIGHT / pixels.shape[0]))
    return np.asarray(cv2.resize(pixels, (width, _HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
