"""The simulated scanner: chosen faults happen at their sheet, and the same name gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from dossiers.errors import ConfigurationError, DeviceCode, DeviceError
from scanners.driver import RawPage, Side
from scanners.drivers.simulated.driver import make
from scanners.drivers.simulated.scanner import SimulatedScanner
from scanners.settings import ColourMode, ScanSettings, Source

SETTINGS = ScanSettings(source=Source.FEEDER, dpi=75)
DUPLEX = ScanSettings(source=Source.FEEDER_DUPLEX, dpi=75)


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., SimulatedScanner]:
    """Opens a folder of so many papers, each with a number of bars at its upper left, with the faults."""

    def open_(sheets: int, faults: str = "") -> SimulatedScanner:
        folder = tmp_path / f"papers-{sheets}"
        folder.mkdir(exist_ok=True)
        for number in range(1, sheets + 1):
            paper = Image.new("RGB", (620, 877), "white")
            for bar in range(number):
                paper.paste((0, 0, 0), (20, 20 + 24 * bar, 120, 32 + 24 * bar))
            paper.save(folder / f"{number}.png", dpi=(75, 75))
        return make({}).open(f"{folder}?{faults}")

    return open_


def _pages(scanner: SimulatedScanner, settings: ScanSettings = SETTINGS) -> list[RawPage]:
    return list(scanner.scan(settings))


def _bars(page: RawPage, *, turned: bool = False) -> int:
    picture = Image.open(io.BytesIO(page.content)).convert("L")
    upright = picture.rotate(180) if turned else picture
    darks = [upright.getpixel((70, y)) < 128 for y in range(upright.height)]
    return sum(now and not before for before, now in zip([False, *darks], darks, strict=False))


def test_papers_come_in_the_order_in_which_people_count(opened):
    pages = _pages(opened(11))

    assert [_bars(page) for page in pages] == list(range(1, 12))
    assert [page.sequence for page in pages] == list(range(11))
    assert [page.sheet for page in pages] == list(range(1, 12))
    assert {page.dpi for page in pages} == {75}


def test_a_jam_keeps_the_pages_before_and_scanning_again_goes_on_at_its_sheet(opened):
    scanner = opened(4, "jam=3")
    stream = scanner.scan(SETTINGS)
    assert [_bars(next(stream)), _bars(next(stream))] == [1, 2]
    with pytest.raises(DeviceError) as jam:
        next(stream)
    assert (jam.value.reason, jam.value.sheet) == (DeviceCode.JAM, 3)

    assert [_bars(page) for page in _pages(scanner)] == [3, 4]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("jam", DeviceCode.JAM),
        ("double_feed", DeviceCode.DOUBLE_FEED),
        ("cover_open", DeviceCode.COVER_OPEN),
        ("offline", DeviceCode.OFFLINE),
        ("busy", DeviceCode.BUSY),
        ("failed", DeviceCode.DRIVER_FAILED),
    ],
)
def test_each_trouble_is_told_apart(opened, fault, reason):
    scanner = opened(3, f"{fault}=2")
    stream = scanner.scan(SETTINGS)
    assert _bars(next(stream)) == 1
    with pytest.raises(DeviceError) as trouble:
        next(stream)
    assert trouble.value.reason is reason


def test_a_sheet_that_is_swallowed_is_missing_and_nothing_is_said(opened):
    assert [_bars(page) for page in _pages(opened(4, "swallow=2"))] == [1, 3, 4]
    assert [_bars(page) for page in _pages(opened(4, "swallow=2&swallow=3"))] == [1, 4]


def test_backs_are_blank_but_for_a_little_of_their_front(opened):
    front, back = _pages(opened(1), DUPLEX)

    assert (front.side, back.side) == (Side.FRONT, Side.BACK)
    assert front.sheet == back.sheet == 1
    darkest, _ = Image.open(io.BytesIO(back.content)).convert("L").getextrema()
    assert 225 < darkest < 252


def test_two_sided_papers_have_the_next_page_on_their_back(opened):
    pages = _pages(opened(4, "two_sided=yes"), DUPLEX)

    assert [_bars(page) for page in pages] == [1, 2, 3, 4]
    assert [page.sheet for page in pages] == [1, 1, 2, 2]


def test_a_sheet_that_lies_upside_down_comes_upside_down(opened):
    pages = _pages(opened(2, "upside_down=2"))
    assert _bars(pages[0]) == 1
    assert _bars(pages[1]) == 0
    assert _bars(pages[1], turned=True) == 2


def test_a_streak_is_at_the_same_place_on_every_page(opened):
    clean = _pages(opened(2))
    dirty = _pages(opened(2, "streak=yes&seed=3"))
    boxes = [
        ImageChops.difference(*(Image.open(io.BytesIO(each.content)).convert("L") for each in pair))
        .point(lambda value: 255 * (value > 60))
        .getbbox()
        for pair in zip(clean, dirty, strict=True)
    ]
    assert boxes[0] == boxes[1]
    assert boxes[0][2] - boxes[0][0] <= 4
    assert boxes[0][3] - boxes[0][1] == 877


def test_the_same_name_gives_the_same_bytes(opened):
    faults = "streak=yes&seed=5"
    first, second = _pages(opened(3, faults), DUPLEX), _pages(opened(3, faults), DUPLEX)
    assert [page.content for page in first] == [page.content for page in second]
    other = _pages(opened(3, "streak=yes&seed=6"), DUPLEX)
    assert [page.content for page in first] != [page.content for page in other]


def test_the_glass_takes_one_paper_at_a_time(opened):
    scanner = opened(2)
    glass = ScanSettings(source=Source.FLATBED, dpi=75)
    assert [[_bars(page) for page in _pages(scanner, glass)] for _ in range(3)] == [[1], [2], [1]]


@pytest.mark.parametrize(("mode", "expected"), list(zip(ColourMode, ("RGB", "L", "1"), strict=True)))
def test_pages_come_in_the_mode_asked_for(opened, mode, expected):
    [page] = _pages(opened(1), ScanSettings(source=Source.FEEDER, dpi=150, mode=mode))
    with Image.open(io.BytesIO(page.content)) as picture:
        assert picture.mode == expected
        assert round(picture.info["dpi"][0]) == 150
        assert picture.size == (1240, 1754)


@pytest.mark.parametrize("faults", ["jam=x", "nosuch=1", "slow=-1", "streak=perhaps", "jam=²", "slow=nan"])
def test_a_fault_that_nobody_knows_is_refused(opened, faults):
    with pytest.raises(ConfigurationError) as error:
        opened(1, faults)
    assert error.value.code == "BAD_SCANNER_OPTION"


def test_a_slow_scan_ends_at_once_when_it_is_cancelled(opened):
    scanner = opened(3, "slow=600")
    scanner.cancel()  # a scan that starts later is not touched by it
    stream = scanner.scan(SETTINGS)
    scanner.cancel()
    assert list(stream) == []


def test_folders_inside_the_folder_are_the_devices(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "file").touch()
    found = make({"folder": str(tmp_path)}).discover(1)
    assert [info.device for info in found] == [str(tmp_path / "a"), str(tmp_path / "b")]
    assert found[0].key == f"simulated:{tmp_path / 'a'}"
    assert make({}).discover(1) == ()
    with pytest.raises(DeviceError) as gone:
        make({}).open(str(tmp_path / "none"))
    assert gone.value.reason is DeviceCode.OFFLINE
