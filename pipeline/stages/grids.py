"""Grids of ruled lines: which lines hang together, and the closed cells between them.

A cell may span rows and columns. A line that is too faint on a short stretch opens no cell to the outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.stages.rules import Rules

#: Lines meet if they come this close, mm; parallel lines this close are one, as in a double frame.
_MEETING_MM: Final = 1.5
_SAME_MM: Final = 2.4
#: Part of a side that must be drawn; more of a short one across, which a row of serifs may be taken for.
_LEAST_SIDE: Final = 0.55
_LEAST_SHORT_SIDE: Final = 0.8
_SHORT_MM: Final = 20.0
#: Lines that run on past the last line across end in the open: the grid is closed there from so far on, mm.
_OPEN_END_MM: Final = 4.0

_Strokes = npt.NDArray[np.float64]
_Sides = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A closed cell: its place in the grid, and its extent in levelled coordinates (see ``Rules``)."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells whose lines hang together, row by row; every row and column bounds at least one cell."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in levelled coordinates."""
        return (
            min(cell.left for cell in self.cells), min(cell.top for cell in self.cells),
            max(cell.right for cell in self.cells), max(cell.bottom for cell in self.cells),
        )  # fmt: skip

    def cell_at(self, x: float, y: float) -> int | None:
        """Returns which cell holds a point in levelled coordinates, if any."""
        for place, cell in enumerate(self.cells):
            if cell.left <= x < cell.right and cell.top <= y < cell.bottom:
                return place
        return None


def find_grids(rules: Rules) -> tuple[Grid, ...]:
    """Returns every group of closed cells on the page, single frames included, from top to bottom."""
    grids = [
        grid
        for across, down in _groups(rules)
        if (grid := _grid(rules.across[across], rules.down[down], rules.per_mm)) is not None
    ]
    return tuple(sorted(grids, key=lambda grid: grid.extent[1]))


def _groups(rules: Rules) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """Yields lines across and lines down that meet, directly or through others."""
    reach = _MEETING_MM * rules.per_mm
    across, down = rules.across, rules.down
    meet = (
        (down[None, :, 2] >= across[:, 0, None] - reach) & (down[None, :, 2] <= across[:, 1, None] + reach)
        & (across[:, 2, None] >= down[None, :, 0] - reach) & (across[:, 2, None] <= down[None, :, 1] + reach)
    )  # fmt: skip
    left = set(range(len(across)))
    while left:
        rows, columns, todo = set[int](), set[int](), [left.pop()]
        while todo:
            row = todo.pop()
            rows.add(row)
            for column in np.nonzero(meet[row])[0]:
                if column not in columns:
                    columns.add(int(column))
                    others = {int(each) for each in np.nonzero(meet[:, column])[0]} - rows
                    todo.extend(others & left)
                    left -= others
        if len(rows) > 1 and len(columns) > 1:
            yield sorted(rows), sorted(columns)


def _grid(across: _Strokes, down: _Strokes, per_mm: float) -> Grid | None:
    levels, places = _positions(across, down, per_mm), _positions(down, across, per_mm)
    if len(levels) < 2 or len(places) < 2:
        return None
    level_sides = _sides(across, levels, places, per_mm, _LEAST_SHORT_SIDE)
    place_sides = _sides(down, places, levels, per_mm, _LEAST_SIDE).T
    _close(level_sides, place_sides)
    cells = _cells(_regions(level_sides, place_sides), levels, places)
    return _numbered(cells) if cells else None


def _positions(strokes: _Strokes, crossing: _Strokes, per_mm: float) -> list[float]:
    """Returns the levels that lines stand at, and where crossing lines end in the open."""
    levels: list[float] = []
    weights: list[float] = []
    for start, end, level in strokes[np.argsort(strokes[:, 2])]:
        if levels and level - levels[-1] < _SAME_MM * per_mm:
            weight = weights[-1] + end - start
            levels[-1] += (level - levels[-1]) * (end - start) / weight
            weights[-1] = weight
        else:
            levels.append(float(level))
            weights.append(float(end - start))
    far = _OPEN_END_MM * per_mm
    starts, ends = np.sort(crossing[:, 0]), np.sort(crossing[:, 1])[::-1]
    if starts[1] < levels[0] - far:
        levels.insert(0, float(starts[1]))
    if ends[1] > levels[-1] + far:
        levels.append(float(ends[1]))
    return levels


def _sides(
    strokes: _Strokes, levels: Sequence[float], places: Sequence[float], per_mm: float, least_short: float
) -> _Sides:
    """Returns for each level whether a line runs from each place to the next."""
    near = _SAME_MM * per_mm
    sides = np.zeros((len(levels), len(places) - 1), bool)
    for row, level in enumerate(levels):
        on_level = strokes[np.abs(strokes[:, 2] - level) < near]
        if not len(on_level):
            sides[row] = True  # the open end of the grid
            continue
        for column, (start, end) in enumerate(pairwise(places)):
            least = least_short if end - start < _SHORT_MM * per_mm else _LEAST_SIDE
            sides[row, column] = _covered(on_level, start, end) >= least * (end - start)
    return sides


def _covered(strokes: _Strokes, start: float, end: float) -> float:
    """Returns how much of a stretch lies under lines; lines that overlap count once."""
    covered, reached = 0.0, start
    for left, right, _level in strokes[np.argsort(strokes[:, 0])]:
        covered += max(0.0, min(end, right) - max(reached, left))
        reached = max(reached, min(end, right))
    return covered


def _close(level_sides: _Sides, place_sides: _Sides) -> None:
    """Draws an outer side where the other three sides of a cell are drawn."""
    above, below, before, after = level_sides[:-1], level_sides[1:], place_sides[:, :-1], place_sides[:, 1:]
    above[0] |= below[0] & before[0] & after[0]
    below[-1] |= above[-1] & before[-1] & after[-1]
    before[:, 0] |= above[:, 0] & below[:, 0] & after[:, 0]
    after[:, -1] |= above[:, -1] & below[:, -1] & before[:, -1]


def _regions(level_sides: _Sides, place_sides: _Sides) -> npt.NDArray[np.int64]:
    """Numbers the places of the grid by the closed region they lie in; 0 is open to the outside."""
    rows, columns = place_sides.shape[0], level_sides.shape[1]
    regions = np.full((rows, columns), -1, np.int64)
    number = 0
    for first in np.ndindex(rows, columns):
        if regions[first] >= 0:
            continue
        members, todo, is_open = {first}, [first], False
        while todo:
            row, column = todo.pop()
            steps = (
                (row - 1, column, level_sides[row, column]), (row + 1, column, level_sides[row + 1, column]),
                (row, column - 1, place_sides[row, column]), (row, column + 1, place_sides[row, column + 1]),
            )  # fmt: skip
            for down, right, is_closed in steps:
                if is_closed or (down, right) in members:
                    continue
                if 0 <= down < rows and 0 <= right < columns:
                    members.add((down, right))
                    todo.append((down, right))
                else:
                    is_open = True
        number += 1
        for each in members:
            regions[each] = 0 if is_open else number
    return regions


def _cells(
    regions: npt.NDArray[np.int64], levels: Sequence[float], places: Sequence[float]
) -> list[GridCell]:
    """Cuts each region into rectangles, the uppermost first; nearly every region is one already."""
    free = regions > 0
    cells = []
    for row, column in np.ndindex(*regions.shape):
        if not free[row, column]:
            continue
        number = regions[row, column]
        right = column + 1
        while right < regions.shape[1] and free[row, right] and regions[row, right] == number:
            right += 1
        bottom = row + 1
        while bottom < regions.shape[0] and (regions[bottom, column:right] == number).all():
            bottom += 1
        free[row:bottom, column:right] = False
        cells.append(
            GridCell(
                row=row, column=column, row_span=bottom - row, column_span=right - column,
                left=places[column], top=levels[row], right=places[right], bottom=levels[bottom],
            )
        )  # fmt: skip
    return cells


def _numbered(cells: Sequence[GridCell]) -> Grid:
    """Leaves out of the count the lines that bound no cell."""
    rows = sorted({cell.row for cell in cells} | {cell.row + cell.row_span for cell in cells})
    columns = sorted({cell.column for cell in cells} | {cell.column + cell.column_span for cell in cells})
    numbered = tuple(
        GridCell(
            row=rows.index(cell.row), column=columns.index(cell.column),
            row_span=rows.index(cell.row + cell.row_span) - rows.index(cell.row),
            column_span=columns.index(cell.column + cell.column_span) - columns.index(cell.column),
            left=cell.left, top=cell.top, right=cell.right, bottom=cell.bottom,
        )
        for cell in cells
    )  # fmt: skip
    return Grid(rows=len(rows) - 1, columns=len(columns) - 1, cells=numbered)
