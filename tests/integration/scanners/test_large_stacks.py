"""A stack of 200 sheets, both sides: 400 pages, none lost, none twice, in order; also around a jam."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import RawPage
from scanners.settings import ColourMode, ScanSettings, Source
from tests.escl_device.device import EsclDevice
from tests.escl_device.job import read_picture
from tests.integration.scanners.benches import AirscanBench, Bench, EsclBench, require_program

SHEETS = 200
SETTINGS = ScanSettings(source=Source.FEEDER_DUPLEX, mode=ColourMode.GREY, dpi=75)


@pytest.fixture(params=["escl", "airscan"])
def stack(request: pytest.FixtureRequest, tmp_path: Path):
    with EsclDevice(sheets=SHEETS) as device:
        if request.param == "airscan":
            require_program("airscan-discover")
        bench: Bench = EsclBench(device) if request.param == "escl" else AirscanBench(tmp_path, device)
        yield device, bench
        bench.close()


def _drawn(pages: list[RawPage]) -> list[tuple[int, str]]:
    return [read_picture(Image.open(io.BytesIO(page.content)), SETTINGS.dpi) for page in pages]


def _expected(first: int, last: int) -> list[tuple[int, str]]:
    return [(sheet % 64, side) for sheet in range(first, last + 1) for side in ("front", "back")]


@pytest.mark.slow
def test_four_hundred_sides_come_each_once_and_in_order(stack):
    _, bench = stack
    pages = list(bench.open().scan(SETTINGS))
    assert _drawn(pages) == _expected(1, SHEETS)
    assert [page.sequence for page in pages] == list(range(2 * SHEETS))


@pytest.mark.slow
def test_after_a_jam_the_stack_goes_on_at_the_sheet_that_was_named(stack):
    device, bench = stack
    bench.trouble(DeviceCode.JAM, 2 * 120 + 1)  # before the front of sheet 121
    pages, jam = _until_trouble(bench.open().scan(SETTINGS))
    assert (jam.reason, jam.sheet) == (DeviceCode.JAM, 121)
    assert _drawn(pages) == _expected(1, 120)

    device.stopped = ""  # the sheet is put back
    rest = list(bench.open().scan(SETTINGS))
    assert _drawn(rest) == _expected(121, SHEETS)


def _until_trouble(stream: Iterator[RawPage]) -> tuple[list[RawPage], DeviceError]:
    pages: list[RawPage] = []
    try:
        for page in stream:
            pages.append(page)
    except DeviceError as error:
        return pages, error
    pytest.fail("no trouble")
