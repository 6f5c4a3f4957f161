"""Blind index entries of numbers in dossiers and on documents: made, asked for, made anew under a newer key.

Rule: the records are searched by entry, never by the number.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, bindparam, select, update

from dossiers.citizens import NumberIndex, number_of

#: How many rows are read and written at a time.
_ROWS: Final = 1000

# Named here, not taken from the schema: a migration uses them while later columns are still missing.
_tables: Final = MetaData()
_DOSSIERS: Final = Table(
    "dossiers", _tables, Column("seq", Integer), Column("citizen_number", Text), Column("citizen_entry", Text)
)
_VALUES: Final = Table(
    "field_values", _tables, Column("seq", Integer), Column("value", Text), Column("entry", Text)
)


def entry_of(text: str | None, numbers: NumberIndex) -> str | None:
    """The entry under which a value is filed; none where it is no number of a person or organisation."""
    number = number_of(text)
    return None if number is None else numbers.of(number)


def entries_of(text: str, numbers: NumberIndex) -> tuple[str, ...]:
    """The entries under which a value may be filed; none where it is no number."""
    number = number_of(text)
    return () if number is None else numbers.entries(number)


def fill_entries(connection: Connection, numbers: NumberIndex) -> int:
    """Files every number under the present key; may be repeated.

    Returns:
        How many rows were filed anew.
    """
    return _fill(connection, numbers, _DOSSIERS.c.citizen_number, _DOSSIERS.c.citizen_entry) + _fill(
        connection, numbers, _VALUES.c.value, _VALUES.c.entry
    )


def _fill(connection: Connection, numbers: NumberIndex, number: Column[str], entry: Column[str]) -> int:
    table, last, changed = number.table, 0, 0
    statement = (
        select(table.c.seq, number.label("number"), entry.label("entry"))
        .where(table.c.seq > bindparam("last"), number.is_not(None))
        .order_by(table.c.seq)
        .limit(_ROWS)
    )
    while rows := connection.execute(statement, {"last": last}).all():
        last = rows[-1].seq
        made = ((row.seq, row.entry, entry_of(row.number, numbers)) for row in rows)
        stale = [{"row": seq, "new": new} for seq, old, new in made if old != new]
        changed += len(stale)
        if stale:
            renewal = update(table).where(table.c.seq == bindparam("row"))
            connection.execute(renewal.values({entry.name: bindparam("new")}), stale)
    return changed
