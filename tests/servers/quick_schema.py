"""Empty databases of tests get their schema from one that was migrated, once a process.

Running every migration takes a third of a second, and hundreds of tests open records of their own. What is
made is what the migrations make, table by table and row by row; a test compares both. Databases that hold
anything, and those of other processes, are migrated.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from sqlalchemy import Engine

from dossiers.citizens import NumberIndex
from dossiers.testing.memory_number_index import MemoryNumberIndex
from storage.records import sqlite_store
from storage.records.engine import make_engine
from storage.records.schema import FULL_TEXT_TABLES
from storage.records.schema_version import bring_up_to_date

#: What SQLite makes itself: parts of full-text tables, indexes of keys.
_MADE_BY_SQLITE: Final = (*(f"{name}_" for name in FULL_TEXT_TABLES), "sqlite_")


@pytest.fixture(scope="session", autouse=True)
def quick_schema() -> Iterator[None]:
    """Every record store that a test opens in its own process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_store, "bring_up_to_date", prepare)
        yield


def prepare(engine: Engine, numbers: NumberIndex) -> None:
    """Gives an empty database its schema; brings others up to date."""
    with engine.begin() as connection:
        if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0:
            for statement, values in migrated():
                connection.exec_driver_sql(statement, values)
            return
    bring_up_to_date(engine, numbers)


@cache
def migrated() -> tuple[tuple[str, tuple[object, ...]], ...]:
    """What makes an empty database the same as one that ran the migrations."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.sqlite3"
        engine = make_engine(path)
        bring_up_to_date(engine, MemoryNumberIndex())
        engine.dispose()
        connection = sqlite3.connect(path)
        try:
            return tuple(_statements(connection))
        finally:
            connection.close()


def _statements(connection: sqlite3.Connection) -> Iterator[tuple[str, tuple[object, ...]]]:
    made = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
    own = [each for each in made if each[2] and not each[1].startswith(_MADE_BY_SQLITE)]
    for _, _, sql in sorted(own, key=lambda each: each[0] != "table"):
        yield sql, ()
    for kind, name, _ in own:
        if kind == "table" and name not in FULL_TEXT_TABLES:
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                yield f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', row
