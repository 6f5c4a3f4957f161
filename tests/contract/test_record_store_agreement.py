"""Memory and database agree on the queue of record whatever happens in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.errors import StaleVersion
from dossiers.ports import RecordStore, UnitOfWork
from dossiers.tasks import Lease, Priority
from dossiers.testing import MemoryRecordStore
from storage.records.postgres_store import open_postgres
from storage.records.sqlite_store import open_sqlite
from tests.servers.postgres import PostgresServer

if TYPE_CHECKING:
    from conftest import Samples

TASK = st.sampled_from(["t1", "t2", "t3"])
OWNER = st.sampled_from(["alive", "dead"])
MOMENT = st.integers(0, 12)
STEP = st.one_of(
    st.tuples(st.just("add"), TASK, MOMENT, st.sampled_from(Priority)),
    st.tuples(st.just("lease"), TASK, MOMENT, OWNER),
    st.tuples(st.just("finish"), st.integers(0, 9)),
    st.tuples(st.just("give_back"), st.integers(0, 9), MOMENT),
    st.tuples(st.just("release")),
    st.tuples(st.just("ring"), TASK, MOMENT),
    st.tuples(st.just("due"), MOMENT, MOMENT),
)


@given(st.lists(st.tuples(STEP, st.booleans()), max_size=30))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=25,
)
def test_the_queue_behaves_alike(
    samples: Samples,
    postgres: PostgresServer,
    queue_url: str,
    steps: list[tuple[tuple[object, ...], bool]],
) -> None:
    """Each step runs in a transaction of its own, which is undone where its flag says so."""
    with TemporaryDirectory() as folder:
        database = open_sqlite(Path(folder) / "records.sqlite3")
        postgres.run("DELETE FROM tasks", database="queue")
        server = open_postgres(queue_url, Path(folder) / "key")
        seen = [_run(store, samples, steps) for store in (MemoryRecordStore(), database, server)]
        database.close()
        server.close()
    assert seen[0] == seen[1] == seen[2]


@pytest.fixture(scope="module")
def queue_url(postgres: PostgresServer, empty_records: str) -> str:
    return postgres.make_database("queue", "empty")


def _run(store: RecordStore, samples: Samples, steps: list[tuple[tuple[object, ...], bool]]) -> list[object]:
    leases: list[Lease] = []
    seen: list[object] = []
    for step, is_undone in steps:
        try:
            with store.transaction() as work:
                result = _act(work, samples, leases, step)
                if is_undone:
                    raise InterruptedError
        except InterruptedError:
            result = "undone"
        except StaleVersion:
            result = "stale"
        if isinstance(result, Lease):
            leases.append(result)
        seen.append(result)
    with store.transaction() as work:
        seen += [
            work.tasks.open_count("d1"),
            work.tasks.due(samples.later(99), rung_before=samples.later(99), limit=9),
        ]
    return seen


def _act(work: UnitOfWork, samples: Samples, leases: list[Lease], step: tuple) -> object:  # type: ignore[type-arg]
    kind, *values = step
    acts: dict[str, Callable[..., object]] = {
        "add": lambda task, at, priority: work.tasks.add(
            samples.task(task, due_at=samples.later(at), priority=priority)
        ),
        "lease": lambda task, at, owner: work.tasks.lease(
            task, owner, samples.later(at), samples.later(at + 5)
        ),
        "finish": lambda which: work.tasks.finish(leases[which]) if which < len(leases) else None,
        "give_back": lambda which, at: (
            work.tasks.give_back(leases[which], samples.later(at)) if which < len(leases) else None
        ),
        "release": lambda: work.tasks.release_interrupted(lambda owner: owner == "alive"),
        "ring": lambda task, at: work.tasks.mark_rung([task], samples.later(at)),
        "due": lambda at, rung: work.tasks.due(samples.later(at), rung_before=samples.later(rung), limit=2),
    }
    return acts[str(kind)](*values)
