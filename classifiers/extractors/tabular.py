"""Values in ruled tables: rows of people or things, and places where a row and a column of a form cross."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from classifiers.extractors.found import confidence_of
from classifiers.extractors.rules import FieldRule, Kind, TableRule
from classifiers.extractors.values import clean, read_value
from classifiers.folding import key_of, likeness
from classifiers.layout import Token
from dossiers.reading import FieldValue, Source
from pipeline.text import PageText, Table, TableCell

#: How alike a heading and a listed one must be.
_LEAST: Final = 0.84
#: A table is the one that is looked for if so many of its headings are.
_LEAST_COLUMNS: Final = 2


def row_values(page: PageText, rules: Sequence[TableRule], source: Source) -> list[FieldValue]:
    """Reads the rows of every table that a rule describes; rows without any value are left out.

    Args:
        page: the page with its ruled tables.
        rules: tables of the page's type.
        source: what the text was read from.
    """
    found: list[FieldValue] = []
    for rule in rules:
        count = 0
        for table in page.tables:
            head, columns = _columns(page, table, rule)
            if len(columns) < min(_LEAST_COLUMNS, len(rule.columns)):
                continue
            for cells in _rows_below(table, head):
                values = list(_row(page, cells, columns, source))
                if any(value.value is not None for value in values):
                    count += 1
                    found += [_numbered(value, rule.name, count) for value in values]
    return found


def crossing(page: PageText, rule: FieldRule, source: Source) -> FieldValue | None:
    """Reads the cell where the row of a label and the column of a heading cross; ``None``: no such table."""
    for table in page.tables:
        heads = [cell for cell in table.cells if _is_like(page.cell_text(cell), (rule.column,))]
        rows = [cell for cell in table.cells if _is_like(page.cell_text(cell), rule.labels)]
        for head, label in ((head, label) for head in heads for label in rows if label.row > head.row):
            for cell in table.cells:
                if (cell.row, cell.column) == (label.row, head.column):
                    return _value(page, cell, rule, source)
    return None


def _columns(page: PageText, table: Table, rule: TableRule) -> tuple[int, Mapping[int, FieldRule]]:
    """The row of headings and the rule of each column; headings stand in the first three rows."""
    best: tuple[int, dict[int, FieldRule]] = (0, {})
    for row in range(min(3, table.rows)):
        columns: dict[int, FieldRule] = {}
        for cell in table.cells:
            if cell.row != row:
                continue
            text = page.cell_text(cell)
            known = next((each for each in rule.columns if _is_like(text, each.labels)), None)
            if known is not None and known not in columns.values():
                columns[cell.column] = known
        if len(columns) > len(best[1]):
            best = row, columns
    return best


def _rows_below(table: Table, head: int) -> Iterator[Sequence[TableCell]]:
    for row in range(head + 1, table.rows):
        yield [cell for cell in table.cells if cell.row == row]


def _row(
    page: PageText, cells: Sequence[TableCell], columns: Mapping[int, FieldRule], source: Source
) -> Iterator[FieldValue]:
    for cell in cells:
        if cell.column in columns:
            yield _value(page, cell, columns[cell.column], source)


def _value(page: PageText, cell: TableCell, rule: FieldRule, source: Source) -> FieldValue:
    words = (
        [] if cell.block is None else [word for line in page.blocks[cell.block].lines for word in line.words]
    )
    text = " ".join(word.text for word in words)
    tokens = [Token(text=word.text, box=word.box, confidence=word.confidence, key="") for word in words]
    return FieldValue(
        name=rule.name,
        raw=clean(text),
        value=read_value(Kind.LONG_TEXT if rule.kind is Kind.TEXT else rule.kind, text),
        box=cell.box,
        confidence=confidence_of(tokens) if tokens else 1.0,
        source=source,
    )


def _numbered(value: FieldValue, name: str, number: int) -> FieldValue:
    return replace(value, name=f"{name}[{number}].{value.name}")


def _is_like(text: str, labels: Sequence[str]) -> bool:
    """Whether a cell holds one of the labels, a note in brackets behind it aside."""
    key = key_of(text.replace("\n", " "))
    bare = key_of(text.partition("(")[0])
    return bool(key) and any(
        likeness(label, text) >= _LEAST or (bool(bare) and key_of(label) == bare) for label in labels
    )
