"""All records copied from one database to another, whole, once, and going on after an interruption."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, text

from dossiers.citizens import KnownNumber, NumberKind
from dossiers.dossier import Dossier
from dossiers.errors import ConfigurationError, IntegrityError, RecordError
from dossiers.events import Event, EventKind
from dossiers.search import Query
from dossiers.testing.memory_number_index import MemoryNumberIndex
from storage.records import known_tables as module
from storage.records.copying import check_copy, copy_records, fingerprints
from storage.records.engine import make_engine
from storage.records.known_tables import SCHEMAS, known_tables
from storage.records.postgres_engine import make_postgres_engine
from storage.records.postgres_store import PostgresRecordStore
from storage.records.sqlite_store import SqliteRecordStore

if TYPE_CHECKING:
    from conftest import Samples


@pytest.fixture
def sqlite(tmp_path: Path, empty_database: Path) -> Iterator[Engine]:
    engine = make_engine(Path(copy(empty_database, tmp_path / "records.sqlite3")))
    yield engine
    engine.dispose()


@pytest.fixture
def other_sqlite(tmp_path: Path, empty_database: Path) -> Iterator[Engine]:
    engine = make_engine(Path(copy(empty_database, tmp_path / "other.sqlite3")))
    yield engine
    engine.dispose()


@pytest.fixture
def server(records_url: str) -> Iterator[Engine]:
    engine = make_postgres_engine(records_url)
    yield engine
    engine.dispose()


def test_records_go_to_a_server_and_back_unchanged(
    sqlite: Engine, server: Engine, other_sqlite: Engine, samples: Samples
) -> None:
    _fill(SqliteRecordStore(sqlite, MemoryNumberIndex()), samples)
    count = copy_records(sqlite, server)
    assert count == copy_records(server, other_sqlite) > 20
    assert check_copy(sqlite, server) == fingerprints(other_sqlite)
    for store in (
        PostgresRecordStore(server, MemoryNumberIndex()),
        SqliteRecordStore(other_sqlite, MemoryNumberIndex()),
    ):
        with store.transaction() as work:
            assert [hit.page_number for hit in work.search.find(Query(words="giấy khai sinh"))] == [1, 1]
            assert len(work.search.find(Query(person="Hoà"))) == 2
            assert work.dossiers.next_number("H29.119", "250701") == 3


def test_a_target_counts_on_after_the_copied_rows(sqlite: Engine, server: Engine, samples: Samples) -> None:
    _fill(SqliteRecordStore(sqlite, MemoryNumberIndex()), samples)
    copy_records(sqlite, server)
    store = PostgresRecordStore(server, MemoryNumberIndex())
    with store.transaction() as work:
        samples.receive(work, "d9")
    with store.transaction() as work:
        assert _ids(work.dossiers.opened_between(samples.now, samples.later(1))) == ["d1", "d2", "d9"]


def test_an_interrupted_copy_goes_on_where_it_stopped(
    sqlite: Engine, server: Engine, samples: Samples
) -> None:
    _fill(SqliteRecordStore(sqlite, MemoryNumberIndex()), samples)
    told: list[str] = []

    def break_off(table: str, _rows: int) -> None:
        told.append(table)
        if len(told) == 8:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        copy_records(sqlite, server, break_off)
    before = sum(int(each.split()[0]) for each in fingerprints(server).values())
    after = copy_records(sqlite, server)
    assert before
    assert after
    assert copy_records(sqlite, server) == 0
    assert check_copy(sqlite, server)


def test_a_target_with_other_records_is_refused(sqlite: Engine, server: Engine, samples: Samples) -> None:
    _fill(SqliteRecordStore(sqlite, MemoryNumberIndex()), samples)
    with PostgresRecordStore(server, MemoryNumberIndex()).transaction() as work:
        samples.receive(work, "d7")
    with PostgresRecordStore(server, MemoryNumberIndex()).transaction() as work:
        samples.receive(work, "d8")
        samples.receive(work, "d9")
    with pytest.raises(RecordError) as refusal:
        copy_records(sqlite, server)
    assert refusal.value.code == "TARGET_DIFFERS"


def test_a_copy_that_was_altered_is_noticed(sqlite: Engine, server: Engine, samples: Samples) -> None:
    _fill(SqliteRecordStore(sqlite, MemoryNumberIndex()), samples)
    copy_records(sqlite, server)
    with server.begin() as connection:
        connection.execute(text("UPDATE pages SET number = 99 WHERE page_id = 'p-d2-3'"))
    with pytest.raises(IntegrityError, match="in table pages"):
        check_copy(sqlite, server)


def test_a_table_that_this_release_does_not_know_stops_the_copy(sqlite: Engine, server: Engine) -> None:
    with sqlite.begin() as connection:
        connection.execute(text("CREATE TABLE stamps (seq INTEGER PRIMARY KEY)"))
    with pytest.raises(ConfigurationError, match="stamps"):
        copy_records(sqlite, server)


def test_every_module_with_tables_is_known() -> None:
    folder = Path(module.__file__).parent
    names = {path.stem for path in folder.glob("*_schema.py")}
    assert {each.__name__.rpartition(".")[2] for each in SCHEMAS} == names
    assert len(known_tables()) > 25


def _fill(store: SqliteRecordStore, samples: Samples) -> None:
    with store.transaction() as work:
        for dossier_id in ("d2", "d1"):
            work.dossiers.next_number("H29.119", "250701")
            samples.receive(work, dossier_id)
            page = samples.page(1, dossier_id)
            work.pages.add_reading(page.page_id, "effect", samples.reading(), "key")
            work.search.index_page(page, "GIẤY KHAI SINH\nHọ và tên: Nguyễn Thị Hoà")
            name = samples.field("person_name", "Nguyễn Thị Hoà")
            number = samples.field("personal_number", "003090123456")
            work.documents.replace_proposed(
                dossier_id, [samples.document(1, dossier_id=dossier_id, fields=(name, number))]
            )
            work.tasks.add(samples.task(f"t-{dossier_id}", dossier_id=dossier_id))
            work.events.append(_opened(samples.dossier(dossier_id)))
        work.holders.add_number(
            KnownNumber(entry="e1", holder_id="h1", kind=NumberKind.PERSONAL, tail="456", since=samples.now)
        )


def _opened(dossier: Dossier) -> Event:
    return Event(
        kind=EventKind.DOSSIER_OPENED,
        dossier_id=dossier.dossier_id,
        subject_id=dossier.dossier_id,
        at=dossier.opened_at,
    )


def _ids(dossiers: object) -> list[str]:
    return sorted(each.dossier_id for each in dossiers)  # type: ignore[attr-defined]
