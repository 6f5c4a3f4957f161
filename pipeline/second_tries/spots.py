"""Where a cleaned page is to be read again: doubtful words, and rows of letters that no word covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.ocr.found_words import around
from pipeline.second_tries.doubts import SURE, is_doubtful
from pipeline.stages.glyphs import binarise
from pipeline.text import PageText, Word

#: Most doubtful places and most left-out rows that are read again on a page: bounds its time.
MOST_DOUBTS: Final = 20
MOST_ROWS: Final = 8
#: Rows are looked for at this resolution; letters need no more to be seen.
_ROW_DPI: Final = 100.0
#: A word's box this many times as high as usual holds more than its line.
_TALLEST: Final = 1.9
#: Below this confidence a word explains no ink.
_RUBBISH: Final = 0.3
#: Letters as a share of the usual height of words.
_LOWEST_LETTER: Final = 0.4
_HIGHEST_LETTER: Final = 2.2
_WIDEST_LETTER: Final = 4.0
#: Letters of a row are apart by this much of that height at most.
_LETTER_GAP: Final = 1.4
#: Marks stand above and below the letters of a row by this much of the row's height.
_MARKS: Final = 0.35
#: Words of one place are apart by this much of that height at most.
_WORD_GAP: Final = 1.5

#: Number of the line on the page and of the word in it.
Position = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place of the cleaned page to read again.

    Attributes:
        box: the place; px of the cleaned page.
        view: the place with the words beside it, which help the engine.
        words: the words that were read there, from left to right; empty where there was none.
        is_row: whether ink without a word was found there.
    """

    box: Box
    view: Box
    words: tuple[Position, ...]
    is_row: bool

    @property
    def room_for_marks(self) -> int:
        """How far marks may stand outside of the view, px: a row was found by its letters, without marks."""
        return round(_MARKS * (self.view.bottom - self.view.top)) if self.is_row else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The words of a page by position, and their usual height in px."""

    words: dict[Position, Word]
    height: float

    def is_sane(self, word: Word) -> bool:
        return word.box.bottom - word.box.top <= _TALLEST * self.height


def find_spots(text: PageText, prepared: PageImage) -> list[Spot]:
    """Returns the places of a page that are worth a second try; none where nothing was read surely.

    Args:
        text: the first reading; px of ``prepared``.
        prepared: the cleaned page.
    """
    words = {(row, at): word for row, line in enumerate(text.lines) for at, word in enumerate(line.words)}
    heights = [
        word.box.bottom - word.box.top
        for word in words.values()
        if word.confidence >= SURE and len(word.text) > 1
    ]
    if not heights:
        return []
    sheet = _Sheet(words=words, height=median(heights))
    rows = _left_out(sheet, prepared)
    taken = {position for spot in rows for position in spot.words}
    doubts = sorted(_doubts(text, sheet, taken), key=lambda spot: _least_confidence(spot, sheet))
    return rows + doubts[:MOST_DOUBTS]


def _least_confidence(spot: Spot, sheet: _Sheet) -> float:
    return min(sheet.words[position].confidence for position in spot.words)


def _doubts(text: PageText, sheet: _Sheet, taken: set[Position]) -> Iterator[Spot]:
    """Yields runs of doubtful words that stand together."""
    for row, line in enumerate(text.lines):
        run: list[int] = []
        for at, word in enumerate(line.words):
            if (row, at) in taken or not sheet.is_sane(word) or not is_doubtful(word):
                continue
            if run and (
                at > run[-1] + 1 or _gap(line.words[at - 1].box, word.box) > _WORD_GAP * sheet.height
            ):
                yield _spot_of(row, run, line.words, sheet)
                run = []
            run.append(at)
        if run:
            yield _spot_of(row, run, line.words, sheet)


def _spot_of(row: int, run: Sequence[int], words: Sequence[Word], sheet: _Sheet) -> Spot:
    box = around([words[at].box for at in run])
    beside = [words[at] for at in (run[0] - 1, run[-1] + 1) if 0 <= at < len(words)]
    near = [
        word.box for word in beside if sheet.is_sane(word) and _gap(word.box, box) < _WORD_GAP * sheet.height
    ]
    return Spot(box=box, view=around([box, *near]), words=tuple((row, at) for at in run), is_row=False)


def _gap(one: Box, other: Box) -> int:
    return max(other.left - one.right, one.left - other.right)


def _left_out(sheet: _Sheet, prepared: PageImage) -> list[Spot]:
    """Returns the rows of letters that no credible word covers, those with most letters first."""
    factor = min(1.0, _ROW_DPI / prepared.dpi)
    height = sheet.height * factor
    letters = _loose_letters(sheet, prepared.pixels, factor)
    canvas = np.zeros((round(prepared.height * factor), round(prepared.width * factor)), np.uint8)
    half = round(_LETTER_GAP * height / 2)
    for left, top, right, bottom in letters:
        # Rows meet where letters hang down and reach up: only the middle of each counts.
        edge = (bottom - top) // 5
        cv2.rectangle(canvas, (left - half, top + edge), (right + half, bottom - edge), 255, -1)
    _, labels = cv2.connectedComponents(canvas)
    rows: dict[int, list[Box]] = {}
    for left, top, right, bottom in letters:
        place = labels[
            min(canvas.shape[0] - 1, (top + bottom) // 2), min(canvas.shape[1] - 1, (left + right) // 2)
        ]
        rows.setdefault(int(place), []).append(Box(left=left, top=top, right=right, bottom=bottom))
    found = sorted(rows.values(), key=len, reverse=True)
    boxes = [_enlarged(around(row), factor) for row in found if len(row) > 1]
    usual = [box for box in boxes if _is_row_shaped(box, sheet.height)][:MOST_ROWS]
    taken: set[Position] = set()
    return [_row_spot(box, sheet, taken) for box in usual]


def _is_row_shaped(box: Box, height: float) -> bool:
    return box.right - box.left >= 1.2 * height and box.bottom - box.top <= 3 * height


def _loose_letters(sheet: _Sheet, pixels: Pixels, factor: float) -> list[tuple[int, int, int, int]]:
    """Returns left, top, right, bottom of letter-like ink outside of every credible word."""
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = binarise(np.asarray(small, np.uint8))
    for word in sheet.words.values():
        if sheet.is_sane(word) and word.confidence >= _RUBBISH:
            box = word.box
            start = int(box.left * factor) - 1, int(box.top * factor) - 1
            cv2.rectangle(ink, start, (round(box.right * factor), round(box.bottom * factor)), 0, -1)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, high, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    usual = sheet.height * factor
    filling = area / (width * high)
    is_letter = (
        (high >= _LOWEST_LETTER * usual) & (high <= _HIGHEST_LETTER * usual)
        & (width >= 2) & (width <= _WIDEST_LETTER * usual) & (filling > 0.08) & (filling < 0.95)
    )  # fmt: skip
    is_letter[0] = False
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[is_letter]]


def _row_spot(box: Box, sheet: _Sheet, taken: set[Position]) -> Spot:
    """Makes a spot of a row with the words that it replaces: rubbish under it, doubtful ones beside it."""
    members = [
        position
        for position, word in sheet.words.items()
        if position not in taken
        and (not sheet.is_sane(word) or word.confidence < _RUBBISH)
        and _shared_rows(word.box, box) > 0.5
        and -_gap(word.box, box) > 0.5 * min(word.box.right - word.box.left, box.right - box.left)
    ]
    for _ in range(3):
        for position, word in sheet.words.items():
            is_free = position not in taken and position not in members and sheet.is_sane(word)
            is_near = _shared_rows(word.box, box) > 0.5 and _gap(word.box, box) < 0.4 * sheet.height
            if is_free and is_near and word.confidence < SURE:
                members.append(position)
                box = around([box, word.box])
    taken.update(members)
    members.sort(key=lambda position: sheet.words[position].box.left)
    return Spot(box=box, view=box, words=tuple(members), is_row=True)


def _shared_rows(one: Box, other: Box) -> float:
    """Returns the common height as a share of the lower box."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / min(one.bottom - one.top, other.bottom - other.top)


def _enlarged(box: Box, factor: float) -> Box:
    return Box(
        left=int(box.left / factor), top=int(box.top / factor),
        right=round(box.right / factor), bottom=round(box.bottom / factor),
    )  # fmt: skip
