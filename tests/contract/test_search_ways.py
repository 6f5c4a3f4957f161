"""Whichever way a database comes by the answers, they are those of the memory adapter."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.ports import RecordStore, UnitOfWork
from dossiers.search import Hit, Query
from dossiers.testing import MemoryRecordStore
from dossiers.testing.memory_number_index import MemoryNumberIndex
from storage.records.engine import make_engine
from storage.records.postgres_engine import make_postgres_engine
from storage.records.postgres_store import PostgresRecordStore, open_postgres
from storage.records.search_plan import SearchLimits
from storage.records.sql_search import SqlSearchIndex
from storage.records.sqlite_store import SqliteRecordStore

if TYPE_CHECKING:
    from conftest import Samples

#: Walking to the end; walking, then papers; walking, papers are too many, walking again; by newest papers;
#: by some of those, then walking; by those that are mostly of other branches, then walking.
WAYS = (
    SearchLimits(few=0, papers=0, meant=0, patience=10_000, some=0, window=2),
    SearchLimits(few=0, papers=0, meant=0, patience=4, some=10_000, window=2),
    SearchLimits(few=2, papers=0, meant=0, patience=1, some=3, window=1),
    SearchLimits(few=0, papers=10_000, meant=0, patience=10_000, some=0, window=1),
    SearchLimits(few=0, papers=6, meant=0, patience=3, some=10_000, window=2),
    SearchLimits(few=1, papers=10_000, meant=0.9, patience=10_000, some=0, window=3),
)
BRANCHES = ("H29.119", "H29.119.4", "H29.120", "H26.5")
NUMBERS = MemoryNumberIndex()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = make_engine(Path(copy(request.getfixturevalue("empty_database"), tmp_path / "r.sqlite3")))
    else:
        url: str = request.getfixturevalue("records_url")
        open_postgres(url, tmp_path / "key").close()
        made = make_postgres_engine(url)
    yield made
    made.dispose()


def test_every_way_finds_what_memory_finds(engine: Engine, samples: Samples) -> None:
    is_sqlite = engine.dialect.name == "sqlite"
    store: RecordStore = (
        SqliteRecordStore(engine, NUMBERS) if is_sqlite else PostgresRecordStore(engine, NUMBERS)
    )
    memory = MemoryRecordStore()
    for records in (store, memory):
        with records.transaction() as work:
            _fill(work, samples)
    with memory.transaction() as work:
        expected = {query: tuple(work.search.find(query)) for query in _queries()}
    assert sum(bool(hits) for hits in expected.values()) > len(expected) // 2
    for way, (query, hits) in product(WAYS, expected.items()):
        assert _found(engine, query, way) == hits, (way, query)


def _found(engine: Engine, query: Query, way: SearchLimits) -> Sequence[Hit]:
    with engine.begin() as connection:
        return SqlSearchIndex(connection, NUMBERS, way).find(query)


def _fill(work: UnitOfWork, samples: Samples) -> None:
    """Two dozen dossiers, some at the same moment, of several agencies; words frequent and rare."""
    draw = random.Random(7)
    for number in range(24):
        name, branch = f"d{number:02}", draw.choice(BRANCHES)
        samples.receive(
            work,
            name,
            pages=2,
            code=f"{branch}-250701-{number:04}",
            opened_at=samples.later(draw.randrange(12) * 36_000),
            procedure_code=draw.choice(("1.001193", "2.000635", None)),
            citizen_number=draw.choice(("003090123456", "003185000001", None)),
        )
        if number % 3 == 0:
            places = Places(receiving_point=branch, competent_agency=draw.choice(BRANCHES))
            parties = Parties(owner=Party(name="Nguyễn Thị Hoà"))
            work.cases.add(
                Case(
                    dossier_id=name,
                    variant="",
                    channel=Channel.DIRECT,
                    places=places,
                    parties=parties,
                    state="received",
                )
            )
        for page in (1, 2):
            rare = " tử" if draw.randrange(8) == 0 else ""
            work.search.index_page(samples.page(page, name), f"giấy khai sinh{rare}\nsố {number}")
        if number % 4:
            person = draw.choice(("Nguyễn Thị Hoà", "Trần Đức Thuý"))
            fields = (samples.field("person_name", person),)
            kind = draw.choice(("birth_certificate", "land_application"))
            work.documents.replace_proposed(
                name, [samples.document(1, dossier_id=name, type_id=kind, fields=fields)]
            )


def _queries() -> list[Query]:
    reaches: tuple[dict[str, object], ...] = (
        {},
        {"within": ("H29.119",)},
        {"within": ("H29.119", "H26.5")},
        {"agency_codes": ("H29.120",), "procedure_codes": ("1.001193", "2.000635")},
        {"procedure_codes": ("2.000635",), "received_from": date(2025, 7, 2)},
        {"received_to": date(2025, 7, 3), "older_than": "d11"},
        {"citizen_number": "003185000001"},
    )
    papers: tuple[dict[str, object], ...] = (
        {},
        {"words": "giấy sinh"},
        {"words": "tử"},
        {"words": "khai", "person": "nguyen hoa", "type_id": "birth_certificate"},
        {"person": "Trần Thuý"},
        {"type_id": "land_application"},
    )
    both = enumerate(product(reaches, papers))
    # Some of all pairs: each reach and each paper is among them.
    some = (each for each in both if each[0] % 13 in (0, 3, 5, 8, 11))
    asked = [{**reach, **paper, "limit": 99 if at % 2 else 4} for at, (reach, paper) in some]
    return [query for each in asked if not (query := Query(**each)).is_empty]  # type: ignore[arg-type]
