"""Look-up by personal number: by the blind index, never by a clear number in an index or a log."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command

from dossiers.citizens import HolderNumber
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.page import Page, ReceivedFile
from dossiers.reading import CopyKind, FieldValue, Source
from dossiers.search import Query
from storage.keys.number_index import KEY_FILE, open_number_index, renew_key
from storage.records.engine import make_engine
from storage.records.migrate import make_config
from storage.records.sqlite_store import SqliteRecordStore, open_sqlite

OWNER, NAMED = "003195500150", "003185000001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteRecordStore]:
    store = open_sqlite(path)
    with store.transaction() as work:
        work.dossiers.add(_dossier("d1", OWNER))
        work.documents.replace_proposed("d1", [_document("d1", NAMED)])
    yield store
    store.close()


@pytest.mark.parametrize("asked", [OWNER, NAMED, "003 195 500 150"])
def test_a_dossier_is_found_by_the_numbers_of_its_owner_and_its_documents(
    store: SqliteRecordStore, asked: str
) -> None:
    assert _found(store, asked) == ["d1"]
    assert _found(store, "003195500151") == []


def test_no_index_is_made_of_clear_numbers(store: SqliteRecordStore, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")]
        columns = {
            row[0]
            for name in names
            for row in connection.execute("SELECT name FROM pragma_index_info(?)", (name,))
        }
        entries = {row[0] for row in connection.execute("SELECT citizen_entry FROM dossiers")}
        plan = str(
            connection.execute(
                "EXPLAIN QUERY PLAN SELECT document_id FROM field_values WHERE entry IN ('a', 'b')"
            ).fetchall()
        )
    assert columns.isdisjoint({"citizen_number", "value"})
    assert "ix_field_values_entry" in plan
    assert entries == {open_number_index(path.parent / KEY_FILE).of(HolderNumber.parse(OWNER))}


def test_filing_and_looking_up_a_number_logs_no_number(
    store: SqliteRecordStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="sqlalchemy.engine")
    with store.transaction() as work:
        work.dossiers.add(_dossier("d2", OWNER))
    assert _found(store, OWNER) == ["d2", "d1"]
    assert "INSERT INTO dossiers" in caplog.text
    assert OWNER not in caplog.text


def test_numbers_of_an_older_release_are_filed_when_its_records_are_opened(path: Path) -> None:
    engine, config = make_engine(path), make_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "INSERT INTO dossiers (dossier_id, code, intake_key, citizen_number, title, opened_at, state,"
            f" version) VALUES ('d1', 'c', 'k', '{OWNER}', 't', 0, 'receiving', 0);"
            "INSERT INTO documents (document_id, dossier_id, ordinal, type_id, confidence, evidence,"
            " copy_kind, fields, issues, state) VALUES ('doc', 'd1', 1, 'ct01', 1, '', 'original', '[]',"
            " '[]', 'proposed');"
        )
        connection.executemany(
            "INSERT INTO field_values (document_id, name, value) VALUES ('doc', ?, ?)",
            [("place", "Xã Kim Sơn")] * 1500 + [("owner_number", NAMED), ("birth_date", "2025-06-01")],
        )
    store = open_sqlite(path)
    assert _found(store, OWNER) == _found(store, NAMED) == ["d1"]
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        filed = connection.execute("SELECT name FROM field_values WHERE entry IS NOT NULL").fetchall()
    assert filed == [("owner_number",)]


def test_a_renewed_key_still_finds_what_was_filed_under_the_former_one(
    store: SqliteRecordStore, path: Path
) -> None:
    renew_key(path.parent / KEY_FILE)
    renewed = open_sqlite(path)
    assert _found(renewed, OWNER) == _found(renewed, NAMED) == ["d1"]
    assert renewed.file_numbers_anew().values == 2
    assert renewed.file_numbers_anew().values == 0
    assert _found(renewed, OWNER) == _found(renewed, NAMED) == ["d1"]
    renewed.close()
    with closing(sqlite3.connect(path)) as connection:
        (entry,) = connection.execute("SELECT citizen_entry FROM dossiers").fetchone()
    assert entry == open_number_index(path.parent / KEY_FILE).of(HolderNumber.parse(OWNER))


ZONE = f"IDVNM1955001509{OWNER}<<9"
TEXT = f"Họ và tên: Trần Thị Hoà, số định danh cá nhân: {OWNER}, hộ chiếu C1234567, số 17/QĐ-UBND\n{ZONE}"
WORDS = (OWNER, f"cá nhân {OWNER}", "c1234567", ZONE, "hoà 17/QĐ-UBND")


def test_no_word_of_the_full_text_index_is_a_number_and_pages_are_found_by_them_all_the_same(
    store: SqliteRecordStore, path: Path
) -> None:
    _index(store)
    for words in WORDS:
        assert _worded(store, words) == _worded(store, words, exact_tones=True) == ["d1"]
    assert _worded(store, "003195500151") == _worded(store, OWNER[:9]) == []
    vocabulary = _vocabulary(path)
    assert {"hoa", "17", "qd"} <= vocabulary
    assert not [word for word in vocabulary if OWNER in word or "1234567" in word]


def test_words_of_an_older_release_are_blinded_when_its_records_are_opened(path: Path) -> None:
    engine, config = make_engine(path), make_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        config.attributes["numbers"] = open_number_index(path.parent / KEY_FILE)
        command.upgrade(config, "0014")
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = [(row, f"so {OWNER if row == 700 else row} toi") for row in range(1, 1201)]
        connection.executemany("INSERT INTO page_index (rowid, folded, toned) VALUES (?1, ?2, ?2)", rows)
    open_sqlite(path).close()
    vocabulary = _vocabulary(path)
    assert {"1", "1200", "toi"} <= vocabulary
    assert OWNER not in vocabulary
    assert OWNER.encode() not in path.read_bytes()


def test_words_move_to_a_renewed_key_and_are_found_before_and_after(
    store: SqliteRecordStore, path: Path
) -> None:
    _index(store)
    renew_key(path.parent / KEY_FILE)
    renewed = open_sqlite(path)
    former = _vocabulary(path)
    for pages in (1, 0):
        assert [_worded(renewed, words) for words in WORDS] == [["d1"]] * len(WORDS)
        assert renewed.file_numbers_anew().pages == pages
    assert [_worded(renewed, words) for words in WORDS] == [["d1"]] * len(WORDS)
    renewed.close()
    assert {word for word in former & _vocabulary(path) if len(word) > 60} == set()


def _index(store: SqliteRecordStore) -> None:
    with store.transaction() as work:
        file = ReceivedFile(
            file_id="f1", dossier_id="d1", receipt_key="r", name="a.jpg", original_key="k",
            media_type="image/jpeg", byte_count=1, page_count=1, flags=(),
            received_at=datetime(2025, 7, 1, tzinfo=UTC),
        )  # fmt: skip
        work.dossiers.add_file(file)
        page = Page(page_id="p1", dossier_id="d1", file_id="f1", original_key="k", index=0, number=1)
        work.pages.add(page)
        work.search.index_page(page, TEXT)


def _worded(store: SqliteRecordStore, words: str, *, exact_tones: bool = False) -> list[str]:
    with store.transaction() as work:
        hits = work.search.find(Query(words=words, exact_tones=exact_tones))
        return list(dict.fromkeys(hit.dossier_id for hit in hits))


def _vocabulary(path: Path) -> set[str]:
    """Every word that the full-text index holds."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'page_index', 'row')")
        return {row[0] for row in connection.execute("SELECT term FROM temp.words")}


def _found(store: SqliteRecordStore, number: str) -> list[str]:
    with store.transaction() as work:
        return [hit.dossier_id for hit in work.search.find(Query(citizen_number=number))]


def _dossier(dossier_id: str, owner: str) -> Dossier:
    return Dossier(
        dossier_id=dossier_id,
        code=f"H29.119-250701-{dossier_id}",
        intake_key=dossier_id,
        procedure_code="1.001193",
        citizen_number=owner,
        title="t",
        opened_at=datetime(2025, 7, 1, tzinfo=UTC),
    )


def _document(dossier_id: str, number: str) -> Document:
    field = FieldValue(
        name="owner_number", raw=number, value=number, box=None, confidence=1.0, source=Source.QR
    )
    return Document(
        document_id="doc",
        dossier_id=dossier_id,
        ordinal=1,
        type_id="land_application",
        page_ids=(),
        confidence=1.0,
        evidence="",
        copy_kind=CopyKind.ORIGINAL,
        fields=(field,),
        issues=(),
    )
