"""Columns in a stack of rows: heads, signatures and newspaper columns are read one column after the other."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from pipeline.ocr.found_words import block_of
from pipeline.text import Block, Line

#: Segments that stand level, from left to right.
Row = tuple[Line, ...]
#: The free strip between two columns, of the height of a line.
_LEAST_GUTTER: Final = 0.8
#: A row that stands alone in its column belongs to it if it follows this closely, of the height of a line.
_LARGEST_STEP: Final = 1.3
#: Columns that hold no more letters than this a row are numbers of a list, not columns.
_LIST_LETTERS: Final = 5
#: From this share of labels (``Dân tộc:``) on, rows are rows of a form.
_FORM_SHARE: Final = 0.34

#: From this share of labels that stand twice in their row on, the form has a column for each person.
_TWIN_SHARE: Final = 0.5
#: A document's number begins so; it stands apart from this white strip on, of the height of a line.
_NUMBER_LABELS: Final = ("số:", "số :", "luật số", "nghị quyết số", "nghị định số")
_APART: Final = 0.87

Span = tuple[int, int]


def as_blocks_of_columns(rows: Sequence[Row]) -> list[Block]:
    """Returns blocks in reading order; rows come from top to bottom."""
    blocks: list[Block] = []
    plain: list[Line] = []
    place = 0
    while place < len(rows):
        band = _band(rows[place:])
        if len(band) > 1 and _is_columnar(band):
            if plain:
                blocks.append(block_of(plain))
                plain = []
            blocks.extend(_columns(band))
            place += len(band)
        else:
            plain.extend(rows[place])
            place += 1
    if plain:
        blocks.append(block_of(plain))
    return blocks


def _band(rows: Sequence[Row]) -> Sequence[Row]:
    """Returns the rows from the first on that leave a gutter free all the way down."""
    if len(rows[0]) < 2:
        return rows[:0]
    spans = _merged([], rows[0])
    end = last_parted = 1
    for row in rows[1:]:
        wider = _merged(spans, row)
        if _opens_second_row(row, rows[:end]):
            break
        if len(wider) < 2 or (len(row) == 1 and not _follows(row[0], rows[:end], wider)):
            break
        spans = wider
        end += 1
        if len(row) > 1:
            last_parted = end
    return rows[: max(end, last_parted)]


def _opens_second_row(row: Row, above: Sequence[Row]) -> bool:
    """Whether number and date stand apart from the head above them: then they are a row of their own."""
    lines = [line for each in above for line in each]
    height = median(line.box.bottom - line.box.top for line in lines)
    free = min(line.box.top for line in row) - max(line.box.bottom for line in lines)
    is_number = row[0].text.lower().startswith(_NUMBER_LABELS)
    return len(row) > 1 and is_number and free >= _APART * height


def _merged(spans: Sequence[Span], row: Row) -> list[Span]:
    """Adds a row's extents to the columns' and joins what no gutter parts."""
    height = median(line.box.bottom - line.box.top for line in row)
    merged: list[Span] = []
    for left, right in sorted([*spans, *((line.box.left, line.box.right) for line in row)]):
        if merged and left - merged[-1][1] < _LEAST_GUTTER * height:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _follows(line: Line, above: Sequence[Row], spans: Sequence[Span]) -> bool:
    """Whether a line alone in its row continues the column above it."""
    span = next(each for each in spans if each[0] <= line.box.left and line.box.right <= each[1])
    column = [each for row in above for each in row if span[0] <= each.box.left and each.box.right <= span[1]]
    height = line.box.bottom - line.box.top
    if not column or line.box.top - column[-1].box.bottom > _LARGEST_STEP * height:
        return span is spans[-1] and span[0] > 0 and _is_far_right(line, spans)
    return True


def _is_far_right(line: Line, spans: Sequence[Span]) -> bool:
    """Whether a line stands right of every other column, as a name far below its title does."""
    return len(spans) > 1 and line.box.left >= spans[-1][0] > spans[-2][1]


def _is_columnar(band: Sequence[Row]) -> bool:
    parted = [row for row in band if len(row) > 1]
    if len(parted) < 2:
        return False
    later = [line for row in parted for line in row[1:]]
    labels = sum(_is_label(line.text) for line in later)
    twins = sum(_are_twins(row) for row in parted)
    if labels >= _FORM_SHARE * len(later) and twins < _TWIN_SHARE * labels:
        return False
    return all(median(len(line.text) for line in column) > _LIST_LETTERS for column in _members(band))


def _are_twins(row: Row) -> bool:
    """Whether a row asks the same of two persons: husband and wife stand side by side in columns."""
    starts = [line.text.lower().replace(":", "").split()[:2] for line in row[:2]]
    return len(starts) == 2 and len(starts[0]) == 2 and starts[0] == starts[1]


def _is_label(text: str) -> bool:
    """Whether a segment begins with a label of a form."""
    head, colon, _ = text.partition(":")
    return bool(colon) and len(head.split()) <= 5 and not head.strip().lower().startswith("số")


def _members(band: Sequence[Row]) -> list[list[Line]]:
    spans: list[Span] = []
    for row in band:
        spans = _merged(spans, row)
    columns: list[list[Line]] = [[] for _ in spans]
    for row in band:
        for line in row:
            place = next(number for number, span in enumerate(spans) if span[0] <= line.box.left <= span[1])
            columns[place].append(line)
    return columns


def _columns(band: Sequence[Row]) -> list[Block]:
    return [block_of(column) for column in _members(band) if column]
