"""F2 for the database server: it is killed while it commits, and connections are cut in mid-transaction."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock

import pytest

from dossiers.dossier import Dossier
from dossiers.errors import ResourceError
from dossiers.opening import Opening, open_dossier
from storage.records.postgres_store import PostgresRecordStore, open_postgres
from tests.faults.trials import FaultLog, first_seed, trials_of
from tests.servers.postgres import PostgresServer, running_postgres

MOMENT = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
#: Of the kills of F2 in a pull request, so many are the database's.
SHARE = 0.04
WRITERS = 3
DEADLINE_SECONDS = 60


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of its own: it is killed."""
    with running_postgres() as server:
        yield server


class Counter:
    """Opens dossiers one after another, as a counter does, and remembers what was acknowledged."""

    def __init__(self, store: PostgresRecordStore) -> None:
        self._store = store
        self._lock = Lock()
        self.acknowledged: dict[str, str] = {}
        self.in_doubt: set[str] = set()
        self.told: set[tuple[str, bool]] = set()
        self.reached = Event()
        self.wanted = 0

    def work(self, prefix: str) -> None:
        """Works until the server is gone; the dossier in hand then is in doubt."""
        for number in range(10_000):
            key = f"{prefix}-{number}"
            try:
                self.open(key)
            except ResourceError as trouble:
                with self._lock:
                    self.in_doubt.add(key)
                    self.told.add((trouble.code, trouble.retryable))
                return
            with self._lock:
                if len(self.acknowledged) >= self.wanted:
                    self.reached.set()

    def open(self, key: str) -> None:
        with self._store.transaction() as work:
            dossier = open_dossier(work, _opening(key), MOMENT)
        with self._lock:
            assert self.acknowledged.setdefault(key, dossier.code) == dossier.code

    def missing(self) -> int:
        with self._store.transaction() as work:
            present = {each.intake_key: each for each in work.dossiers.opened_between(MOMENT, _later())}
        return sum(key not in present or present[key].code != code for key, code in self.acknowledged.items())

    def codes(self) -> list[str]:
        with self._store.transaction() as work:
            found: list[Dossier] = list(work.dossiers.opened_between(MOMENT, _later()))
        return sorted(each.code for each in found)


@pytest.mark.slow
def test_a_killed_server_loses_nothing_acknowledged_and_doubles_nothing(
    server: PostgresServer, tmp_path: Path, fault_log: FaultLog
) -> None:
    trials, seed = trials_of("F2", SHARE), first_seed()
    chance = random.Random(seed)
    store = open_postgres(server.make_database("kills"), tmp_path / "key")
    counter = Counter(store)
    losses = doubles = 0
    for trial in range(trials):
        _kill_in_work(server, counter, trial, chance.randrange(1, 25))
        losses += counter.missing()
        for key in sorted(counter.in_doubt):  # done again: it may have happened
            counter.open(key)
        counter.in_doubt.clear()
        codes = counter.codes()
        doubles += len(codes) - len(counter.acknowledged)
        assert [int(code.rsplit("-", 1)[1]) for code in codes] == list(range(1, len(codes) + 1))
    store.close()
    fault_log.note(
        "F2",
        "PostgreSQL killed while it commits",
        trials=trials,
        losses=losses,
        doubles=doubles,
        seeds=str(seed),
    )
    assert (losses, doubles) == (0, 0)
    assert counter.told == {("STORE_UNAVAILABLE", True)}


def _kill_in_work(server: PostgresServer, counter: Counter, trial: int, acknowledged: int) -> None:
    counter.reached.clear()
    counter.wanted = len(counter.acknowledged) + acknowledged
    with ThreadPoolExecutor(WRITERS) as pool:
        working = [pool.submit(counter.work, f"t{trial}w{number}") for number in range(WRITERS)]
        assert counter.reached.wait(DEADLINE_SECONDS)
        server.kill()
        for each in working:
            each.result(DEADLINE_SECONDS)
    server.start()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_cut_connection_undoes_the_transaction_and_trying_again_doubles_nothing(
    postgres: PostgresServer, records_url: str, tmp_path: Path, moment: str
) -> None:
    store = open_postgres(records_url, tmp_path / "key")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sohoa'"
    with pytest.raises(ResourceError) as trouble, store.transaction() as work:  # noqa: PT012
        if moment == "before":
            postgres.run(cut)
        open_dossier(work, _opening("cut"), MOMENT)
        postgres.run(cut)
    assert (trouble.value.code, trouble.value.retryable) == ("STORE_UNAVAILABLE", True)
    for _ in range(2):
        with store.transaction() as work:
            assert open_dossier(work, _opening("cut"), MOMENT).code.endswith("-0001")
            assert len(work.dossiers.opened_between(MOMENT, _later())) == 1
    store.close()


def _opening(key: str) -> Opening:
    return Opening(agency="H29.119", intake_key=key, procedure_code=None, citizen_number=None, title="")


def _later() -> datetime:
    return datetime.max.replace(tzinfo=UTC)
