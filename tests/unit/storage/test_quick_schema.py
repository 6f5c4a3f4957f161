"""The schema that tests are given is the one that the migrations make."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from dossiers.testing.memory_number_index import MemoryNumberIndex
from storage.records.engine import make_engine
from storage.records.schema_version import bring_up_to_date, is_newest
from tests.servers.quick_schema import prepare


def test_tables_indexes_and_rows_are_those_of_a_migrated_database(tmp_path: Path) -> None:
    quick, real = tmp_path / "quick", tmp_path / "real"
    for path, made in ((quick, prepare), (real, bring_up_to_date)):
        engine = make_engine(path)
        made(engine, MemoryNumberIndex())
        assert is_newest(engine)
        engine.dispose()
    assert _content(quick) == _content(real)


def test_a_database_that_holds_something_is_migrated(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "records")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (x)")
    prepare(engine, MemoryNumberIndex())
    assert is_newest(engine)
    engine.dispose()


def _content(path: Path) -> tuple[set[tuple[object, ...]], dict[str, list[tuple[object, ...]]]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    # A table that was rebuilt names its constraints in any order.
    made = {
        (kind, name, *sorted(line.strip(" ,\t") for line in (sql or "").splitlines()))
        for kind, name, sql in found
    }
    names = [str(name) for kind, name, _ in found if kind == "table"]
    rows = {name: list(connection.execute(f'SELECT * FROM "{name}"')) for name in names}
    connection.close()
    return made, rows
