"""Columns in a stack of rows: heads, signatures and newspaper columns are read one column after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from pipeline.ocr.found_words import block_of, line_of
from pipeline.text import Block, Line, Word

#: Segments that stand level, from left to right.
Row = tuple[Line, ...]
#: The free strip between two columns, of the height of a line.
_LEAST_GUTTER: Final = 0.8
#: A row that stands alone in its column belongs to it if it follows this closely, of the height of a line.
_LARGEST_STEP: Final = 1.3
_LARGEST_CARD_STEP: Final = 3.0
#: On a card the column is read first that begins this much higher, of the height of a line.
_HIGHER: Final = 0.6
#: Columns that hold no more letters than this a row are numbers of a list, not columns.
_LIST_LETTERS: Final = 5
#: From this share of labels (``Dân tộc:``) on, rows are rows of a form.
_FORM_SHARE: Final = 0.34

#: From this share of labels that stand twice in their row on, the form has a column for each person.
_TWIN_SHARE: Final = 0.5
#: A document's number begins so; it stands apart from this white strip on, of the height of a line.
_NUMBER_LABELS: Final = ("số:", "số :", "luật số", "nghị quyết số", "nghị định số")
_APART: Final = 0.87
#: What ends with a colon without being answered beside it.
_HEADS_OF_LISTS: Final = ("nơi nhận", "kính gửi", *_NUMBER_LABELS)

#: Lines that share this much of their height begin side by side.
_LEVEL_SHARE: Final = 0.25
#: White that parts two blocks of plain rows, of the height of a line.
_BLOCK_GAP: Final = 1.0

#: A gap between words that may part columns: of the height of the line, and of the line's usual gap.
_LEAST_GAP: Final = 0.45
_WIDER_GAP: Final = 1.6
#: Room for a signature above a name, and how far a name may stand off the middle of its title; of a line's height.
_SIGNATURE_ROOM: Final = 14.0
_OFF_CENTRE: Final = 1.5

Span = tuple[int, int]


def as_groups(rows: Sequence[Row], *, is_card: bool = False) -> list[list[Block]]:
    """Returns groups of blocks in reading order: columns side by side, or one block of plain rows.

    Args:
        rows: from top to bottom.
        is_card: whether this is an identity card: its columns are looser, their lines less level.
    """
    parted = [_parted_like_neighbours(rows, place) for place in range(len(rows))]
    groups: list[list[Block]] = []
    plain: list[Line] = []
    place = 0
    while place < len(rows):
        band = _band(parted[place:], is_card=is_card)
        if len(band) > 1 and _is_columnar(band, is_card=is_card):
            if plain:
                groups.append([block_of(plain)])
                plain = []
            groups.append(_columns(band, is_card=is_card))
            place += len(band)
        else:
            if plain and _is_apart(plain, rows[place]):
                groups.append([block_of(plain)])
                plain = []
            plain.extend(_with_their_values(rows[place]))
            place += 1
    if plain:
        groups.append([block_of(plain)])
    return groups


def _parted_like_neighbours(rows: Sequence[Row], place: int) -> Row:
    """Parts a row where a narrow gap stands under or over the wide gap of a row nearby.

    Titles of four signatures side by side nearly touch, the names below them do not.
    """
    row = rows[place]
    near = [other for other in (*rows[max(0, place - 2) : place], *rows[place + 1 : place + 3]) if len(other) > 1]
    gutters = [
        (before.box.right, after.box.left) for other in near if _is_near(row, other) for before, after in pairwise(other)
    ]
    return tuple(part for line in row for part in _parted_at(line, gutters)) if gutters else row


def _is_near(row: Row, other: Row) -> bool:
    height = median(line.box.bottom - line.box.top for line in row)
    top, bottom = min(line.box.top for line in other), max(line.box.bottom for line in other)
    free = max(top - max(line.box.bottom for line in row), min(line.box.top for line in row) - bottom)
    return free < _LARGEST_STEP * height


def _parted_at(line: Line, gutters: Sequence[Span]) -> Iterator[Line]:
    height = median(word.box.bottom - word.box.top for word in line.words)
    gaps = [after.box.left - before.box.right for before, after in pairwise(line.words)]
    least = max(_LEAST_GAP * height, _WIDER_GAP * median(gaps)) if gaps else 0.0
    start = 0
    for place, gap in enumerate(gaps):
        left, right = line.words[place].box.right, line.words[place + 1].box.left
        shared = max((min(right, end) - max(left, begin) for begin, end in gutters), default=0)
        if gap >= least and shared >= _LEAST_GAP * height:
            yield line_of(line.words[start : place + 1])
            start = place + 1
    yield line_of(line.words[start:]) if start else line


def _with_their_values(row: Row) -> Iterator[Line]:
    """Joins labels and values of one row: ``Năm sinh: 1996`` and ``Dân tộc: Kinh`` stay in one line."""
    words: list[Word] = list(row[0].words)
    for before, line in pairwise(row):
        if not (before.text.endswith(":") or _is_label(line.text)):
            yield line_of(words)
            words = []
        words.extend(line.words)
    yield line_of(words)


def _is_apart(above: Sequence[Line], row: Row) -> bool:
    """Whether white parts a row from the block above it."""
    height = min(
        median(line.box.bottom - line.box.top for line in row),
        median(line.box.bottom - line.box.top for line in above),
    )
    free = min(line.box.top for line in row) - max(line.box.bottom for line in above)
    return free > _BLOCK_GAP * height


def _band(rows: Sequence[Row], *, is_card: bool) -> Sequence[Row]:
    """Returns the rows from the first on that leave a gutter free all the way down."""
    if len(rows[0]) < 2 and not (len(rows) > 1 and _begin_together(rows[0], rows[1])):
        return rows[:0]
    spans = _merged([], rows[0])
    end = last_parted = 1
    for row in rows[1:]:
        wider = _merged(spans, row)
        if _opens_second_row(row, rows[:end]):
            break
        step = _LARGEST_CARD_STEP if is_card else _LARGEST_STEP
        if len(wider) < 2 or (len(row) == 1 and end > 1 and not _follows(row[0], rows[:end], wider, step)):
            break
        spans = wider
        end += 1
        if len(row) > 1:
            last_parted = end
    return rows[: max(end, last_parted)]


def _begin_together(row: Row, following: Row) -> bool:
    """Whether the first lines of two columns begin side by side, though not quite level."""
    return len(following) == 1 and following[0].box.top < row[0].box.bottom - _LEVEL_SHARE * _height(row[0])


def _height(line: Line) -> int:
    return line.box.bottom - line.box.top


def _opens_second_row(row: Row, above: Sequence[Row]) -> bool:
    """Whether number and date stand apart from the head above them: then they are a row of their own."""
    lines = [line for each in above for line in each]
    height = median(line.box.bottom - line.box.top for line in lines)
    free = min(line.box.top for line in row) - max(line.box.bottom for line in lines)
    if not row[0].text.lower().startswith(_NUMBER_LABELS):
        return False
    if len(row) > 1:
        return free >= _APART * height
    own = [line for line in lines if line.box.left < row[0].box.right and row[0].box.left < line.box.right]
    return bool(own) and free > 0 and row[0].box.top - own[-1].box.bottom >= _APART * height


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


def _follows(line: Line, above: Sequence[Row], spans: Sequence[Span], step: float) -> bool:
    """Whether a line alone in its row continues the column above it."""
    span = next(each for each in spans if each[0] <= line.box.left and line.box.right <= each[1])
    column = [each for row in above for each in row if span[0] <= each.box.left and each.box.right <= span[1]]
    height = line.box.bottom - line.box.top
    free = line.box.top - column[-1].box.bottom if column else 0
    if column and free <= step * height:
        return True
    if span is spans[-1] and span[0] > 0 and _is_far_right(line, spans):
        return True
    return bool(column) and free <= _SIGNATURE_ROOM * height and _is_centred(line, column[-1])


def _is_centred(line: Line, above: Line) -> bool:
    """Whether a line stands in the middle below another, as a name does below its title."""
    apart = line.box.left + line.box.right - above.box.left - above.box.right
    return abs(apart) / 2 <= _OFF_CENTRE * (line.box.bottom - line.box.top)


def _is_far_right(line: Line, spans: Sequence[Span]) -> bool:
    """Whether a line stands right of every other column, as a name far below its title does."""
    return len(spans) > 1 and line.box.left >= spans[-1][0] > spans[-2][1]


def _is_columnar(band: Sequence[Row], *, is_card: bool) -> bool:
    parted = [row for row in band if len(row) > 1]
    columns = _members(band)
    if len(parted) < 2 and min(map(len, columns)) < 2:
        return False
    if not is_card and _is_form(parted, columns):
        return False
    return all(median(len(line.text) for line in column) > _LIST_LETTERS for column in columns)


def _is_form(parted: Sequence[Row], columns: Sequence[Sequence[Line]]) -> bool:
    """Whether rows are read across: labels with their values, unless two persons answer the same."""
    later = [line for row in parted for line in row[1:]] or [line for column in columns[1:] for line in column]
    labels = sum(_is_label(line.text) for line in later)
    twins = sum(_are_twins(row) for row in parted)
    if labels >= _FORM_SHARE * len(later) and twins < _TWIN_SHARE * labels:
        return True
    asked = sum(_asks(line.text) for row in parted for line in row[:-1])
    return asked > 0 and asked >= _FORM_SHARE * len(parted)


def _asks(text: str) -> bool:
    """Whether a value is still to come: ``Nơi cư trú:``, but not the head of a list or of a number."""
    return text.endswith(":") and not text.lower().startswith(_HEADS_OF_LISTS)


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


def _columns(band: Sequence[Row], *, is_card: bool) -> list[Block]:
    columns = [block_of(column) for column in _members(band) if column]
    if is_card and len(columns) == 2 and _begins_higher(columns[1], columns[0]):
        columns.reverse()
    return columns


def _begins_higher(block: Block, other: Block) -> bool:
    return other.box.top - block.box.top > _HIGHER * _height(block.lines[0])
