"""What is special to the records on PostgreSQL: durability, schema, turns, other machines, a server gone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import ConfigurationError, RecordError, ResourceError
from dossiers.testing.memory_number_index import MemoryNumberIndex
from sohoa.records_check import parts_of, records_parts
from sohoa.settings import Settings
from storage.records import postgres_engine
from storage.records.opening import open_records
from storage.records.postgres_engine import make_postgres_engine
from storage.records.postgres_server import check_server, look_at
from storage.records.postgres_store import PostgresRecordStore, open_postgres
from storage.records.postgres_translation import error_of
from storage.records.schema import FULL_TEXT_TABLES, metadata
from tests.servers.postgres import PostgresServer

MOMENT = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
DEADLINE_SECONDS = 30


@pytest.fixture
def store(records_url: str) -> Iterator[PostgresRecordStore]:
    store = PostgresRecordStore(make_postgres_engine(records_url), MemoryNumberIndex())
    yield store
    store.close()


def test_the_migrated_schema_is_the_one_that_the_program_uses(empty_records: str) -> None:
    def is_ours(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
        if kind == "table":
            return not str(name).startswith(FULL_TEXT_TABLES)
        return not (kind == "index" and name in ("ix_field_values_folded", "ix_field_values_toned"))

    engine = make_postgres_engine(empty_records)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, metadata) == []
        numbers = connection.execute(
            text("SELECT DISTINCT data_type FROM information_schema.columns WHERE column_name = 'seq'")
        )
        assert numbers.scalars().all() == ["bigint"]
    engine.dispose()


def test_machines_that_start_together_make_the_tables_once(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.make_database("together")
    with ThreadPoolExecutor(3) as pool:
        stores = list(pool.map(lambda _: open_records(url, tmp_path / "x", tmp_path / "k"), range(3)))
    for number, each in enumerate(stores, start=1):
        with each.transaction() as work:
            assert work.dossiers.next_number("H29.119", "250701") == number
        each.close()


def test_a_database_that_does_not_wait_for_its_disk_is_made_to(
    postgres: PostgresServer, records_url: str
) -> None:
    postgres.run("ALTER DATABASE empty SET synchronous_commit = off")
    engine = make_postgres_engine(records_url)
    facts = look_at(engine)
    engine.dispose()
    postgres.run("ALTER DATABASE empty RESET synchronous_commit")
    assert facts.commits == "on"
    assert facts.is_durable


def test_a_server_that_may_lose_commits_is_refused(postgres: PostgresServer, records_url: str) -> None:
    engine = make_postgres_engine(records_url)
    try:
        _reconfigure(postgres, "full_page_writes = off", lambda: look_at(engine).whole_pages == "off")
        with pytest.raises(ConfigurationError) as refusal:
            check_server(engine)
        parts = {part.name: part.version for part in parts_of(look_at(engine))}
    finally:
        _reconfigure(postgres, "full_page_writes = on", lambda: look_at(engine).whole_pages == "on")
        engine.dispose()
    assert refusal.value.code == "RECORDS_NOT_DURABLE"
    assert parts["PostgreSQL: commit on the disk"] is None
    assert parts["PostgreSQL: pg_trgm"] == "pg_trgm"


def test_a_connection_that_died_while_it_lay_idle_is_replaced_unseen(
    postgres: PostgresServer, store: PostgresRecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut() -> None:
        with store.transaction() as work:
            assert work.pages.last_number("d1") == 0
        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sohoa'")

    monkeypatch.setattr(postgres_engine, "BELIEVED_SECONDS", 0.0)
    cut()
    with store.transaction() as work:
        assert work.pages.last_number("d1") == 0
    monkeypatch.setattr(postgres_engine, "BELIEVED_SECONDS", 1e9)  # used a moment ago, and dead all the same
    cut()
    with pytest.raises(ResourceError) as trouble, store.transaction() as work:
        work.pages.last_number("d1")
    assert (trouble.value.code, trouble.value.retryable) == ("STORE_UNAVAILABLE", True)
    with store.transaction() as work:
        assert work.pages.last_number("d1") == 0


def test_the_self_check_tells_a_server_that_is_away(tmp_path: Path) -> None:
    (part,) = records_parts(
        Settings(data_dir=tmp_path, workers=1, records_url=f"postgresql:///x?host={tmp_path}")
    )
    assert part.version is None
    assert part.is_required
    with pytest.raises(ResourceError) as trouble:
        open_postgres(f"postgresql:///x?host={tmp_path}", tmp_path / "key")
    assert (trouble.value.code, trouble.value.retryable) == ("STORE_UNAVAILABLE", True)


@pytest.mark.parametrize("url", ["postgresql://", "mysql://host/db", "nonsense", "sqlite:///x"])
def test_an_address_of_something_else_is_refused_by_name(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        open_postgres(url, tmp_path / "key")
    assert refusal.value.code == "BAD_RECORDS_URL"


def test_work_on_one_dossier_takes_turns_and_on_two_goes_side_by_side(store: PostgresRecordStore) -> None:
    with store.transaction() as work:
        for name in ("a", "b"):
            work.dossiers.add(_dossier(name))
    both = Barrier(2)

    def rename(name: str) -> None:
        with store.transaction() as work:
            work.dossiers.get(name)
            both.wait(timeout=DEADLINE_SECONDS)  # each is inside its own dossier at the same time

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(rename, ("a", "b")))

    def move(_: int) -> None:
        with store.transaction() as work:
            dossier = work.dossiers.get("a")
            work.dossiers.save(dossier.moved(DigitizationState.RECEIVING))

    with ThreadPoolExecutor(4) as pool:  # without turns some would find the version stale
        list(pool.map(move, range(12)))
    with store.transaction() as work:
        assert work.dossiers.get("a").version == 12


def test_two_that_wait_for_one_another_are_parted_and_one_may_try_again(store: PostgresRecordStore) -> None:
    with store.transaction() as work:
        for name in ("a", "b"):
            work.dossiers.add(_dossier(name))
    both = Barrier(2)

    def cross(names: str) -> str:
        try:
            with store.transaction() as work:
                work.dossiers.get(names[0])
                both.wait(timeout=DEADLINE_SECONDS)
                work.dossiers.get(names[1])
        except ResourceError as trouble:
            return f"{trouble.code} {trouble.retryable}"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(cross, ("ab", "ba"))) == ["STORE_BUSY True", "done"]


def test_a_survey_sees_all_as_of_one_moment_and_holds_nobody_up(store: PostgresRecordStore) -> None:
    with store.transaction() as work:
        work.dossiers.add(_dossier("a"))

    def change() -> None:
        with store.transaction() as other:
            other.dossiers.save(other.dossiers.get("a").moved(DigitizationState.RECEIVING))
            other.dossiers.add(_dossier("b"))

    with store.transaction() as work, ThreadPoolExecutor(1) as pool:
        (seen,) = work.dossiers.opened_between(MOMENT, datetime.max.replace(tzinfo=UTC))
        again = work.dossiers.get("a")
        pool.submit(change).result(DEADLINE_SECONDS)
        assert work.dossiers.get("a") == seen == again
        assert len(work.dossiers.opened_between(MOMENT, datetime.max.replace(tzinfo=UTC))) == 1
    with store.transaction() as work:
        assert len(work.dossiers.opened_between(MOMENT, datetime.max.replace(tzinfo=UTC))) == 2


def test_a_refusal_leaves_the_transaction_open(store: PostgresRecordStore) -> None:
    with store.transaction() as work:
        work.dossiers.add(_dossier("a"))
        with pytest.raises(RecordError, match="DUPLICATE"):
            work.dossiers.add(_dossier("a"))
        work.dossiers.add(_dossier("b"))
    with store.transaction() as work:
        assert work.dossiers.get("b")


@pytest.mark.parametrize("harm", ["NUL \0", "nửa \ud800"])
def test_text_that_cannot_be_kept_is_refused(store: PostgresRecordStore, harm: str) -> None:
    with pytest.raises(RecordError) as refusal, store.transaction() as work:
        work.dossiers.add(_dossier("a", harm))
    assert refusal.value.code == "BAD_TEXT"


@pytest.mark.parametrize(
    ("state", "code", "retryable"),
    [
        ("40001", "STORE_BUSY", True),
        ("40P01", "STORE_BUSY", True),
        ("55P03", "STORE_BUSY", True),
        ("53100", "STORE_FULL", True),
        ("57P01", "STORE_UNAVAILABLE", True),
        ("57P03", "STORE_UNAVAILABLE", True),
        ("08006", "STORE_UNAVAILABLE", True),
        ("25006", "STORE_UNAVAILABLE", True),
        ("58030", "STORE_UNAVAILABLE", True),
        ("XX001", "RECORDS_DAMAGED", False),
        ("23505", "DUPLICATE", False),
        ("23503", "NOT_FOUND", False),
        ("42501", "RECORDS_REFUSED", False),
    ],
)
def test_codes_of_the_server_become_our_errors(state: str, code: str, retryable: bool) -> None:
    error = error_of(state)
    assert error is not None
    assert (error.code, error.retryable) == (code, retryable)


def test_a_mistake_of_the_program_is_no_trouble_of_the_store() -> None:
    assert error_of("42601") is None


def _reconfigure(postgres: PostgresServer, setting: str, is_done: Callable[[], bool]) -> None:
    postgres.run(f"ALTER SYSTEM SET {setting}", "SELECT pg_reload_conf()")
    end = time.monotonic() + DEADLINE_SECONDS
    while not is_done():
        assert time.monotonic() < end
        time.sleep(0.02)  # no event tells when sessions have read the configuration again


def _dossier(name: str, title: str = "Đăng ký khai sinh") -> Dossier:
    return Dossier(
        dossier_id=name,
        code=f"H29.119-250701-{name}",
        intake_key=f"intake {name}",
        procedure_code=None,
        citizen_number=None,
        title=title,
        opened_at=MOMENT,
    )
