"""What is special to the records in SQLite: durability, schema, other processes, trouble of the disk."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.errors import ConfigurationError, IntegrityError, RecordError, ResourceError
from dossiers.page import Page
from dossiers.reading import CopyKind, FieldValue, Source
from dossiers.search import Query
from dossiers.testing.memory_number_index import MemoryNumberIndex
from storage.records import engine as module
from storage.records.engine import make_engine
from storage.records.migrate import make_config, migrate
from storage.records.reading_codec import reading_from_text
from storage.records.schema import FULL_TEXT_TABLES, metadata
from storage.records.sqlite_store import SqliteRecordStore, open_sqlite

DOSSIER = Dossier(
    dossier_id="d1",
    code="H29.119-250701-0001",
    intake_key="intake",
    procedure_code="1.001193",
    citizen_number=None,
    title="Đăng ký khai sinh",
    opened_at=datetime(2025, 7, 1, 2, 0, tzinfo=UTC),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteRecordStore]:
    store = open_sqlite(path)
    yield store
    store.close()


def test_the_migrated_schema_is_the_one_that_the_program_uses(path: Path) -> None:
    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or not str(name).startswith(FULL_TEXT_TABLES)

    engine = make_engine(path)
    path.parent.mkdir()
    migrate(engine, MemoryNumberIndex())
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_slots_of_an_older_database_are_kept_and_count_as_not_pinned(path: Path) -> None:
    path.parent.mkdir()
    engine = make_engine(path)
    config = make_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO dossiers (dossier_id, code, intake_key, title, opened_at, state, version)"
            " VALUES ('d1', 'c', 'k', 't', 0, 'receiving', 0)"
        )
        connection.execute(
            "INSERT INTO slots (dossier_id, position, key, name, accepts, is_required, policy, document_id)"
            " VALUES ('d1', 0, 'a', 'n', '[\"ct01\"]', 1, 'digitize', 'doc')"
        )
    connection.close()
    engine.dispose()
    newer = open_sqlite(path)
    with newer.transaction() as work:
        (slot,) = work.dossiers.slots("d1")
    newer.close()
    assert (slot.document_id, slot.is_pinned, slot.rule.form, slot.rule.holder_sex) == ("doc", False, "", "")


def test_pages_of_an_older_database_keep_all_that_belongs_to_them(path: Path) -> None:
    path.parent.mkdir()
    engine = make_engine(path)
    config = make_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "INSERT INTO dossiers (dossier_id, code, intake_key, title, opened_at, state, version)"
            " VALUES ('d1', 'c', 'k', 't', 0, 'receiving', 0);"
            "INSERT INTO files (file_id, dossier_id, receipt_key, name, original_key, media_type, byte_count,"
            " page_count, flags, received_at) VALUES ('f1', 'd1', 'r', 'n', 'k', 'image/png', 1, 1, '[]', 0);"
            "INSERT INTO pages (seq, page_id, dossier_id, file_id, original_key, index_in_file, number,"
            " state, version) VALUES (7, 'p1', 'd1', 'f1', 'k', 0, 1, 'read', 2);"
            "INSERT INTO page_texts (page_id, text) VALUES ('p1', 'words');"
        )
    connection.close()
    newer = open_sqlite(path)
    with newer.transaction() as work:
        (page,) = work.pages.of_dossier("d1")
        work.search.index_page(page, "still findable")
        assert (page.number, page.revision, page.version) == (1, 0, 2)
        assert len(work.search.find(Query(words="findable"))) == 1
    newer.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT seq FROM pages").fetchall() == [(7,)]
        assert connection.execute("SELECT text FROM page_texts").fetchall() == [("still findable",)]
    connection.close()


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory.from_config(make_config()).get_heads()) == 1


def test_migrating_twice_changes_nothing(store: SqliteRecordStore, path: Path) -> None:
    with store.transaction() as work:
        work.dossiers.add(DOSSIER)
    again = open_sqlite(path)
    with again.transaction() as work:
        assert work.dossiers.get("d1") == DOSSIER
    again.close()


def test_a_migration_that_fails_leaves_no_half_made_schema(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE pages (x)")
    connection.close()
    with pytest.raises(Exception, match="already exists"):
        open_sqlite(path)
    with sqlite3.connect(path) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert names == {"pages"}


def test_a_database_of_a_newer_release_is_left_alone(store: SqliteRecordStore, path: Path) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(ConfigurationError) as trouble:
        open_sqlite(path)
    assert trouble.value.code == "RECORDS_TOO_NEW"


def test_connections_are_set_up_for_durability(store: SqliteRecordStore, path: Path) -> None:
    engine = make_engine(path)
    with engine.begin() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        }
    engine.dispose()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 0,  # whoever begins waits, and nothing else has to
        "trusted_schema": 0,
    }


def test_the_file_is_for_its_owner_only(store: SqliteRecordStore, path: Path) -> None:
    with store.transaction() as work:
        work.dossiers.add(DOSSIER)
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_committed_is_there_after_opening_again(store: SqliteRecordStore, path: Path) -> None:
    with store.transaction() as work:
        work.dossiers.add(DOSSIER)
        assert work.dossiers.next_number("H29.119", "250701") == 1
    store.close()
    again = open_sqlite(path)
    with again.transaction() as work:
        assert work.dossiers.get("d1") == DOSSIER
        assert work.dossiers.next_number("H29.119", "250701") == 2
    again.close()


def test_a_killed_process_leaves_what_it_committed_and_nothing_else(path: Path) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from storage.records.sqlite_store import open_sqlite
store = open_sqlite(Path(sys.argv[1]))
with store.transaction() as work:
    work.dossiers.next_number("H29.119", "250701")
with store.transaction() as work:
    work.dossiers.next_number("H29.119", "250701")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=60)
    store = open_sqlite(path)
    with store.transaction() as work:
        assert work.dossiers.next_number("H29.119", "250701") == 2
    store.close()


def test_two_stores_on_one_file_follow_one_another(store: SqliteRecordStore, path: Path) -> None:
    """As two processes do: the second waits in SQLite, not in our own lock."""
    other = open_sqlite(path)

    def count(which: SqliteRecordStore) -> list[int]:
        numbers = []
        for _ in range(40):
            with which.transaction() as work:
                numbers.append(work.dossiers.next_number("H29.119", "250701"))
        return numbers

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(count, (store, other))
    other.close()
    assert sorted(first + second) == list(range(1, 81))


def test_many_may_open_a_new_file_at_once(path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: open_sqlite(path), range(6)))
    numbers = []
    for store in stores:
        with store.transaction() as work:
            numbers.append(work.dossiers.next_number("H29.119", "250701"))
        store.close()
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(IntegrityError) as trouble:
        open_sqlite(path)
    assert (trouble.value.code, trouble.value.retryable) == ("RECORDS_DAMAGED", False)


def test_a_place_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ResourceError) as trouble:
        open_sqlite(tmp_path / "file" / "records.sqlite3")
    assert trouble.value.code == "STORE_UNAVAILABLE"


def test_a_full_disk_is_told_and_survived(store: SqliteRecordStore, path: Path) -> None:
    engine = make_engine(path)
    with engine.begin() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    small = SqliteRecordStore(engine, MemoryNumberIndex())
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + 2}")
    with pytest.raises(ResourceError) as trouble, small.transaction() as work:  # noqa: PT012
        for number in range(10_000):
            work.dossiers.next_number("x" * 200, str(number))
    assert trouble.value.code == "STORE_FULL"
    with small.transaction() as work:  # on a new connection, for which the disk is not full
        assert [work.dossiers.next_number("x" * 200, str(number)) for number in range(100)] == [1] * 100
    small.close()


def test_a_database_locked_by_another_program_is_busy(
    store: SqliteRecordStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.002)
    hurried = SqliteRecordStore(make_engine(path), MemoryNumberIndex())
    with store.transaction(), pytest.raises(ResourceError) as trouble, hurried.transaction():
        pass
    assert (trouble.value.code, trouble.value.retryable) == ("STORE_BUSY", True)
    with hurried.transaction() as work:
        assert work.dossiers.next_number("H29.119", "250701") == 1
    hurried.close()


def test_who_waits_for_another_program_begins_soon_after_it_ended(
    store: SqliteRecordStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 20:
            blocker.execute("COMMIT")

    monkeypatch.setattr(module.time, "sleep", pause)
    with store.transaction() as work:
        assert work.dossiers.next_number("H29.119", "250701") == 1
    blocker.close()
    assert len(pauses) == 20
    assert max(pauses) <= 0.005


def test_the_full_text_tables_follow_the_documents(store: SqliteRecordStore) -> None:
    """An entry without its row would make a later document answer for another one's names."""
    field = FieldValue(
        name="person_name", raw="", value="Trần Đức", box=None, confidence=1.0, source=Source.QR
    )
    document = Document(
        document_id="doc",
        dossier_id="d1",
        ordinal=1,
        type_id="id_card",
        page_ids=(),
        confidence=1.0,
        evidence="",
        copy_kind=CopyKind.ORIGINAL,
        fields=(field,) * 3,
        issues=(),
    )
    with store.transaction() as work:
        work.dossiers.add(DOSSIER)
        for _ in range(3):
            work.documents.replace_proposed("d1", [document])
        work.documents.replace_proposed("d1", [replace(document, fields=(replace(field, value="Lê Đào"),))])
        assert not work.search.find(Query(person="Tran Duc"))
        assert len(work.search.find(Query(person="Le Dao"))) == 1


def test_a_damaged_reading_is_noticed(store: SqliteRecordStore, path: Path) -> None:
    for text in ("", "{", "[]", "{}", '{"version": 2}', "null", '{"version": 1, "outcome": "read"}'):
        with pytest.raises(IntegrityError):
            reading_from_text(text)


def test_a_row_refers_to_rows_that_are_there(store: SqliteRecordStore, path: Path) -> None:
    page = Page(page_id="p", dossier_id="d1", file_id="f", original_key="k", index=0, number=1)
    with store.transaction() as work:
        work.dossiers.add(DOSSIER)
        with pytest.raises(RecordError) as refusal:
            work.pages.add(page)
    assert refusal.value.code == "NOT_FOUND"
