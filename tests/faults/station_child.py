"""One life of a scanning station, started by ``test_kill_station`` and mostly ended by SIGKILL.

The clerk does as the station says: the stack is put back from the sheet that it names. Every side has its own
bytes, except that each seventh is blank and has the same bytes as all blank ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from dossiers.errors import DeviceCode, DeviceError
from dossiers.intake import Intake
from dossiers.opening import Opening
from dossiers.ports import Inspection
from scanners.driver import RawPage, Scanner, Side
from scanners.judgement.finding import PageJudgement
from scanners.session import ScanSession
from scanners.settings import ScanSettings
from scanners.spool import Spool
from scanners.station_delivery import Delivery
from scanners.station_feeding import FeedingStation
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.sqlite_store import open_sqlite

SESSION = "killed"


def content_of(sheet: int, side: Side) -> bytes:
    """What a side of a sheet shows, in every scan of it."""
    return b"blank" * 100 if sheet % 7 == 0 else f"{sheet} {side.value} ".encode() * 100


class Stack:
    """A duplex feeder with the sheets from ``first`` to ``last``."""

    def __init__(self, first: int, last: int, jam_at: int) -> None:
        self._sheets = range(first, last + 1)
        self._jam_at = jam_at

    def scan(self, _: ScanSettings) -> Iterator[RawPage]:
        if not self._sheets:
            raise DeviceError(DeviceCode.FEEDER_EMPTY)
        for number, sheet in enumerate(self._sheets, start=1):
            for side in (Side.FRONT, Side.BACK):
                if sheet == self._jam_at and side is Side.BACK:
                    raise DeviceError(DeviceCode.JAM, sheet=number)
                content = content_of(sheet, side)
                yield RawPage(sequence=0, name="x.jpg", content=content, sheet=number, side=side)

    def cancel(self) -> None:
        pass


class Quiet:
    """Judges nothing and tells each page to whoever may kill it."""

    def __init__(self, tells: Connection) -> None:
        self._tells = tells

    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        return PageJudgement()

    def arrived(self, page, judgement) -> None:
        self._tells.send(page.sheet)

    def postponed(self, trouble, waiting) -> None:
        raise trouble


class OnePage:
    def inspect(self, content: bytes, suffix: str) -> Inspection:
        return Inspection(media_type="image/jpeg", page_count=1)


def main(folder: Path, sheets: int, jam_at: int, tells: Connection) -> None:
    live(folder, tells, lambda first: Stack(first, sheets, jam_at))


def live(folder: Path, tells: Connection, stack_from: Callable[[int], Scanner]) -> None:
    """One life; ``stack_from`` puts in the sheets from the one that the station names."""
    quiet = Quiet(tells)
    records = open_sqlite(folder / "records.sqlite3")
    intake = Intake(
        records=records,
        originals=FilesystemObjectStore(folder / "originals"),
        quarantine=FilesystemObjectStore(folder / "quarantine"),
        inspector=OnePage(),
        clock=lambda: datetime.now(tz=UTC),
    )
    spool = Spool(folder / "spool")
    if spool.session_ids():
        with spool.open(SESSION) as spooled:
            feed(spooled, intake, quiet, stack_from)
    elif not (folder / "done").exists():
        with spool.start(plan()) as spooled:
            feed(spooled, intake, quiet, stack_from)
    (folder / "done").touch()


def plan() -> ScanSession:
    opening = Opening(
        agency="H29.119", intake_key=f"scan:{SESSION}", procedure_code=None, citizen_number=None, title="t"
    )
    return ScanSession(
        session_id=SESSION, device="memory:x", profile="p", settings=ScanSettings(), opening=opening
    )


def feed(spooled, intake: Intake, quiet: Quiet, stack_from: Callable[[int], Scanner]) -> None:
    station = FeedingStation(spooled, quiet, Delivery(spooled, intake, quiet), quiet)
    if not spooled.is_ended:
        run = station.run(stack_from(station.next_sheet()))
        if run.trouble is not None:
            sys.exit(6)
    if not station.finish():
        sys.exit(5)
