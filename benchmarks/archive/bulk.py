"""Writes many rows at once past the use cases: for filling empty records only.

Indexes are dropped first and made anew at the end, foreign keys are not looked at. A filling that was cut
short is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnClause, Connection, Engine, Index
from sqlalchemy.schema import CreateIndex, DropIndex

from benchmarks.archive.rows import Row
from storage.records.known_tables import known_tables
from storage.records.moment import Moment
from storage.records.schema import name_index, page_index
from storage.records.word_match import match_for

_MOMENT: Final = Moment()
#: Indexes of words on PostgreSQL, which the migrations make by hand.
_TRIGRAMS: Final = tuple(
    (f"ix_{table}_{column}", f"CREATE INDEX ix_{table}_{column} ON {table} USING gin ({column} gin_trgm_ops)")
    for table in ("page_index", "field_values")
    for column in ("folded", "toned")
)


class BulkWriter:
    """Takes rows by table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._stored = match_for(connection).stored

    def write(self, rows: dict[str, list[Row]]) -> None:
        """Writes a batch, parents before children."""
        for name in ("dossiers", *(each for each in rows if each not in ("dossiers", *_LAST)), *_LAST):
            found = rows.get(name, [])
            if name == "name_index" and not self._is_sqlite:
                continue
            if found:
                columns = tuple(found[0])
                self._write(name, columns, (self._values(name, each) for each in found))

    def repeat(self, times: int, shift: timedelta) -> None:
        """Writes everything that is there so often again, each time with other ids and a period later."""
        tables = [(each.name, tuple(each.c)) for each in known_tables() if each.name not in _OFFICE]
        tables.append((page_index.name, tuple(page_index.c)))
        if self._is_sqlite:
            tables.append((name_index.name, tuple(name_index.c)))
        steps = {name: self._last(name, columns) for name, columns in tables}
        for turn in range(1, times + 1):
            for name, columns in tables:
                self._repeat(name, columns, turn, steps[name], shift)
            print(f"repeated {turn} of {times}", flush=True)

    def _last(self, name: str, columns: Sequence[ColumnClause[Any]]) -> int:
        key = next((each.name for each in columns if each.name in _COUNTED), None)
        if key is None:
            return 0
        return int(
            self._connection.exec_driver_sql(f"SELECT coalesce(max({key}), 0) FROM {name}").scalar_one()
        )

    def _repeat(
        self, name: str, columns: Sequence[ColumnClause[Any]], turn: int, step: int, shift: timedelta
    ) -> None:
        later = turn * (shift // timedelta(microseconds=1))
        made, first = [], ""
        for each in columns:
            column = f'"{each.name}"'
            if each.name in _COUNTED:
                made.append(f"{column} + {turn * step}")
                first = f"WHERE {column} <= {step}"
            elif each.name in _IDS:
                made.append(f"substr({column}, 1, 1) || '{turn:02}' || substr({column}, 4)")
                first = first or f"WHERE {column} < '{_IDS[each.name]}01'"
            elif each.name == "code" and name == "dossiers":
                made.append(f"substr({column}, 1, length({column}) - 2) || '{turn:02}'")
            elif isinstance(each.type, Moment):
                made.append(f"{column} + {later}")
            else:
                made.append(column)
        listed = ", ".join(f'"{each.name}"' for each in columns)
        told = f"INSERT INTO {name} ({listed}) SELECT {', '.join(made)} FROM {name} {first}"
        self._connection.exec_driver_sql(told)

    def _write(self, name: str, columns: Sequence[str], values: Iterator[tuple[Any, ...]]) -> None:
        raw = self._connection.connection.driver_connection
        assert raw is not None
        listed = ", ".join(f'"{each}"' for each in columns)
        if self._is_sqlite:
            places = ", ".join("?" * len(columns))
            raw.executemany(f"INSERT INTO {name} ({listed}) VALUES ({places})", values)
            return
        with raw.cursor() as cursor, cursor.copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
            for each in values:
                copy.write_row(each)

    def _values(self, name: str, row: Row) -> tuple[Any, ...]:
        if name == "page_index":
            return (row["rowid"], *(self._stored(str(row[each]).split()) for each in ("folded", "toned")))
        return tuple(_plain(each) for each in row.values())


#: Tables of the office itself: nothing in them is repeated.
_OFFICE: Final = frozenset(
    {"accounts", "account_events", "sessions", "api_tokens", "failed_tries", "counters"}
)
#: Columns that count rows, and columns that name something: a letter, the block, a number in it.
_COUNTED: Final = frozenset({"seq", "rowid", "dossier_seq"})
_IDS: Final = {
    "dossier_id": "d",
    "page_id": "p",
    "document_id": "c",
    "file_id": "f",
    "paper_id": "c",
    "intake_key": "k",
    "ticket_id": "t",
    "task_id": "r",
    "subject_id": "",
}
#: These refer to rows of tables that a batch makes after them otherwise.
_LAST: Final = ("document_pages", "page_texts", "page_index", "readings", "confirmed_facts")


@contextmanager
def bulk_writing(engine: Engine) -> Iterator[BulkWriter]:
    """One long transaction without indexes; made anew and counted at its end."""
    indexes = [index for table in known_tables() for index in table.indexes]
    with engine.connect() as connection:
        _prepare(connection)
        transaction = connection.begin()
        _drop(connection, indexes)
        yield BulkWriter(connection)
        _make(connection, indexes)
        transaction.commit()
        _finish(connection)


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        assert raw is not None
        for pragma in (
            "foreign_keys = OFF",
            "synchronous = OFF",
            "journal_mode = OFF",
            "cache_size = -400000",
        ):
            raw.execute(f"PRAGMA {pragma}")
    else:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("SET maintenance_work_mem = '400MB'")
        connection.commit()


def _drop(connection: Connection, indexes: Iterable[Index]) -> None:
    for index in indexes:
        connection.execute(DropIndex(index))
    if connection.dialect.name != "sqlite":
        for name, _ in _TRIGRAMS:
            connection.exec_driver_sql(f"DROP INDEX {name}")


def _make(connection: Connection, indexes: Iterable[Index]) -> None:
    for index in indexes:
        connection.execute(CreateIndex(index))
    if connection.dialect.name != "sqlite":
        for _, statement in _TRIGRAMS:
            connection.exec_driver_sql(statement)
        for table in known_tables():
            if "seq" in table.c:
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'seq'), "
                    f"(SELECT coalesce(max(seq), 0) + 1 FROM {table.name}))"
                )


def _finish(connection: Connection) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    if connection.dialect.name == "sqlite":
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("ANALYZE")
    else:
        raw.autocommit = True
        raw.execute("VACUUM ANALYZE")
        raw.autocommit = False


def _plain(value: object) -> object:
    return _MOMENT.process_bind_param(value, None) if isinstance(value, datetime) else value  # type: ignore[arg-type]
