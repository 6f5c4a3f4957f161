"""A paper stack in a memory scanner, a station over it, and drawn pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dossiers.errors import DeviceCode, DeviceError, ResourceError
from dossiers.intake import Intake
from dossiers.opening import Opening
from dossiers.ports import Inspection
from dossiers.testing import FixedClock, MemoryObjectStore, MemoryRecordStore
from scanners.driver import DeviceInfo, RawPage, Side
from scanners.judgement.finding import PageJudgement
from scanners.session import ScanSession
from scanners.settings import Capabilities, ScanSettings, Source
from scanners.spool import Spool
from scanners.station_delivery import Delivery
from scanners.station_feeding import FeedingStation


class PaperStack:
    """A duplex feeder of sheets that remembers which lie in it, as a real one does.

    ``trouble`` maps a 1-based sheet of the stack and a side to what happens, once, before that side is given.
    """

    info = DeviceInfo(driver="memory", device="stack", label="stack")

    def __init__(self, sheets: int, trouble: dict[tuple[int, Side], DeviceCode] | None = None) -> None:
        self.left = list(range(1, sheets + 1))
        self.trouble = dict(trouble or {})
        self.content: Callable[[int, Side], bytes] = lambda sheet, side: f"{sheet}{side.value}".encode()

    def capabilities(self) -> Capabilities:
        return Capabilities(sources=())

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        sides = (Side.FRONT, Side.BACK) if settings.source is Source.FEEDER_DUPLEX else (Side.FRONT,)
        if not self.left:
            raise DeviceError(DeviceCode.FEEDER_EMPTY)
        number, sequence = 0, 0
        while self.left:
            sheet, number = self.left.pop(0), number + 1
            for side in sides:
                code = self.trouble.pop((sheet, side), None)
                if code is not None:
                    raise DeviceError(code, sheet=number)
                yield RawPage(
                    sequence=sequence, name=f"{number}.jpg", content=self.content(sheet, side),
                    sheet=number, side=side, dpi=300,
                )  # fmt: skip
                sequence += 1

    def put_back(self, first: int, sheets: int) -> None:
        """The clerk puts the sheets from the one that the station names."""
        self.left = list(range(first, sheets + 1))

    def cancel(self) -> None:
        self.left = []

    def close(self) -> None:
        pass


class GoodJudge:
    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        return PageJudgement()


class Told:
    """Remembers what a station tells."""

    def __init__(self) -> None:
        self.pages: list = []
        self.away: list[int] = []
        self.refusals: list = []

    def arrived(self, page, judgement) -> None:
        self.pages.append(page)

    def unreadable(self, item) -> None:
        raise AssertionError(item)

    def refused(self, page, refusal) -> None:
        self.refusals.append((page.sequence, refusal.code))

    def postponed(self, trouble, waiting) -> None:
        self.away.append(waiting)


class OnePage:
    def inspect(self, content: bytes, suffix: str) -> Inspection:
        return Inspection(media_type="image/jpeg", page_count=1)


class Counter:
    """A counter with its centre in memory; ``is_away`` takes the centre away."""

    def __init__(self, folder: Path) -> None:
        self.records, self.originals = MemoryRecordStore(), MemoryObjectStore()
        self.intake = Intake(
            records=self.records,
            originals=self.originals,
            quarantine=MemoryObjectStore(),
            inspector=OnePage(),
            clock=FixedClock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC)),
        )
        self.spool = Spool(folder / "spool")
        self.told = Told()
        self.is_away = False
        self.cards = None

    def open_dossier(self, opening):
        self._answer()
        return self.intake.open_dossier(opening)

    def dossier_by_code(self, code):
        self._answer()
        with self.records.transaction() as work:
            return work.dossiers.by_code(code)

    def receive_file(self, dossier_id, raw):
        self._answer()
        return self.intake.receive_file(dossier_id, raw)

    def _answer(self) -> None:
        if self.is_away:
            raise ResourceError("STORE_UNAVAILABLE", vi="Trung tâm đang bận.", en="away")

    def plan(self, **changes) -> ScanSession:
        opening = Opening(
            agency="H29.119", intake_key="scan:s1", procedure_code=None, citizen_number=None, title="t"
        )
        values = {
            "session_id": "s1", "device": "memory:stack", "profile": "duplex-300",
            "settings": ScanSettings(), "opening": opening,
        }  # fmt: skip
        return ScanSession(**{**values, **changes})

    def station(self, spooled) -> FeedingStation:
        delivery = Delivery(spooled, self, self.told, self.cards)
        return FeedingStation(spooled, GoodJudge(), delivery, self.told)

    def contents(self) -> list[bytes]:
        """What the one dossier holds, in the order of its pages."""
        with self.records.transaction() as work:
            dossier = work.dossiers.by_intake_key("scan:s1")
            pages = work.pages.of_dossier(dossier.dossier_id)
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))
        return [self.originals.get(page.original_key) for page in pages]


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)


@pytest.fixture
def stack() -> type[PaperStack]:
    return PaperStack
