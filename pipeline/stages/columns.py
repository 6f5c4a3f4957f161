"""Columns in a stack of rows: heads, signatures and newspaper columns are read one column after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from pipeline.ocr.found_words import block_of
from pipeline.stages.rows import (
    HEADS_OF_LISTS,
    Row,
    Span,
    height_of,
    is_label,
    level,
    parted_like_neighbours,
    with_their_values,
)
from pipeline.text import Block, Line

#: White that parts two blocks of plain rows, of the height of a line.
_BLOCK_GAP: Final = 1.0
#: Lines that share this much of their height begin side by side.
_LEVEL_SHARE: Final = 0.25
#: Columns that mostly hold no more letters than this a row are numbers of a list, not columns.
_LIST_LETTERS: Final = 5
#: A list of so many lines is a column even beside a single line.
_LONG_LIST: Final = 4
#: From this share of labels (``Dân tộc:``) on, rows are rows of a form.
_FORM_SHARE: Final = 0.34
#: From this share of labels that stand twice in their row on, the form has a column for each person.
_TWIN_SHARE: Final = 0.5
#: From this share of lines with a label on, the first column asks and the second answers.
_LABELLED_SHARE: Final = 0.75
_LABEL_WORDS: Final = 6
#: A document's number begins so; it stands apart from this white strip on, of the height of a line.
_NUMBER_LABELS: Final = ("số:", "số :", "luật số", "nghị quyết số", "nghị định số")
_APART: Final = 0.87
#: Room for a signature above a name, of the height of a line, and how far the name may stand off the middle.
_SIGNATURE_ROOM: Final = 14.0
_OFF_CENTRE: Final = 1.5
#: The column of a card is read first that begins this much higher, of the height of a line.
_HIGHER: Final = 0.48


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """How columns are set; of the height of a line.

    Attributes:
        gutter: the free strip between two columns.
        step: a row that stands alone in its column belongs to it if it follows this closely.
        is_card: whether labels stand above their values, and columns begin where there is room.
    """

    gutter: float
    step: float
    is_card: bool = False


PAGE: Final = Spacing(gutter=0.6, step=1.3)
CARD: Final = Spacing(gutter=0.3, step=3.0, is_card=True)


def as_groups(rows: Sequence[Row], spacing: Spacing = PAGE) -> list[list[Block]]:
    """Returns groups of blocks in reading order: columns side by side, or one block of plain rows.

    Args:
        rows: from top to bottom.
        spacing: of the paper that they stand on.
    """
    parted = [parted_like_neighbours(rows, place) for place in range(len(rows))]
    groups: list[list[Block]] = []
    plain: list[Line] = []
    place = 0
    while place < len(rows):
        band = _band(parted[place:], spacing)
        is_columnar = _is_columnar(band, spacing) and not _joins_columns(parted[place:], band, spacing)
        if plain and (is_columnar or _is_apart(plain, rows[place])):
            groups.append([block_of(plain)])
            plain = []
        if is_columnar:
            groups.append(_columns(band, spacing))
            place += len(band)
        else:
            plain.extend(with_their_values(rows[place]))
            place += 1
    if plain:
        groups.append([block_of(plain)])
    return groups


def _is_apart(above: Sequence[Line], row: Row) -> bool:
    """Whether white parts a row from the block above it."""
    height = min(_letter_height(row), _letter_height(above[-1:]))
    free = min(line.box.top for line in row) - max(line.box.bottom for line in above)
    return free > _BLOCK_GAP * height


def _letter_height(lines: Sequence[Line]) -> float:
    return median(height_of(word) for line in lines for word in line.words)


def _band(rows: Sequence[Row], spacing: Spacing) -> Sequence[Row]:
    """Returns the rows from the first on that leave a gutter free all the way down."""
    if len(rows[0]) < 2 and not (len(rows) > 1 and _begin_together(rows[0], rows[1])):
        return rows[:0]
    spans = _merged([], rows[0], spacing)
    end = 1
    for row in rows[1:]:
        wider = _merged(spans, row, spacing)
        if len(wider) < 2 or _opens_second_row(row, rows[:end]):
            break
        if len(row) == 1 and end > 1 and not _follows(row[0], rows[:end], wider, spacing):
            break
        spans = wider
        end += 1
    return rows[:end]


def _begin_together(row: Row, following: Row) -> bool:
    """Whether the first lines of two columns begin side by side, though not quite level."""
    return len(following) == 1 and following[0].box.top < row[0].box.bottom - _LEVEL_SHARE * height_of(row[0])


def _opens_second_row(row: Row, above: Sequence[Row]) -> bool:
    """Whether number and date stand apart from the head above them: then they are a row of their own."""
    lines = [line for each in above for line in each]
    free = min(line.box.top for line in row) - max(line.box.bottom for line in lines)
    if not _is_number(row[0]) or free <= 0:
        return False
    return free >= _APART * median(map(height_of, lines)) if len(row) > 1 else _has_row_between(row[0], lines)


def _has_row_between(number: Line, lines: Sequence[Line]) -> bool:
    """Whether another column goes on between the number and the name of the agency above it."""
    own = [line for line in lines if line.box.left < number.box.right and number.box.left < line.box.right]
    return bool(own) and any(level(line) > max(each.box.bottom for each in own) for line in lines)


def _is_number(line: Line) -> bool:
    return line.text.lower().startswith(_NUMBER_LABELS)


def _merged(spans: Sequence[Span], row: Row, spacing: Spacing) -> list[Span]:
    """Adds a row's extents to the columns' and joins what no gutter parts."""
    least = spacing.gutter * median(map(height_of, row))
    merged: list[Span] = []
    for left, right in sorted([*spans, *((line.box.left, line.box.right) for line in row)]):
        if merged and left - merged[-1][1] < least:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _follows(line: Line, above: Sequence[Row], spans: Sequence[Span], spacing: Spacing) -> bool:
    """Whether a line alone in its row continues the column above it."""
    span = next(each for each in spans if each[0] <= line.box.left and line.box.right <= each[1])
    column = [each for row in above for each in row if span[0] <= each.box.left and each.box.right <= span[1]]
    free = line.box.top - column[-1].box.bottom if column else 0
    if column and free <= spacing.step * height_of(line):
        return True
    if column and span is spans[-1] and _is_far_right(line, spans) and _is_amid(line, column):
        return True
    if not column or _is_number(line):
        return False
    return free <= _SIGNATURE_ROOM * height_of(line) and _is_centred(line, column[-1])


def _is_centred(line: Line, above: Line) -> bool:
    """Whether a line stands in the middle below another, as a name does below its title."""
    apart = line.box.left + line.box.right - above.box.left - above.box.right
    return abs(apart) / 2 <= _OFF_CENTRE * height_of(line)


def _is_amid(line: Line, column: Sequence[Line]) -> bool:
    """Whether the middle of a line lies in the middle part of its column."""
    left, right = min(each.box.left for each in column), max(each.box.right for each in column)
    return abs(line.box.left + line.box.right - left - right) / 2 <= (right - left) / 3


def _is_far_right(line: Line, spans: Sequence[Span]) -> bool:
    """Whether a line stands right of every other column, as a name far below its title does."""
    return len(spans) > 1 and line.box.left >= spans[-1][0] > spans[-2][1]


def _joins_columns(rows: Sequence[Row], band: Sequence[Row], spacing: Spacing) -> bool:
    """Whether the first row runs over a gutter of the columns below it, as a row of dates does."""
    below = _band(rows[1:], spacing) if len(rows) > 1 else ()
    more = _full_columns(below, spacing) > _full_columns(band, spacing)
    return more and _is_columnar(below, spacing)


def _full_columns(band: Sequence[Row], spacing: Spacing) -> int:
    """Counts columns of several lines of words."""
    return sum(len(column) > 1 and not _is_short(column) for column in _members(band, spacing))


def _is_short(column: Sequence[Line]) -> bool:
    return 3 * sum(len(line.text) <= _LIST_LETTERS for line in column) > 2 * len(column)


def _is_columnar(band: Sequence[Row], spacing: Spacing) -> bool:
    if len(band) < 2:
        return False
    parted = [row for row in band if len(row) > 1]
    columns = _members(band, spacing)
    if len(parted) < 2 and min(map(len, columns)) < 2 and max(map(len, columns)) < _LONG_LIST:
        return False
    if not spacing.is_card and _is_form(parted, columns):
        return False
    short = [column for column in columns if _is_short(column)]
    is_list = any(2 * len(column) >= len(band) for column in short)
    return not is_list and len(columns) - len(short) > 1


def _is_form(parted: Sequence[Row], columns: Sequence[Sequence[Line]]) -> bool:
    """Whether rows are read across: labels with their values, unless two persons answer the same."""
    later = [line for row in parted for line in row[1:]] or [
        line for column in columns[1:] for line in column
    ]
    labels = sum(is_label(line.text) for line in later)
    twins = sum(map(_are_twins, parted))
    if labels >= _FORM_SHARE * len(later) and twins < _TWIN_SHARE * labels:
        return True
    first = [line for line in columns[0] if not line.text.lower().startswith(HEADS_OF_LISTS)]
    opened = sum(_opens_with_label(line.text) for line in first)
    return not twins and opened > 0 and opened >= _LABELLED_SHARE * len(first)


def _are_twins(row: Row) -> bool:
    """Whether a row asks the same of two persons: husband and wife stand side by side in columns."""
    starts = [line.text.lower().replace(":", "").split()[:2] for line in row[:2]]
    return len(starts) == 2 and len(starts[0]) == 2 and starts[0] == starts[1]


def _opens_with_label(text: str) -> bool:
    head, colon, _ = text.partition(":")
    return bool(colon) and len(head.split()) <= _LABEL_WORDS


def _members(band: Sequence[Row], spacing: Spacing) -> list[list[Line]]:
    spans: list[Span] = []
    for row in band:
        spans = _merged(spans, row, spacing)
    columns: list[list[Line]] = [[] for _ in spans]
    for row in band:
        for line in row:
            place = next(number for number, span in enumerate(spans) if span[0] <= line.box.left <= span[1])
            columns[place].append(line)
    return columns


def _columns(band: Sequence[Row], spacing: Spacing) -> list[Block]:
    columns = [block_of(column) for column in _members(band, spacing) if column]
    if spacing.is_card and len(columns) == 2 and _begins_higher(columns[1], columns[0]):
        columns.reverse()
    return columns


def _begins_higher(block: Block, other: Block) -> bool:
    height = max(height_of(block.lines[0]), height_of(other.lines[0]))
    return other.box.top - block.box.top > _HIGHER * height
