"""Reading order and table cells: what is right although single letters may not be.

*In order* counts pairs of printed lines (those found in the reading) that come in the order of the truth.
*Followed* counts neighbours in the truth that are neighbours in the reading too, which falls at the first
mixed column. A *cell* is right if every sign of it is and no foreign word stands in it or between it and the
cell on its left; its row is searched as one line, so cells that are read column by column are wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from benchmarks.reading.printed_line import PrintedLine, Row, rows
from benchmarks.text_score import Place, normalised, one_string, places, printed_lines

#: Shorter lines (ticks, single digits) can stand anywhere by chance.
_LEAST_LETTERS: Final = 4
#: Lines with more errors than this share of their letters have no sure place.
_MOST_ERRORS: Final = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutScore:
    """Counts that add up.

    Attributes:
        pairs: pairs of printed lines that were found.
        pairs_in_order: of them, those in the order of the truth.
        neighbours: pairs of found lines with no other found line between them in the truth.
        followed: of them, those that follow each other in the reading.
        cells: cells of all rows.
        cells_right: of them, right.
        table_cells: cells of tables alone.
        table_cells_right: of them, right.
    """

    pairs: int = 0
    pairs_in_order: int = 0
    neighbours: int = 0
    followed: int = 0
    cells: int = 0
    cells_right: int = 0
    table_cells: int = 0
    table_cells_right: int = 0


def total_layout(scores: Iterable[LayoutScore]) -> LayoutScore:
    """Adds scores up."""
    kept = list(scores)
    return LayoutScore(
        **{name: sum(getattr(each, name) for each in kept) for name in LayoutScore.__dataclass_fields__}
    )


def layout_score(
    lines: Sequence[PrintedLine], reading: str, tables: Sequence[Row] | None = None
) -> LayoutScore:
    """Compares a reading with the order and the rows of the printed lines.

    Args:
        lines: in reading order.
        reading: of the page.
        tables: rows of its tables where they are known; else what stands in rows is a table by its shape.
    """
    read = one_string(reading)
    pairs, in_order, neighbours, followed = order(printed_lines(line.text for line in lines), read)
    by_place = [row for row in rows(lines) if not (tables and row.is_table)]
    judged = _judged_rows([*by_place, *(tables or ())], read)
    cells = [is_right for _, rights in judged for is_right in rights]
    table_cells = [is_right for row, rights in judged if row.is_table for is_right in rights]
    return LayoutScore(
        pairs=pairs,
        pairs_in_order=in_order,
        neighbours=neighbours,
        followed=followed,
        cells=len(cells),
        cells_right=sum(cells),
        table_cells=len(table_cells),
        table_cells_right=sum(table_cells),
    )


def order(lines: Sequence[str], read: str) -> tuple[int, int, int, int]:
    """Returns pairs, pairs in order, neighbours and neighbours that follow each other.

    Lines that are printed twice, very short ones and those that were read too badly have no sure place.
    """
    starts = [
        place.start
        for line, place in zip(lines, places(lines, read), strict=True)
        if place is not None and _is_sure(line, place) and lines.count(line) == 1
    ]
    rank = {start: number for number, start in enumerate(sorted(starts))}
    pairs = list(combinations(starts, 2))
    neighbours = list(pairwise(starts))
    in_order = sum(first < second for first, second in pairs)
    followed = sum(rank[second] == rank[first] + 1 for first, second in neighbours)
    return len(pairs), in_order, len(neighbours), followed


def _is_sure(line: str, place: Place) -> bool:
    return len(line) >= _LEAST_LETTERS and place.errors <= _MOST_ERRORS * len(line)


def _judged_rows(found: Sequence[Row], read: str) -> list[tuple[Row, list[bool]]]:
    cells = [[normalised(cell).strip() for cell in row.cells] for row in found]
    spots = places([" ".join(row) for row in cells], read)
    return [
        (row, right_cells(texts, read[spot.start : spot.end]) if spot else [False] * len(texts))
        for row, texts, spot in zip(found, cells, spots, strict=True)
    ]


def right_cells(cells: Sequence[str], span: str) -> list[bool]:
    """Returns for each cell of a row whether it is right in the part of the reading that holds the row."""
    wanted = [word for cell in cells for word in cell.split()]
    kept, foreign = [False] * len(wanted), [False] * (len(wanted) + 1)
    for step in Levenshtein.opcodes(wanted, span.split()):
        if step.tag == "equal":
            kept[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
        elif step.tag == "insert":
            foreign[step.src_start] = True
    found, first = [], 0
    for cell in cells:
        last = first + len(cell.split())
        found.append(all(kept[first:last]) and not any(foreign[max(1, first) : last]))
        first = last
    return found
