"""Digits written one to a box: the twelve boxes of a personal number on forms.

The engine takes the rules between boxes for letters. So the rules are found, the digits are cut out of the
boxes, set side by side like an ordinary number and read again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from classifiers.extractors.values import AS_DIGIT
from dossiers.errors import EngineError
from dossiers.reading import Box, FieldValue
from pipeline.image import PageImage, Pixels
from pipeline.ports import OcrEngine

#: A personal number has this many boxes.
BOXES: Final = 12
#: Height in px that digits are brought to for the second reading.
DIGIT_PX: Final = 44
#: Neighbouring boxes differ in width by at most this share.
_UNEVEN: Final = 0.22
#: A box with less ink than this share of its area is empty.
_LEAST_INK: Final = 0.012


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A row of boxes: x of the rules from left to right, y of top and bottom; px of the strip."""

    rules: tuple[int, ...]
    top: int
    bottom: int


class BoxReader:
    """Reads boxed numbers again.

    Args:
        engine: reads the digits once they stand side by side.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine

    def mend(self, value: FieldValue, image: PageImage, letter_height: float) -> FieldValue:
        """Returns the value as read from boxes; the given one where there are no boxes, or empty ones."""
        if value.box is None:
            return value
        grow = int(letter_height * 0.9)
        strip = Box(
            left=max(0, value.box.left - grow),
            top=max(0, value.box.top - grow),
            right=image.width,
            bottom=min(image.height, value.box.bottom + grow),
        )
        grey = _grey(image.pixels)[strip.top : strip.bottom, strip.left : strip.right]
        grid = find_grid(grey)
        if grid is None:
            return value
        digits, confidence = self._digits(grey, grid, image.dpi)
        if len(digits) != BOXES:
            return value
        place = Box(
            left=strip.left + grid.rules[0],
            top=strip.top + grid.top,
            right=strip.left + grid.rules[-1],
            bottom=strip.top + grid.bottom,
        )
        return replace(value, raw=" ".join(digits), value=digits, box=place, confidence=confidence)

    def _digits(self, grey: Pixels, grid: Grid, dpi: float) -> tuple[str, float]:
        line = side_by_side(grey, grid)
        if line is None:
            return "", 0.0
        try:
            text = self._engine.recognise(PageImage(pixels=line, dpi=min(1200.0, max(200.0, dpi))))
        except EngineError:
            return "", 0.0
        joined = "".join(word.text for word in text.words).translate(AS_DIGIT)
        return re.sub(r"\D", "", joined), text.confidence


def find_grid(grey: Pixels) -> Grid | None:
    """Finds a row of ``BOXES`` boxes of like width; ``None`` where there is none."""
    height = grey.shape[0]
    if height < 12 or grey.shape[1] < 100:
        return None
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    tall = cv2.getStructuringElement(cv2.MORPH_RECT, (1, max(9, int(height * 0.38))))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, tall)
    columns = np.flatnonzero(upright.any(axis=0))
    rules = _even_run(_middles(columns.tolist()))
    if rules is None:
        return None
    rows = np.flatnonzero(upright[:, rules[0] - 1 : rules[-1] + 2].any(axis=1))
    return Grid(rules=tuple(rules), top=int(rows[0]), bottom=int(rows[-1]) + 1)


def _middles(columns: Sequence[int]) -> list[int]:
    """Middles of runs of neighbouring columns."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column - runs[-1][-1] <= 3:
            runs[-1].append(int(column))
        else:
            runs.append([int(column)])
    return [(run[0] + run[-1]) // 2 for run in runs]


def _even_run(places: Sequence[int]) -> list[int] | None:
    """The first ``BOXES + 1`` places at even distances, passing over strokes of digits between them."""
    for start in range(len(places)):
        for second in range(start + 1, min(len(places), start + 4)):
            pitch = places[second] - places[start]
            if pitch < 8:
                continue
            run = [places[start], places[second]]
            while len(run) <= BOXES:
                wanted = run[-1] + (run[-1] - run[0]) / (len(run) - 1)
                near = min(places, key=lambda place: abs(place - wanted))
                if abs(near - wanted) > _UNEVEN * pitch:
                    break
                run.append(near)
            if len(run) == BOXES + 1:
                return run
    return None


def side_by_side(grey: Pixels, grid: Grid) -> Pixels | None:
    """Sets the digits of all boxes next to each other, dark on white; ``None`` where a box is empty."""
    pitch = (grid.rules[-1] - grid.rules[0]) / BOXES
    inset = max(2, int(pitch * 0.09))
    pieces: list[Pixels] = []
    for left, right in zip(grid.rules, grid.rules[1:], strict=False):
        cell = grey[grid.top + inset : grid.bottom - inset, left + inset : right - inset]
        piece = _digit(cell)
        if piece is None:
            return None
        pieces.append(piece)
    gap = np.full((pieces[0].shape[0], DIGIT_PX // 5), 255, dtype=np.uint8)
    line = np.hstack([part for piece in pieces for part in (piece, gap)])
    return np.pad(line, DIGIT_PX, constant_values=255)


def _digit(cell: Pixels) -> Pixels | None:
    """The ink of a box, cut to its width and brought to one height; ``None`` for an empty box."""
    if not cell.size or int(cell.max()) - int(cell.min()) < 40:
        return None
    level, ink = cv2.threshold(cell, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if float((ink > 0).mean()) < _LEAST_INK:
        return None
    across = np.flatnonzero((ink > 0).any(axis=0))
    cut = cell[:, max(0, across[0] - 1) : across[-1] + 2].astype(np.float32)
    paper = float(np.median(cell[ink == 0])) if bool((ink == 0).any()) else level
    white = np.clip(cut * (255.0 / max(1.0, paper)), 0, 255).astype(np.uint8)
    scale = DIGIT_PX * 1.4 / cell.shape[0]
    size = (max(3, round(white.shape[1] * scale)), round(DIGIT_PX * 1.4))
    return np.asarray(cv2.resize(white, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _grey(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
