"""A bench over every broker; import the fixtures into a ``conftest.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy

import pytest

from storage.records.sqlite_store import open_sqlite
from tests.servers.brokers import rabbitmq_server, rabbitmq_session, redis_server, redis_session
from tests.worker_bench.bench import Bench, Nursery, Options

__all__ = [
    "bench_file",
    "bench_on",
    "broker_url",
    "nursery",
    "rabbitmq_server",
    "rabbitmq_session",
    "redis_server",
    "redis_session",
]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def bench_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records with all tables and no rows; copying them is quicker than migrating."""
    path = tmp_path_factory.mktemp("bench-file") / "records.sqlite3"
    open_sqlite(path).close()
    return path


@pytest.fixture(params=["embedded", "redis", "rabbitmq"])
def broker_url(request: pytest.FixtureRequest) -> str:
    """Where doorbells go; empty: to the same process."""
    if request.param == "embedded":
        return ""
    url: str = request.getfixturevalue(f"{request.param}_server").url
    return url


@pytest.fixture
def bench_on(tmp_path: Path, bench_file: Path) -> Iterator[Callable[..., Bench]]:
    """Makes a bench over a broker with further options."""
    made: list[Bench] = []

    def make(url: str, **options: object) -> Bench:
        folder = tmp_path / f"bench-{len(made)}"
        folder.mkdir()
        copy(bench_file, folder / "records.sqlite3")
        made.append(Bench(Options(folder=str(folder), broker_url=url, **options)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for bench in made:
        bench.close()
