"""Large sheets in parts that an engine can read: plans and maps up to A0.

Parts are cut where little ink is crossed and overlap by more than a word is long; a word belongs to the
part that its centre lies in, so words at a border are neither lost nor doubled.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.ocr.found_words import block_of, line_of
from pipeline.stages.background import even_background, to_grey
from pipeline.stages.glyphs import binarise
from pipeline.stages.paper import MM_PER_INCH
from pipeline.text import Block, Line, PageText, Word

#: Longest side of a part, mm: with what it sees beyond it is less than A3, so that the usual time will do.
_LONGEST_MM: Final = 300.0
#: What a part sees beyond each border, mm: more than half of the longest usual word in 20 points.
_OVERLAP_MM: Final = 25.0
#: How far a border may move from even parts to find white, share of a part.
_WANDER: Final = 0.2
#: Print is prepared for recognition near this resolution.
_READING_DPI: Final = 300.0
#: Ink is looked for at this resolution, in a strip of this width: a line of print with its gaps.
_WORKING_DPI: Final = 60.0
_STRIP_MM: Final = 3.0
#: Table lines of the whole sheet show at this resolution.
_RULES_DPI: Final = 120.0
#: Engines place the same word a little differently in two parts, mm.
_SLACK_MM: Final = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One part of a sheet, px of the sheet.

    Attributes:
        core: what belongs to it; the cores cover the sheet without overlap.
        seen: what is read: the core with some of its neighbours.
    """

    core: Box
    seen: Box


def is_large(image: PageImage, max_pixels: int) -> bool:
    """Returns whether a sheet is larger than ``max_pixels`` at the resolution that print is prepared at."""
    return image.width * image.height * (_READING_DPI / image.dpi) ** 2 > max_pixels


def tiles_of(image: PageImage) -> tuple[Tile, ...]:
    """Cuts a page into parts about as long as A4, row by row from the top left."""
    small = coarse(image, _WORKING_DPI)
    ink, dpi = binarise(small.pixels), small.dpi
    scale = dpi / image.dpi
    tiles = []
    for top, bottom in pairwise(_borders(ink.sum(axis=1, dtype=np.float64), dpi)):
        for left, right in pairwise(_borders(ink[top:bottom].sum(axis=0, dtype=np.float64), dpi)):
            core = Box(left=left, top=top, right=right, bottom=bottom)
            tiles.append(_tile(core, ink, image, scale))
    return tuple(tiles)


def coarse(image: PageImage, dpi: float = _RULES_DPI) -> PageImage:
    """Returns the whole page in grey on even paper at a low resolution: enough for its lines and gaps."""
    scale = min(1.0, dpi / image.dpi)
    small = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    even = even_background(to_grey(np.asarray(small, np.uint8)))
    return PageImage(pixels=even, dpi=image.dpi * scale, is_bilevel=False)


def joined(parts: Sequence[tuple[Tile, PageText]], sheet: PageImage) -> PageText:
    """Joins what was read in the parts: each word once, in lines as they were read.

    Args:
        parts: tiles with their text; boxes in px of the sheet.
        sheet: the page that the tiles were cut from.
    """
    slack = _SLACK_MM / MM_PER_INCH * sheet.dpi
    kept: list[tuple[int, Word]] = []
    blocks: list[Block] = []
    held = [[_held(line, tile, slack) for line in text.lines] for tile, text in parts]
    for place, ((tile, _), lines) in enumerate(zip(parts, held, strict=True)):
        for words in lines:
            kept.extend((place, word) for word in words if not _is_inside(word, tile.core, -slack))
    doubled = _doubled(kept)
    for lines in held:
        rows = [[word for word in words if id(word) not in doubled] for words in lines]
        made = [line_of(row) for row in rows if row]
        if made:
            blocks.append(block_of(made))
    return PageText(width=sheet.width, height=sheet.height, dpi=sheet.dpi, blocks=tuple(blocks))


def _borders(profile: npt.NDArray[np.float64], dpi: float) -> list[int]:
    """Places to cut at, both ends included: where a strip across holds the least ink near even parts."""
    length = profile.size
    count = math.ceil(length / (_LONGEST_MM / MM_PER_INCH * dpi))
    strip = max(1, round(_STRIP_MM / MM_PER_INCH * dpi))
    crossed = np.convolve(profile, np.ones(strip), mode="same")
    part = length / count
    borders = [0]
    for number in range(1, count):
        even = number * part
        low, high = int(even - _WANDER * part), int(even + _WANDER * part)
        places = np.arange(low, high + 1)
        best = np.lexsort((np.abs(places - even), crossed[low : high + 1]))[0]
        borders.append(int(places[best]))
    return [*borders, length]


def _tile(core: Box, ink: Pixels, image: PageImage, scale: float) -> Tile:
    """Carries a part from the coarse picture to the page."""
    height, width = ink.shape
    left, top = round(core.left / scale), round(core.top / scale)
    right = image.width if core.right == width else round(core.right / scale)
    bottom = image.height if core.bottom == height else round(core.bottom / scale)
    reach = round(_OVERLAP_MM / MM_PER_INCH * image.dpi)
    return Tile(
        core=Box(left=left, top=top, right=right, bottom=bottom),
        seen=Box(
            left=max(0, left - reach), top=max(0, top - reach),
            right=min(image.width, right + reach), bottom=min(image.height, bottom + reach),
        ),
    )  # fmt: skip


def _held(line: Line, tile: Tile, slack: float) -> list[Word]:
    return [word for word in line.words if _is_inside(word, tile.core, slack)]


def _is_inside(word: Word, box: Box, slack: float) -> bool:
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return box.left - slack <= x < box.right + slack and box.top - slack <= y < box.bottom + slack


def _doubled(near_borders: Iterable[tuple[int, Word]]) -> set[int]:
    """Finds words that two parts read in the same place; the surer one stays."""
    doubled: set[int] = set()
    ordered = sorted(near_borders, key=lambda each: -each[1].confidence)
    for number, (place, word) in enumerate(ordered):
        if id(word) in doubled:
            continue
        for other_place, other in ordered[number + 1 :]:
            if other_place != place and _overlap(word.box, other.box) > 0.5:
                doubled.add(id(other))
    return doubled


def _overlap(one: Box, two: Box) -> float:
    """Common area, share of the smaller box."""
    across = min(one.right, two.right) - max(one.left, two.left)
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    if across <= 0 or down <= 0:
        return 0.0
    smaller = min((box.right - box.left) * (box.bottom - box.top) for box in (one, two))
    return across * down / max(1, smaller)
