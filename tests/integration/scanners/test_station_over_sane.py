"""A stack of 200 sheets through SANE's test device and the station: 400 sides, none lost or doubled.

The test device feeds ten pages whenever it is opened and has no duplex feeder: two pages are taken for the
sides of a sheet, and the stack is put in by ten. All its pages look the same, to the last bit: each must be
kept all the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dossiers.intake import Intake
from dossiers.opening import Opening
from dossiers.ports import Inspection
from dossiers.testing import FixedClock, MemoryObjectStore, MemoryRecordStore
from scanners.driver import RawPage, Side
from scanners.drivers.sane.driver import make
from scanners.judgement.finding import PageJudgement
from scanners.session import ScanSession
from scanners.settings import ColourMode, ScanSettings, Source
from scanners.spool import Spool
from scanners.station_delivery import Delivery
from scanners.station_feeding import FeedingStation

SHEETS = 200


class TwoAreASheet:
    """Takes every two pages of a device for the front and the back of one sheet."""

    def __init__(self, scanner) -> None:
        self._scanner = scanner

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        for number, page in enumerate(self._scanner.scan(replace(settings, source=Source.FEEDER))):
            side = Side.BACK if number % 2 else Side.FRONT
            yield replace(page, sheet=number // 2 + 1, side=side)

    def cancel(self) -> None:
        self._scanner.cancel()


class Quiet:
    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        return PageJudgement()

    def arrived(self, page, judgement) -> None:
        pass


class OnePage:
    def inspect(self, content: bytes, suffix: str) -> Inspection:
        return Inspection(media_type="image/jpeg", page_count=1)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("scanimage") is None, reason="SANE is not installed")
def test_four_hundred_sides_arrive_once_each_in_order(tmp_path: Path):
    config = tmp_path / "sane"
    config.mkdir()
    (config / "dll.conf").write_text("test\n")
    (config / "test.conf").write_text("number_of_devices 1\n")
    records = MemoryRecordStore()
    intake = Intake(
        records=records,
        originals=MemoryObjectStore(),
        quarantine=MemoryObjectStore(),
        inspector=OnePage(),
        clock=FixedClock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC)),
    )
    driver, quiet = make({"config_dir": str(config)}), Quiet()
    settings = ScanSettings(mode=ColourMode.GREY, dpi=50, width_mm=40, height_mm=40)
    opening = Opening(agency="H29.119", intake_key="k", procedure_code=None, citizen_number=None, title="t")
    session = ScanSession(
        session_id="s", device="sane:test:0", profile="p", settings=settings, opening=opening,
        declared_sheets=SHEETS,
    )  # fmt: skip
    with Spool(tmp_path / "spool").start(session) as spooled:
        station = FeedingStation(spooled, quiet, Delivery(spooled, intake, quiet), quiet)
        while station.count().arrived < SHEETS:
            scanner = driver.open("test:0")
            run = station.run(TwoAreASheet(scanner))
            scanner.close()
            assert run.trouble is None
        arrived = spooled.pages()
        assert station.count().difference == 0
        assert station.finish()
    places = [(page.sheet, page.side) for page in arrived]
    assert places == [(sheet, side) for sheet in range(1, SHEETS + 1) for side in (Side.FRONT, Side.BACK)]
    with records.transaction() as work:
        pages = work.pages.of_dossier(work.dossiers.by_intake_key("k").dossier_id)
        receipts = {file.receipt_key for file in work.dossiers.files(pages[0].dossier_id)}
    assert [page.number for page in pages] == list(range(1, 2 * SHEETS + 1))
    assert len(receipts) == 2 * SHEETS
    assert len({page.original_key for page in pages}) == 1
