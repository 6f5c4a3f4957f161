"""Search over invented Vietnamese text: what must hold for any words, in memory and in the database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.dossier import Dossier
from dossiers.errors import InputError
from dossiers.page import Page, ReceivedFile
from dossiers.ports import RecordStore
from dossiers.search import Query
from dossiers.search_words import best_line, holds_in_order, holds_phrase, phrases_of, words_of
from dossiers.testing import MemoryRecordStore
from storage.records.postgres_store import open_postgres
from storage.records.sqlite_store import open_sqlite
from tests.servers.postgres import PostgresServer

MOMENT = datetime(2025, 7, 1, tzinfo=UTC)
SYLLABLES = [
    "Hoà",
    "hòa",
    "Hoa",
    "HOÁ",
    "Đức",
    "duc",
    "Thuý",
    "Thúy",
    "Nguyễn",
    "nguyen",
    "đường",
    "17",
    "QĐ",
    "003195500150",
    "C1234567",
]
WORD = st.sampled_from(SYLLABLES) | st.text("aăâeêioôơuưyàáảãạđ", min_size=1, max_size=4)
LINE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(LINE, min_size=1, max_size=4).map("\n".join)
FORM = st.sampled_from(["NFC", "NFD"])


@pytest.fixture(scope="module")
def stores(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer, empty_records: str
) -> Iterator[tuple[RecordStore, ...]]:
    """Every adapter, each with one dossier of two pages."""
    path: Path = tmp_path_factory.mktemp("search") / "records.sqlite3"
    server = open_postgres(postgres.make_database("words", "empty"), path.parent / "key")
    database, memory = open_sqlite(path), MemoryRecordStore()
    for store in (memory, database, server):
        _receive(store)
    yield memory, database, server
    database.close()
    server.close()


@given(TEXTS, TEXTS, LINE, st.booleans(), FORM)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_every_adapter_finds_the_same(
    stores: tuple[RecordStore, ...], first: str, second: str, asked: str, exact: bool, form: str
) -> None:
    answers = []
    for store in stores:
        with store.transaction() as work:
            work.search.index_page(_page(1), first)
            work.search.index_page(_page(2), second)
            typed = unicodedata.normalize(form, asked)  # type: ignore[arg-type]
            words = work.search.find(Query(words=typed, exact_tones=exact))
            answers.append((words, work.search.find(Query(person=typed, exact_tones=exact))))
    assert answers[0] == answers[1] == answers[2]


@given(TEXTS, FORM, st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_every_line_of_a_page_finds_it_in_any_spelling(
    stores: tuple[RecordStore, ...], text: str, form: str, data: st.DataObject
) -> None:
    line = data.draw(st.sampled_from(text.splitlines()))
    spelled = data.draw(st.sampled_from([line.upper(), line.lower(), " ".join(words_of(line))]))
    typed = unicodedata.normalize(form, spelled)  # type: ignore[arg-type]
    for store in stores[1:]:
        with store.transaction() as work:
            work.search.index_page(_page(1), text)
            work.search.index_page(_page(2), "")
            (hit,) = work.search.find(Query(words=typed))
            assert hit.page_number == 1
            assert hit.snippet in unicodedata.normalize("NFC", text).splitlines()
            assert work.search.find(Query(words=line, exact_tones=True))


@given(st.text(max_size=60), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_no_text_at_all_breaks_a_query(stores: tuple[RecordStore, ...], typed: str, exact: bool) -> None:
    queries = (Query(words=typed, exact_tones=exact), Query(person=typed, exact_tones=exact))
    for store, query in product(stores[1:], queries):
        try:
            with store.transaction() as work:
                assert len(work.search.find(query)) <= 1
        except InputError as refusal:
            if words_of(typed):
                raise AssertionError("words were refused") from refusal


@given(TEXTS, st.data())
def test_the_best_line_holds_the_first_phrase(text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    phrases = phrases_of(data.draw(st.sampled_from(lines)))
    assert holds_phrase(words_of(best_line(text, phrases)), phrases[0])


@given(st.lists(WORD, min_size=1), st.data())
def test_a_name_is_held_with_words_left_out_but_not_turned_round(
    name: list[str], data: st.DataObject
) -> None:
    words = words_of(" ".join(name))
    kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    assert holds_in_order(words, tuple(word for word, keep in zip(words, kept, strict=True) if keep))
    if len(set(words)) == len(words) > 1:
        assert not holds_in_order(words, tuple(reversed(words)))


def _page(number: int) -> Page:
    return Page(
        page_id=f"p{number}", dossier_id="d", file_id="f", original_key="k", index=number - 1, number=number
    )


def _receive(store: RecordStore) -> None:
    with store.transaction() as work:
        work.dossiers.add(
            Dossier(
                dossier_id="d",
                code="H29.119-250701-0001",
                intake_key="i",
                procedure_code=None,
                citizen_number=None,
                title="",
                opened_at=MOMENT,
            )
        )
        work.dossiers.add_file(
            ReceivedFile(
                file_id="f",
                dossier_id="d",
                receipt_key="r",
                name="",
                original_key="k",
                media_type="image/png",
                byte_count=1,
                page_count=2,
                flags=(),
                received_at=MOMENT,
            )
        )
        for number in (1, 2):
            work.pages.add(_page(number))
