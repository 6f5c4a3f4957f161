"""SIGKILL while an office moves to servers, at 30 points: it goes on, and everything arrives once."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from dossiers.errors import ConfigurationError
from dossiers.store_check import PreparedStore
from sohoa.moving import Move
from sohoa.presence import MoveState, at_work, read_note
from sohoa.settings import Settings
from sohoa.stores import open_stores
from storage.records.database import Database
from tests.faults.trials import FaultLog
from tests.servers.s3_servers import S3Server, fresh_prefix
from tests.servers.small_office import small_office

KILLS = 30
PAGES = 12
#: Told before the first table: each original and the refused file, copied and compared. A table that was
#: copied is not told again, so that killing here again and again kills after each table.
_FIRST_TABLE = 2 * (PAGES + 1) + 1


class _Killer:
    """A watcher that kills its process when it is told something for the so-many-th time."""

    def __init__(self, at: int) -> None:
        self.told = 0
        self._at = at

    def objects(self, kind: str, copied: int, compared: int) -> None:
        self._count()

    def rows(self, table: str, copied: int) -> None:
        self._count()

    def _count(self) -> None:
        self.told += 1
        if self.told == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow
def test_killed_at_every_step_the_move_goes_on_and_nothing_is_lost(
    tmp_path: Path, ministack_server: S3Server, records_url: str, fault_log: FaultLog
) -> None:
    started = time.monotonic()
    origin = small_office(tmp_path / "data", PAGES)
    words = ministack_server.words(fresh_prefix())
    target = origin.model_copy(
        update={"object_store": "s3", "object_store_options": words, "records_url": records_url}
    )
    _load_clients(target)
    killed = sum(_killed(origin, target, min(at, _FIRST_TABLE)) for at in range(1, KILLS + 1))
    report = Move(origin, target).run(_Killer(0))
    note = read_note(origin.data_dir)
    lost = PAGES - sum(_are_equal(origin, target))
    fault_log.note(
        "F1",
        "office killed while it moves to servers",
        trials=killed,
        losses=lost,
        seconds=time.monotonic() - started,
    )
    assert killed == KILLS
    assert lost == 0
    assert note is not None
    assert note.state is MoveState.MOVED
    assert report.objects["originals"].count == PAGES
    assert report.tables["pages"].split()[0] == str(PAGES)
    assert report.tables == _database(target).fingerprints() == _database(origin).fingerprints()


def _load_clients(target: Settings) -> None:
    """Imports the libraries once, and not in every child."""
    for store in open_stores(target).values():
        assert isinstance(store, PreparedStore)
        store.prepare()
    _database(target).make_newest()


def _killed(origin: Settings, target: Settings, at: int) -> bool:
    """Moves in a child that kills itself; whether it died of that, and left the office shut."""
    child = os.fork()
    if not child:
        try:
            Move(origin, target).run(_Killer(at))
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    with pytest.raises(ConfigurationError), at_work(origin):
        pass
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _are_equal(origin: Settings, target: Settings) -> list[bool]:
    old, new = open_stores(origin)["originals"], open_stores(target)["originals"]
    return [old.get(key) == new.get(key) for key in old.keys()]  # noqa: SIM118


def _database(settings: Settings) -> Database:
    return Database(
        url=settings.records_url,
        file=settings.data_dir / "records.sqlite3",
        key_file=settings.data_dir / "keys" / "number-index.key",
    )
