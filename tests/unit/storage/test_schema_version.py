"""Telling the schema version without Alembic agrees with Alembic."""

from __future__ import annotations

from alembic.script import ScriptDirectory
from sqlalchemy import text

from dossiers.testing.memory_number_index import MemoryNumberIndex
from storage.records.engine import make_engine, make_file
from storage.records.migrate import make_config, migrate
from storage.records.schema_version import is_newest, newest_version


def test_the_newest_version_is_the_head_of_the_migrations():
    assert newest_version() == ScriptDirectory.from_config(make_config()).get_current_head()


def test_a_new_file_is_not_newest_until_it_is_migrated(tmp_path):
    path = tmp_path / "records.sqlite3"
    make_file(path)
    engine = make_engine(path)
    assert not is_newest(engine)
    migrate(engine, MemoryNumberIndex())
    assert is_newest(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert not is_newest(engine)
    engine.dispose()
