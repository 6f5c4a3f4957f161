"""What every driver of scanners promises (``scanners/driver.py``), on every device that we can have."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import RawPage, Scanner, Side
from scanners.settings import ColourMode, ScanSettings, Source
from tests.integration.scanners.benches import NAMES, Bench
from tests.integration.scanners.benches import bench as bench_of

FEEDER = ScanSettings(source=Source.FEEDER, dpi=75)
DUPLEX = ScanSettings(source=Source.FEEDER_DUPLEX, dpi=75)
GLASS = ScanSettings(source=Source.FLATBED, dpi=75)


@pytest.fixture(params=NAMES)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with bench_of(request.param, tmp_path) as made:
        yield made
        made.close()


@pytest.fixture(params=["simulated", "airscan", "escl"])
def duplex_bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with bench_of(request.param, tmp_path) as made:
        yield made
        made.close()


@pytest.fixture(params=["saned", "airscan", "escl"])
def wired_bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with bench_of(request.param, tmp_path) as made:
        yield made
        made.close()


def _open(bench: Bench) -> Scanner:
    return bench.open()


def _picture(page: RawPage) -> Image.Image:
    picture = Image.open(io.BytesIO(page.content))
    picture.load()
    return picture


def _until_trouble(scanner: Scanner, settings: ScanSettings = FEEDER) -> tuple[list[RawPage], DeviceError]:
    pages = []
    try:
        for page in scanner.scan(settings):
            assert isinstance(page, RawPage)
            pages.append(page)
    except DeviceError as error:
        return pages, error
    pytest.fail("no trouble")


def test_devices_are_found_under_the_name_of_their_driver(bench):
    found = bench.driver.discover(10.0 if bench.is_found else 0.2)
    if bench.is_found:
        [info] = [each for each in found if each.device == bench.device]
        assert info.driver == bench.driver.name
        assert info.key == f"{bench.driver.name}:{bench.device}"
        assert info.label


def test_what_a_device_can_do_may_be_asked_again(bench):
    scanner = _open(bench)
    first = scanner.capabilities()
    assert {each.source for each in first.sources} == bench.sources
    for each in first.sources:
        assert each.width_mm >= 210
        assert each.height_mm >= 297
        assert ColourMode.COLOUR in each.modes
        assert each.resolutions.allows(300)
    assert scanner.capabilities() == first


def test_the_whole_feeder_comes_in_order_and_whole(bench):
    pages = list(_open(bench).scan(FEEDER))

    assert [page.sequence for page in pages] == list(range(bench.sheets))
    assert [page.sheet for page in pages] == list(range(1, bench.sheets + 1))
    assert {page.side for page in pages} == {Side.FRONT}
    assert len({page.name for page in pages}) == bench.sheets
    for page in pages:
        width, height = _picture(page).size
        assert page.dpi == 75
        assert abs(width - 620) <= 2
        assert abs(height - 877) <= 2


@pytest.mark.parametrize("mode", [ColourMode.COLOUR, ColourMode.GREY])
def test_the_glass_gives_one_page_a_time(bench, mode):
    scanner = _open(bench)
    for _ in range(2):
        [page] = scanner.scan(ScanSettings(source=Source.FLATBED, dpi=150, mode=mode))
        picture = _picture(page)
        assert picture.mode == ("RGB" if mode is ColourMode.COLOUR else "L")
        assert abs(picture.width - 1240) <= 2


def test_both_sides_come_front_before_back(duplex_bench):
    pages = list(_open(duplex_bench).scan(DUPLEX))

    sheets = range(1, duplex_bench.sheets + 1)
    assert [(page.sheet, page.side) for page in pages] == [
        (sheet, side) for sheet in sheets for side in (Side.FRONT, Side.BACK)
    ]
    assert len({page.content for page in pages}) == 2 * duplex_bench.sheets


def test_an_empty_feeder_is_told(bench):
    bench.empty()
    pages, trouble = _until_trouble(_open(bench))
    assert pages == []
    assert trouble.reason is DeviceCode.FEEDER_EMPTY


@pytest.mark.parametrize(
    "reason", [DeviceCode.JAM, DeviceCode.COVER_OPEN, DeviceCode.DOUBLE_FEED, DeviceCode.BUSY]
)
def test_trouble_is_told_apart_and_the_pages_before_are_good(bench, reason):
    if reason not in bench.troubles:
        pytest.skip("this device cannot be made to do that")
    sheet = 3 if bench.at_any_sheet else 1
    bench.trouble(reason, sheet)
    pages, trouble = _until_trouble(_open(bench))

    assert (trouble.reason, trouble.sheet) == (reason, sheet)
    assert trouble.vi
    assert [page.sheet for page in pages] == list(range(1, sheet))
    for page in pages:
        _picture(page)

    bench.calm()
    assert len(list(_open(bench).scan(FEEDER))) == bench.sheets


@pytest.mark.parametrize("is_silent", [False, True], ids=["gone", "silent"])
def test_a_device_that_vanishes_in_a_page_is_offline_and_leaves_no_half_page(wired_bench, is_silent):
    wired_bench.unplug(2, is_silent=is_silent)
    pages, trouble = _until_trouble(_open(wired_bench))

    assert (trouble.reason, trouble.sheet) == (DeviceCode.OFFLINE, 2)
    assert trouble.retryable
    [page] = pages
    assert _picture(page).height > 800


@pytest.mark.parametrize(
    "asked",
    [
        ScanSettings(source=Source.FEEDER, dpi=77_777),
        ScanSettings(source=Source.FEEDER, dpi=75, width_mm=900),
        ScanSettings(source=Source.FEEDER, dpi=75, height_mm=9000),
    ],
    ids=["resolution", "width", "height"],
)
def test_settings_that_the_device_cannot_do_are_refused_before_paper_moves(bench, asked):
    scanner = _open(bench)
    pages, trouble = _until_trouble(scanner, asked)
    assert pages == []
    assert trouble.reason is DeviceCode.UNSUPPORTED_SETTING
    assert not bench.asked()


def test_a_source_that_the_device_has_not_is_refused(bench):
    if Source.FEEDER_DUPLEX in bench.sources:
        pytest.skip("this device has all sources")
    _, trouble = _until_trouble(_open(bench), DUPLEX)
    assert trouble.reason is DeviceCode.UNSUPPORTED_SETTING


def test_the_next_sheet_is_asked_for_only_when_the_page_before_was_taken(bench):
    stream = _open(bench).scan(FEEDER)
    if bench.asked() is None:
        pytest.skip("this device does not count what it is asked for")
    for taken in range(1, 4):
        next(stream)
        assert bench.asked() == taken
    stream.close()


def test_a_scan_that_is_left_frees_the_device(bench):
    stream = _open(bench).scan(FEEDER)
    next(stream)
    stream.close()
    bench.calm()
    assert len(list(_open(bench).scan(FEEDER))) == bench.sheets


def test_cancelling_ends_the_stream_without_an_error(bench):
    scanner = _open(bench)
    stream = scanner.scan(FEEDER)
    next(stream)
    canceller = threading.Thread(target=scanner.cancel)
    canceller.start()
    canceller.join()
    assert list(stream) == []
    bench.calm()
    assert len(list(_open(bench).scan(FEEDER))) == bench.sheets


def test_cancelling_ends_the_wait_for_a_page(bench):
    bench.hang()
    scanner = _open(bench)
    ended: list[object] = []
    waiting = threading.Thread(target=lambda: ended.append(_outcome(scanner)))
    waiting.start()
    while waiting.is_alive():  # a scan that has not begun yet is not cancelled by it
        waiting.join(0.3)
        scanner.cancel()
    assert ended == [[]]


def _outcome(scanner: Scanner) -> object:
    try:
        return list(scanner.scan(FEEDER))
    except DeviceError as error:
        return error


def test_closing_twice_is_no_error(bench):
    scanner = _open(bench)
    scanner.close()
    scanner.close()
