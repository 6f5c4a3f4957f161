"""The best assignment of rows to columns: at most one each, the sum of worths as large as possible.

Exact, by shortest augmenting paths with potentials (the Hungarian method, O(rows squared times columns)).
Worths are whole numbers of any size, so that several criteria can be packed into one without rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def best_assignment(worths: Sequence[Sequence[int | None]]) -> tuple[int | None, ...]:
    """Gives each row a column of its own, or none.

    Args:
        worths: for each row the worth of each column, 0 or more; ``None`` where they may not meet. All rows
            are equally long.

    Returns:
        For each row its column, or ``None``. No other assignment has a larger sum. The same input always
        gives the same answer.
    """
    if not worths:
        return ()
    columns = len(worths[0])
    # A column of its own lets every row stay without one, at no gain. What may not meet costs more than
    # any sum of gains, so it is never chosen where staying alone is possible.
    forbidden = 1 + sum(max((each for each in row if each is not None), default=0) for row in worths)
    costs = [[forbidden if each is None else -each for each in row] + [0] * len(worths) for row in worths]
    search = _Search(costs)
    for row in range(len(worths)):
        search.admit(row)
    return tuple(column if column < columns else None for column in search.column_of_rows())


@dataclass(slots=True)
class _Step:
    """How cheaply a column is reached: at which cost, and from which column before it."""

    cost: int
    before: int


class _Search:
    """Rows are admitted one after the other; the assignment of those admitted is always a cheapest one."""

    def __init__(self, costs: Sequence[Sequence[int]]) -> None:
        self._costs = costs
        self._width = len(costs[0])
        self._row_price = [0] * len(costs)
        #: One column more than there are: the starting point of each search.
        self._column_price = [0] * (self._width + 1)
        self._row_at: list[int | None] = [None] * (self._width + 1)

    def admit(self, row: int) -> None:
        """Finds the cheapest way to place one more row, moving others where that helps."""
        start = self._width
        self._row_at[start] = row
        steps: list[_Step | None] = [None] * self._width
        settled = [False] * (self._width + 1)
        column = start
        while self._row_at[column] is not None:
            settled[column] = True
            column = self._nearest(column, steps, settled)
        while column != start:
            step = steps[column]
            assert step is not None
            self._row_at[column] = self._row_at[step.before]
            column = step.before
        self._row_at[start] = None

    def column_of_rows(self) -> list[int]:
        """The column of each admitted row."""
        found = [0] * len(self._costs)
        for column, row in enumerate(self._row_at):
            if row is not None:
                found[row] = column
        return found

    def _nearest(self, column: int, steps: list[_Step | None], settled: list[bool]) -> int:
        """Looks on from a settled column; returns the nearest column not settled yet and shifts prices."""
        row = self._row_at[column]
        assert row is not None
        best, nearest = None, -1
        for other in range(self._width):
            if settled[other]:
                continue
            cost = self._costs[row][other] - self._row_price[row] - self._column_price[other]
            known = steps[other]
            if known is None or cost < known.cost:
                known = steps[other] = _Step(cost=cost, before=column)
            if best is None or known.cost < best:
                best, nearest = known.cost, other
        assert best is not None
        self._shift(best, steps, settled)
        return nearest

    def _shift(self, by: int, steps: list[_Step | None], settled: list[bool]) -> None:
        for other, is_settled in enumerate(settled):
            if is_settled:
                row = self._row_at[other]
                assert row is not None
                self._row_price[row] += by
                self._column_price[other] -= by
            elif other < self._width:
                step = steps[other]
                assert step is not None
                step.cost -= by
