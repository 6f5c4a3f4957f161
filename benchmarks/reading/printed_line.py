"""A printed line with its place on the paper, and which lines stand side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

#: Lines are in one row if their middles lie within this part of the lower one's height.
_SAME_ROW: Final = 0.5
#: Least cells of a row of a table, and least rows of a table.
_TABLE_CELLS: Final = 3
_TABLE_ROWS: Final = 3

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line of truth.

    Attributes:
        text: as printed; handwriting left out.
        corners: top left, top right, bottom right, bottom left as one reads it, in pixels of any picture;
            empty where the place is not known.
    """

    text: str
    corners: Corners = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Lines that stand side by side and follow each other in the truth, from left to right."""

    cells: tuple[str, ...]
    is_table: bool


def corners_of(left: float, top: float, right: float, bottom: float) -> Corners:
    """Returns the corners of an upright box."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def rows(lines: Sequence[PrintedLine]) -> list[Row]:
    """Returns the rows of two cells and more.

    Lines must follow each other in the truth: heads and signatures, which are read column by column, form no
    rows. A table is at least three rows of at least three cells, one directly below the other.
    """
    groups: list[list[PrintedLine]] = []
    for line in lines:
        if groups and line.corners and _follows_in_row(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    tables = _in_tables([len(group) >= _TABLE_CELLS for group in groups])
    return [
        Row(cells=tuple(line.text for line in group), is_table=is_table)
        for group, is_table in zip(groups, tables, strict=True)
        if len(group) > 1
    ]


def _in_tables(wide: Sequence[bool]) -> list[bool]:
    """Whether a wide group stands in a run of at least three."""
    edges = [-1, *(place for place, is_wide in enumerate(wide) if not is_wide), len(wide)]
    found = [False] * len(wide)
    for before, after in pairwise(edges):
        if after - before - 1 >= _TABLE_ROWS:
            found[before + 1 : after] = [True] * (after - before - 1)
    return found


def _follows_in_row(left: PrintedLine, right: PrintedLine) -> bool:
    """Whether the second stands to the right of the first, seen along its own direction."""
    if not left.corners:
        return False
    (ax, ay), (bx, by), _, _ = left.corners
    length = math.hypot(bx - ax, by - ay) or 1.0
    along, across = (bx - ax) / length, (by - ay) / length
    from_x, from_y = _middle(left)
    to_x, to_y = _middle(right)
    forward = (to_x - from_x) * along + (to_y - from_y) * across
    down = (to_y - from_y) * along - (to_x - from_x) * across
    lowest = min(_height(left), _height(right))
    return forward > (length + _width(right)) / 2 - lowest and abs(down) <= _SAME_ROW * lowest


def _middle(line: PrintedLine) -> tuple[float, float]:
    return sum(x for x, _ in line.corners) / 4, sum(y for _, y in line.corners) / 4


def _width(line: PrintedLine) -> float:
    return math.dist(line.corners[0], line.corners[1])


def _height(line: PrintedLine) -> float:
    return math.dist(line.corners[0], line.corners[3])
