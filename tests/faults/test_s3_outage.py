"""The S3 store goes away while a counter scans: pages stay acknowledged in the spool, then drain in order."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dossiers.errors import DeviceCode, DeviceError, SohoaError
from dossiers.intake import Intake
from dossiers.page import Page
from dossiers.ports import ObjectStore
from scanners.behind import BehindTheFeeder
from scanners.driver import RawPage, Side
from scanners.judgement.finding import PageJudgement
from scanners.settings import ScanSettings
from scanners.spool import Spool, SpooledSession
from scanners.station_delivery import Delivery
from scanners.station_feeding import FeedingStation
from storage.objects.filesystem import FilesystemObjectStore
from storage.objects.s3.store import S3ObjectStore
from storage.records.sqlite_store import SqliteRecordStore, open_sqlite
from tests.faults.station_child import SESSION, OnePage, plan
from tests.faults.trials import FaultLog, trials_of
from tests.servers.faulty_http import Fault, FaultyHttp
from tests.servers.rgw import SecondGateway, configuration_of
from tests.servers.s3_servers import S3Server, fresh_prefix
from tests.servers.shared import run_folder

SHEETS = 40
#: The store is away from after one sheet until after another: half of the scan.
AWAY = range(10, 30)
#: What a feeder of 60 sheets a minute gives in ten minutes: the pages that wait; a part of them in CI.
TEN_MINUTES = 600
#: Sheets before the server is killed, and seconds between two sheets.
BEFORE, PACE = 10, 1.0
_IMPATIENT = {"deadline_seconds": "0.5", "io_timeout_seconds": "0.4"}


def _content(sheet: int) -> bytes:
    return b"sheet %d " % sheet * 500


def _key(sheet: int) -> str:
    return hashlib.sha256(_content(sheet)).hexdigest()


class Feeder:
    """A feeder with one-sided sheets."""

    def __init__(self, before: Callable[[int], None]) -> None:
        self._before = before

    def scan(self, _: ScanSettings) -> Iterator[RawPage]:
        for sheet in range(1, SHEETS + 1):
            self._before(sheet)
            yield RawPage(sequence=0, name="x.jpg", content=_content(sheet), sheet=sheet, side=Side.FRONT)

    def cancel(self) -> None:
        raise DeviceError(DeviceCode.DRIVER_FAILED)


@dataclass
class Watcher:
    """Notes what the clerk is shown."""

    arrived_sheets: list[int] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        return PageJudgement()

    def arrived(self, page: RawPage, judgement: PageJudgement) -> None:
        self.arrived_sheets.append(page.sheet)

    def postponed(self, trouble: SohoaError, waiting: int) -> None:
        self.troubles.append(trouble.code)


@dataclass
class Way:
    """The way to the store, open or not."""

    is_away: bool = False

    def fault(self, _method: str, _name: str) -> Fault | None:
        return Fault.REFUSED if self.is_away else None


@pytest.fixture
def way() -> Way:
    return Way()


@pytest.fixture
def stores(rgw_server: S3Server, way: Way) -> Iterator[tuple[ObjectStore, ObjectStore]]:
    """The store as the counter reaches it, and past the faults."""
    prefix = fresh_prefix()
    direct = rgw_server.store(prefix=prefix)
    direct.put_once(b"the first put takes seconds")
    faulty = FaultyHttp(rgw_server.address, way.fault, lambda _name, _content: None)
    with faulty.running() as address:
        there = S3Server("faulty", address, rgw_server.key_file)
        yield S3ObjectStore(there.options(prefix=prefix, **_IMPATIENT)), direct


@pytest.mark.slow
def test_pages_stay_in_the_spool_while_the_store_is_away_and_drain_in_order(
    tmp_path: Path, stores: tuple[ObjectStore, ObjectStore], way: Way, fault_log: FaultLog
) -> None:
    through, direct = stores
    records = open_sqlite(tmp_path / "records.sqlite3")
    watcher = Watcher()
    with Spool(tmp_path / "spool").start(plan()) as spooled:

        def before(sheet: int) -> None:
            way.is_away = sheet - 1 in AWAY
            if sheet == AWAY.stop:
                _check_that_the_spool_has_them(spooled, direct)

        intake = _intake(records, through, tmp_path)
        station = FeedingStation(spooled, watcher, Delivery(spooled, intake, watcher), watcher)
        run = station.run(Feeder(before))
        is_drained = station.finish()

    pages = _pages(records)
    records.close()
    lost = [sheet for sheet in range(1, SHEETS + 1) if not direct.contains(_key(sheet))]
    fault_log.note("F10", "S3 store away during half of a scan", trials=1, losses=len(lost))
    assert run.trouble is None
    assert is_drained
    assert lost == []
    assert watcher.arrived_sheets == list(range(1, SHEETS + 1))
    assert watcher.troubles
    assert set(watcher.troubles) == {"STORE_UNAVAILABLE"}
    assert [(page.number, page.original_key) for page in pages] == [
        (sheet, _key(sheet)) for sheet in range(1, SHEETS + 1)
    ]
    assert not list((tmp_path / "spool").iterdir())


@pytest.fixture
def gateway(
    rgw_server: S3Server, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SecondGateway]:
    (tmp_path / "gateway").mkdir()
    made = SecondGateway(tmp_path / "gateway", configuration_of(run_folder(tmp_path_factory)))
    made.start()
    yield made
    made.stop()


class Outage:
    """A feeder whose server is killed and started again while it feeds.

    The papers of the outage come as quickly as they can: what counts is how many wait. Behind it the feeder
    goes on at its own pace until nothing waits any more.
    """

    def __init__(self, gateway: SecondGateway, spooled: SpooledSession, outage: int, pace: float) -> None:
        self._gateway, self._spooled, self._pace = gateway, spooled, pace
        self._outage = range(BEFORE + 1, BEFORE + outage + 1)
        self.fed = self.waited = self.left = 0
        self.began = self.drained = 0.0

    def scan(self, _: ScanSettings) -> Iterator[RawPage]:
        for sheet in itertools.count(1):
            if sheet == self._outage.start:
                self._gateway.kill()
            if sheet == self._outage.stop:
                self.waited = self._waiting()
                self._gateway.start()
                self.began = time.monotonic()
            if sheet > self._outage.stop:
                self.left = self._waiting()
                if not self.left or sheet > self._outage.stop + self.waited:
                    self.drained = time.monotonic()
                    return
                time.sleep(self._pace)  # between two sheets of a feeder
            self.fed = sheet
            yield RawPage(sequence=0, name="x.jpg", content=_content(sheet), sheet=sheet, side=Side.FRONT)

    def cancel(self) -> None:
        raise DeviceError(DeviceCode.DRIVER_FAILED)

    @property
    def fed_during_drain(self) -> int:
        return self.fed - self._outage.stop + 1

    def _waiting(self) -> int:
        """Pages of the outage that the store does not have."""
        return sum(
            self._spooled.sent(page) is None
            for page in self._spooled.pages()
            if page.sheet < self._outage.stop
        )


@pytest.mark.slow
def test_a_server_that_is_killed_and_started_again_gets_ten_minutes_of_pages_in_order(
    tmp_path: Path, gateway: SecondGateway, rgw_server: S3Server, fault_log: FaultLog
) -> None:
    prefix, outage = fresh_prefix(), max(40, min(1800, trials_of("F10", TEN_MINUTES / 200)))
    direct = rgw_server.store(prefix=prefix)
    there = S3Server("second", gateway.address, rgw_server.key_file)
    records = open_sqlite(tmp_path / "records.sqlite3")
    watcher = Watcher()
    with Spool(tmp_path / "spool").start(plan()) as spooled, closing(BehindTheFeeder()) as behind:
        intake = _intake(records, S3ObjectStore(there.options(prefix=prefix, deadline_seconds="2")), tmp_path)
        delivery = Delivery(spooled, intake, watcher)
        station = FeedingStation(spooled, watcher, delivery, watcher, behind=behind)
        feeder = Outage(gateway, spooled, outage, PACE)
        run = station.run(feeder)
        assert station.finish()
    pages = _pages(records)
    records.close()
    lost = [sheet for sheet in range(1, feeder.fed + 1) if not direct.contains(_key(sheet))]
    seconds = feeder.drained - feeder.began
    drained = feeder.waited - feeder.left
    fault_log.note(
        "F10",
        "S3 server killed and started again while a feeder is at work",
        trials=1,
        losses=len(lost),
        note=f"{feeder.waited} pages waited, {drained / seconds:.0f} drained a second, "
        f"{feeder.fed_during_drain / seconds:.1f} came",
    )
    assert run.trouble is None
    assert feeder.waited >= outage - 4, "acknowledged in the spool, and nowhere else"
    assert lost == []
    assert [page.original_key for page in pages] == [_key(sheet) for sheet in range(1, feeder.fed + 1)]
    assert watcher.arrived_sheets == list(range(1, feeder.fed + 1))
    assert set(watcher.troubles) == {"STORE_UNAVAILABLE"}
    assert feeder.left == 0
    assert drained >= 2 * feeder.fed_during_drain


def _check_that_the_spool_has_them(spooled: SpooledSession, direct: ObjectStore) -> None:
    """The store has nothing of the outage, and the clerk's pages are all on the counter's own disk."""
    waiting = [page for page in spooled.pages() if spooled.sent(page) is None]
    away = range(AWAY.start + 1, AWAY.stop)
    assert [spooled.content(page) for page in waiting] == [_content(sheet) for sheet in away]
    assert not any(direct.contains(_key(sheet)) for sheet in away)


def _intake(records: SqliteRecordStore, originals: ObjectStore, folder: Path) -> Intake:
    return Intake(
        records=records,
        originals=originals,
        quarantine=FilesystemObjectStore(folder / "quarantine"),
        inspector=OnePage(),
        clock=lambda: datetime.now(tz=UTC),
    )


def _pages(records: SqliteRecordStore) -> list[Page]:
    with records.transaction() as work:
        dossier = work.dossiers.by_intake_key(f"scan:{SESSION}")
        assert dossier is not None
        return list(work.pages.of_dossier(dossier.dossier_id))
