"""Insertions that meet what is there already, said the same way to SQLite and PostgreSQL.

Rule: a refusal leaves the transaction as it was and open. PostgreSQL gives a whole transaction up after one
failed statement, SQLite does not: what may fail there asks for "do nothing", or stands behind a savepoint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import cast

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.sql.selectable import TableClause

from dossiers.errors import RecordError


def upsert(connection: Connection, table: Table) -> sqlite.Insert:
    """An ``INSERT`` that may be followed by ``on_conflict_…`` in the dialect of the connection."""
    return insertion(connection.dialect.name, table)


def insertion(dialect: str, table: Table | TableClause) -> sqlite.Insert:
    """The same for a dialect by its name."""
    if dialect == "postgresql":
        # Both dialects spell the clause alike; callers use no more of it than the two share.
        return cast("sqlite.Insert", postgresql.insert(table))
    return sqlite.insert(table)


def insert_new(connection: Connection, table: Table, values: Mapping[str, object]) -> None:
    """Inserts one row.

    Raises:
        RecordError: ``DUPLICATE``, a unique key of the row is taken; ``NOT_FOUND``, a row that it belongs to
            is not there.
    """
    with attempt(connection):
        is_new = connection.execute(_new(connection.dialect.name, table), dict(values)).first() is not None
    if not is_new:
        raise RecordError("DUPLICATE", vi="Dữ liệu này đã có rồi.", en="there is already such a record")


@cache
def _new(dialect: str, table: Table) -> ReturningInsert[tuple[object, ...]]:
    keys = tuple(table.primary_key.columns)
    return insertion(dialect, table).on_conflict_do_nothing().returning(*keys)


@contextmanager
def attempt(connection: Connection) -> Iterator[None]:
    """Goes back to here, and no further, where a statement in the block is refused."""
    if connection.dialect.name != "postgresql":
        yield  # one failed statement undoes itself
        return
    with connection.begin_nested():
        yield
