"""Copies all records from one database to another: SQLite to PostgreSQL, back, or like to like.

Rules: the source is read in one transaction and never written; tables go in the order of their references,
rows in the order of their keys, each batch in a transaction of its own, so that a copy that was killed goes
on where it stopped. Nothing is left out in silence: a table that this release does not know stops the copy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Engine, Row, Table, func, insert, inspect, select, text, tuple_
from sqlalchemy.sql.selectable import Select

from dossiers.errors import ConfigurationError, IntegrityError, RecordError
from storage.records.full_text_copy import copy_words, fingerprint_words
from storage.records.known_tables import FULL_TEXT, known_tables, own_tables
from storage.records.schema_version import is_newest

#: Rows of one batch.
BATCH: Final = 500

#: Told after each batch: the table, and how many of its rows are in the target now.
Progress = Callable[[str, int], None]


def copy_records(source: Engine, target: Engine, progress: Progress | None = None) -> int:
    """Copies what is not in the target yet; call it again after an interruption.

    Nobody may write to either database meanwhile. The target has the newest schema and either no rows or
    those of an earlier copy of the same source.

    Returns:
        How many rows were copied now.

    Raises:
        ConfigurationError: ``RECORDS_NOT_NEWEST``, one of the two has an older schema; ``UNKNOWN_TABLE``.
        RecordError: ``TARGET_DIFFERS``, the target holds rows that are not those of the source.
        ResourceError: one of the two is unavailable.
    """
    _check(source)
    _check(target)
    copied = 0
    with _reading(source) as connection:
        for table in known_tables():
            copied += _copy_table(connection, target, table, progress or _silent)
        copied += copy_words(connection, target, progress or _silent)
    _count_on(target)
    return copied


def fingerprints(engine: Engine) -> Mapping[str, str]:
    """What is in each table, as ``<rows> <SHA-256 of the rows in order>``: equal for equal records.

    Raises:
        ConfigurationError: ``UNKNOWN_TABLE``.
        ResourceError: it is unavailable.
    """
    _check(engine)
    with _reading(engine) as connection:
        found = {table.name: _fingerprint(connection, table) for table in known_tables()}
        return found | {"page_index": fingerprint_words(connection)}


def check_copy(source: Engine, target: Engine) -> Mapping[str, str]:
    """Compares the two, row by row; returns the fingerprints.

    Raises:
        IntegrityError: ``COPY_DIFFERS``, with the table where they part.
    """
    there, here = fingerprints(source), fingerprints(target)
    for name, print_ in there.items():
        if here[name] != print_:
            raise IntegrityError(
                "COPY_DIFFERS",
                vi="Bản sao cơ sở dữ liệu không giống bản gốc.",
                en=f"the copy differs from its source in table {name}",
                hint="nothing was deleted; empty the target and copy again",
            )
    return there


def _copy_table(source: Connection, target: Engine, table: Table, progress: Progress) -> int:
    keys = tuple(table.primary_key.columns)
    with target.connect() as connection:
        last = connection.execute(_ordered(connection, table, keys, descending=True).limit(1)).first()
        present = connection.execute(select(func.count()).select_from(table)).scalar_one()
    statement = _ordered(source, table, keys)
    if last is not None:
        key = tuple(getattr(last, each.name) for each in keys)
        _check_resumed(source, table, keys, key, present)
        statement = statement.where(tuple_(*_comparable(source, keys)) > key)
    copied = 0
    found = source.execute(statement, execution_options={"yield_per": BATCH})
    for rows in found.mappings().partitions():
        with target.begin() as connection:
            connection.execute(insert(table), [dict(row) for row in rows])
        copied += len(rows)
        progress(table.name, present + copied)
    return copied


def _check_resumed(
    source: Connection, table: Table, keys: Sequence[Column[Any]], key: tuple[Any, ...], present: int
) -> None:
    """What is in the target must be the beginning of the source."""
    upto = select(func.count()).select_from(table).where(tuple_(*_comparable(source, keys)) <= key)
    if source.execute(upto).scalar_one() != present:
        raise RecordError(
            "TARGET_DIFFERS",
            vi="Cơ sở dữ liệu đích đã có dữ liệu khác; hãy chọn một cơ sở dữ liệu trống.",
            en=f"the target has other rows in table {table.name} than its source",
            hint="choose an empty database",
        )


def _ordered(
    connection: Connection, table: Table, keys: Sequence[Column[Any]], *, descending: bool = False
) -> Select[Any]:
    order = _comparable(connection, keys)
    return select(table).order_by(*(each.desc() if descending else each for each in order))


def _comparable(connection: Connection, keys: Sequence[Column[Any]]) -> list[Any]:
    """Keys that both databases order alike: SQLite compares texts byte by byte, PostgreSQL by language."""
    if connection.dialect.name != "postgresql":
        return list(keys)
    return [each.collate("C") if each.type.python_type is str else each for each in keys]


def _fingerprint(connection: Connection, table: Table) -> str:
    digest, count = hashlib.sha256(), 0
    statement = _ordered(connection, table, tuple(table.primary_key.columns))
    for row in _streamed(connection, statement):
        digest.update(repr(tuple(row)).encode(errors="surrogatepass") + b"\n")
        count += 1
    return f"{count} {digest.hexdigest()}"


def _streamed(connection: Connection, statement: Select[Any]) -> Iterator[Row[Any]]:
    yield from connection.execute(statement, execution_options={"yield_per": BATCH})


def _reading(engine: Engine) -> Connection:
    """A connection that sees the records as of one moment."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    return connection


def _check(engine: Engine) -> None:
    if not is_newest(engine):
        raise ConfigurationError(
            "RECORDS_NOT_NEWEST",
            vi="Cơ sở dữ liệu chưa được nâng lên phiên bản mới nhất.",
            en="the schema of a database is not that of this release",
            hint="open it once with this release, for example with sohoa doctor",
        )
    unknown = own_tables(inspect(engine).get_table_names()) - {each.name for each in known_tables()}
    if unknown - set(FULL_TEXT):
        raise ConfigurationError(
            "UNKNOWN_TABLE",
            vi="Cơ sở dữ liệu có bảng mà phiên bản này không biết; không sao chép.",
            en=f"tables that this release does not know: {', '.join(sorted(unknown))}",
        )


def _count_on(target: Engine) -> None:
    """New rows on PostgreSQL get numbers after the copied ones."""
    if target.dialect.name != "postgresql":
        return
    with target.begin() as connection:
        for table in known_tables():
            if "seq" in table.c:
                last = select(func.coalesce(func.max(table.c.seq), 0)).scalar_subquery()
                name = func.pg_get_serial_sequence(table.name, "seq")
                connection.execute(select(func.setval(name, func.greatest(last, 1), last > 0)))


def _silent(_table: str, _rows: int) -> None:
    return
