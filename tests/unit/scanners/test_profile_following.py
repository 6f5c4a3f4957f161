"""A separator that names a profile: the next sheet is scanned with it, and nothing is lost by the change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import RawPage, Side
from scanners.drivers.sane.choices import holds_sheets
from scanners.drivers.sane.listing import read_options
from scanners.drivers.simulated.scanner import CAPABILITIES
from scanners.judgement.finding import Finding, PageJudgement
from scanners.judgement.note import judgement_from_text
from scanners.profiles import parse_profiles
from scanners.separators.meaning import Meaning
from scanners.separators.verdict import SheetVerdict
from scanners.settings import ScanSettings, Source
from scanners.station_batch import BatchDelivery
from scanners.station_feeding import FeedingStation

SHAPES = Path(__file__).with_name("option_shapes")
PROFILES = parse_profiles(
    """
    [duplex-300]
    vi = "Hai mặt"
    en = "both sides"
    source = "feeder_duplex"
    mode = "colour"
    dpi = 300
    [front-200]
    vi = "Một mặt"
    en = "one side"
    source = "feeder"
    mode = "colour"
    dpi = 200
    [glass-600]
    vi = "Mặt kính"
    en = "glass"
    source = "flatbed"
    mode = "colour"
    dpi = 600
    """
)


class Feeder:
    """A feeder that tells with what it was asked for each sheet, and keeps what nobody asked for."""

    def __init__(self, sheets: int, *, holds: bool = True, jam_at: int = 0) -> None:
        self.left = list(range(1, sheets + 1))
        self.jam_at = jam_at
        self.holds = holds
        self.is_cancelled = False

    def capabilities(self):
        return replace(CAPABILITIES, holds_sheets=self.holds)

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        self.is_cancelled = False
        if not self.left:
            raise DeviceError(DeviceCode.FEEDER_EMPTY)
        sides = (Side.FRONT, Side.BACK) if settings.source is Source.FEEDER_DUPLEX else (Side.FRONT,)
        number = 0
        while self.left and not self.is_cancelled:
            sheet, number = self.left.pop(0), number + 1
            for side in sides:
                if sheet == self.jam_at and side is sides[-1]:
                    self.left.insert(0, sheet)
                    self.jam_at = 0
                    raise DeviceError(DeviceCode.JAM, sheet=number)
                text = f"{sheet} {side.value} {settings.dpi}"
                yield RawPage(
                    sequence=0, name=text, content=text.encode(), sheet=number, side=side, dpi=settings.dpi
                )

    def cancel(self) -> None:
        self.is_cancelled = True


class ByText:
    """Sheets in ``named`` are separators that name a profile; remembers the resolution that it expects."""

    def __init__(self, named: dict[int, str]) -> None:
        self._named = named
        self.expected: list[int] = []

    def expect(self, dpi: int) -> None:
        self.expected.append(dpi)

    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        sheet, side, _ = page.content.decode().split()
        name = self._named.get(int(sheet), "")
        if not name:
            return PageJudgement()
        if side == "back":
            return PageJudgement(findings=(Finding.BLANK,))
        return PageJudgement(sheet=SheetVerdict(meaning=Meaning(profile=name), value=name))


@pytest.fixture
def told(counter):
    said = []
    counter.told.profile_wanted = lambda wanted, *, present, is_followed: said.append((wanted, is_followed))
    return said


def fed(counter, feeder: Feeder, judge: ByText, runs: int = 1) -> tuple[list[str], list[bool]]:
    """What arrived, in the order of the stack, and which pages say that another profile was asked for."""
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        delivery = BatchDelivery(spooled, counter, counter.told)
        station = FeedingStation(spooled, judge, delivery, counter.told, PROFILES)
        for _ in range(runs):
            station.run(feeder)
        assert station.finish()
    with counter.records.transaction() as work:
        dossier = work.dossiers.by_intake_key("scan:s1:0")
        aside = {page.file_id for page in work.pages.aside(dossier.dossier_id)}
        files = [f for f in work.dossiers.files(dossier.dossier_id) if f.file_id not in aside]
    names = [file.name for file in files]
    return names, ["SEPARATOR_OTHER_PROFILE" in file.flags for file in files]


def test_sheets_behind_the_separator_are_scanned_with_its_profile(counter, told):
    judge = ByText({2: "front-200", 4: "duplex-300"})
    names, flags = fed(counter, Feeder(5), judge)
    assert names == ["1 front 300", "1 back 300", "3 front 200", "5 front 300", "5 back 300"]
    assert not any(flags)
    assert told == [("front-200", True), ("duplex-300", True)]
    assert judge.expected == [200, 300]


@pytest.mark.parametrize("sheet", range(1, 6))
def test_a_jam_on_any_sheet_around_the_change_loses_and_doubles_nothing(counter, told, sheet):
    names, _ = fed(counter, Feeder(5, jam_at=sheet), ByText({2: "front-200", 4: "duplex-300"}), runs=2)
    in_place = list(dict.fromkeys(names))
    assert in_place == ["1 front 300", "1 back 300", "3 front 200", "5 front 300", "5 back 300"]


@pytest.mark.parametrize(("wanted", "holds"), [("front-200", False), ("glass-600", True), ("photo", True)])
def test_where_it_cannot_be_followed_scanning_goes_on_and_the_pages_say_so(counter, told, wanted, holds):
    names, flags = fed(counter, Feeder(3, holds=holds), ByText({2: wanted}))
    assert names == ["1 front 300", "1 back 300", "3 front 300", "3 back 300"]
    assert flags == [False, False, True, True]
    assert told == [(wanted, False)]


def test_a_separator_that_arrived_just_before_a_kill_still_counts(counter, told):
    feeder, judge = Feeder(4), ByText({2: "front-200"})
    judging = judge.judge

    def killed(page: RawPage, sequence: int) -> PageJudgement:
        if page.name.startswith("2 front"):
            raise KeyboardInterrupt
        return judging(page, sequence)

    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        judge.judge = killed
        station = FeedingStation(
            spooled, judge, BatchDelivery(spooled, counter, counter.told), counter.told, PROFILES
        )
        with pytest.raises(KeyboardInterrupt):
            station.run(feeder)
    judge.judge = judging
    feeder.left = [2, 3, 4]
    with counter.spool.open("s1") as spooled:
        station = FeedingStation(
            spooled, judge, BatchDelivery(spooled, counter, counter.told), counter.told, PROFILES
        )
        assert station.next_sheet() == 2
        station.run(feeder)
        notes = {page.name: judgement_from_text(spooled.noted(page)) for page in spooled.pages()}
        arrived = [page.name for page in spooled.pages()]
        assert station.finish()
    assert notes["2 front 300"].sheet.value == "front-200"
    assert arrived[-2:] == ["3 front 200", "4 front 200"]


@pytest.mark.parametrize(
    ("device", "shape", "extra", "holds"),
    [
        ("test:0", "plustek", {}, True),
        ("net:pc:test:0", "plustek", {}, True),
        ("airscan:e0:MFP", "airscan", {}, False),
        ("net:pc:airscan:e0:MFP", "airscan", {}, False),
        ("fujitsu:fi", "fujitsu", {}, False),
        ("fujitsu:fi", "fujitsu", {"prepick": "Off"}, True),
        ("fujitsu:fi", "fujitsu", {"prepick": "Off", "buffermode": "On"}, False),
    ],
)
def test_devices_that_take_sheets_ahead_are_not_stopped_between_two(device, shape, extra, holds):
    listing = (SHAPES / f"{shape}.txt").read_text(encoding="utf-8")
    assert holds_sheets(device, read_options(listing), extra) is holds
