"""Insertions that meet what is there already, said the same way to SQLite and PostgreSQL.

Rule: a refusal leaves the transaction as it was and open. PostgreSQL gives a whole transaction up after one
failed statement, SQLite does not: what may fail there asks for "do nothing", or stands behind a savepoint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from dossiers.errors import RecordError


def upsert(connection: Connection, table: Table) -> sqlite.Insert:
    """An ``INSERT`` that may be followed by ``on_conflict_…`` in the dialect of the connection."""
    if connection.dialect.name == "postgresql":
        # Both dialects spell the clause alike; callers use no more of it than the two share.
        return cast("sqlite.Insert", postgresql.insert(table))
    return sqlite.insert(table)


def insert_new(connection: Connection, table: Table, values: Mapping[str, object]) -> None:
    """Inserts one row.

    Raises:
        RecordError: ``DUPLICATE``, a unique key of the row is taken; ``NOT_FOUND``, a row that it belongs to
            is not there.
    """
    keys = tuple(table.primary_key.columns)
    statement = upsert(connection, table).values(dict(values)).on_conflict_do_nothing().returning(*keys)
    with attempt(connection):
        is_new = connection.execute(statement).first() is not None
    if not is_new:
        raise RecordError("DUPLICATE", vi="Dữ liệu này đã có rồi.", en="there is already such a record")


@contextmanager
def attempt(connection: Connection) -> Iterator[None]:
    """Goes back to here, and no further, where a statement in the block is refused."""
    if connection.dialect.name != "postgresql":
        yield  # one failed statement undoes itself
        return
    with connection.begin_nested():
        yield
