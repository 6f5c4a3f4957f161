"""Reading order moves words and does nothing else to them, whatever order the engine gave them in."""

from __future__ import annotations

from collections import Counter

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of, line_of
from pipeline.stages.reading_order import in_reading_order
from pipeline.text import BlockKind, Line, PageText, Word

_WIDTH, _HEIGHT, _DPI = 600, 800, 60.0
_LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy0123456789:./-", min_size=1, max_size=9)
_gaps = st.integers(0, 60)


@st.composite
def _lines(draw: st.DrawFn) -> Line:
    """A line of words from left to right, no two of them in the same place."""
    left, top = draw(st.integers(0, 500)), draw(st.integers(0, 780))
    words: list[Word] = []
    for text in draw(st.lists(_LETTERS, min_size=1, max_size=5)):
        right = left + 6 * len(text)
        box = Box(left=left, top=top, right=right, bottom=top + draw(st.integers(8, 16)))
        words.append(Word(text=text, box=box, confidence=draw(st.sampled_from((0.1, 0.5, 0.95)))))
        left = right + 2 + draw(_gaps)
    return line_of(words)


_pages = st.lists(_lines(), min_size=1, max_size=14, unique_by=lambda line: (line.box.left, line.box.top))


def _prepared(*, has_table: bool) -> PageImage:
    pixels = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
    if has_table:
        for y in (200, 280, 360, 440):
            cv2.line(pixels, (60, y), (500, y), 0, 1)
        for x in (60, 200, 500):
            cv2.line(pixels, (x, 200), (x, 440), 0, 1)
        cv2.rectangle(pixels, (320, 60), (560, 140), 0, 1)
    return PageImage(pixels=pixels, dpi=_DPI)


_PREPARED = {each: _prepared(has_table=each) for each in (False, True)}


def _page(lines: list[Line], groups: int = 1) -> PageText:
    blocks = tuple(block_of(lines[start::groups]) for start in range(groups) if lines[start::groups])
    return PageText(width=_WIDTH, height=_HEIGHT, dpi=_DPI, blocks=blocks)


@settings(max_examples=60)
@given(lines=_pages, has_table=st.booleans())
def test_every_word_stands_once_in_the_order(lines: list[Line], has_table: bool) -> None:
    text = _page(lines)
    ordered = in_reading_order(text, _PREPARED[has_table])
    assert Counter(ordered.words) == Counter(text.words)
    assert (ordered.width, ordered.height, ordered.dpi) == (text.width, text.height, text.dpi)


@settings(max_examples=60)
@given(lines=_pages, has_table=st.booleans(), groups=st.integers(1, 3), data=st.data())
def test_the_order_does_not_depend_on_the_order_of_the_engine(
    lines: list[Line], has_table: bool, groups: int, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(lines))
    first = in_reading_order(_page(lines), _PREPARED[has_table])
    second = in_reading_order(_page(shuffled, groups), _PREPARED[has_table])
    assert first == second


@settings(max_examples=60)
@given(lines=_pages)
def test_cells_of_a_table_share_no_block_and_no_place(lines: list[Line]) -> None:
    ordered = in_reading_order(_page(lines), _PREPARED[True])
    blocks = [cell.block for table in ordered.tables for cell in table.cells if cell.block is not None]
    assert len(blocks) == len(set(blocks))
    kinds = [number for number, block in enumerate(ordered.blocks) if block.kind is BlockKind.TABLE_CELL]
    assert sorted(blocks) == kinds == blocks
    for table in ordered.tables:
        places = Counter(
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        )
        assert set(places.values()) == {1}
        assert set(places) <= {(row, column) for row in range(table.rows) for column in range(table.columns)}
