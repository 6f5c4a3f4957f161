"""One life of a station over SANE's test device behind ``saned``, mostly ended by SIGKILL.

The test device feeds ten pages whenever it is opened and has no duplex feeder: two pages are taken for the
sides of a sheet. Its pages all look the same, so each is given the number of its sheet behind its last byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from dossiers.errors import DeviceError
from scanners.driver import RawPage, Side
from scanners.drivers.sane.driver import make
from scanners.settings import ColourMode, ScanSettings, Source
from tests.faults.station_child import live

SETTINGS = ScanSettings(source=Source.FEEDER, mode=ColourMode.GREY, dpi=50, width_mm=40, height_mm=40)
SIDES = (Side.FRONT, Side.BACK)


def stamp(sheet: int, side: Side) -> bytes:
    """What stands behind the last byte of a side."""
    return f" {sheet} {side.value}".encode()


class SaneStack:
    """The sheets from ``first`` to ``last``, put into the device by fives."""

    def __init__(self, scanner, first: int, last: int) -> None:
        self._scanner = scanner
        self._first = first
        self._last = last

    def scan(self, _: ScanSettings) -> Iterator[RawPage]:
        given, sides = 0, 2 * (self._last - self._first + 1)
        while given < sides:
            try:
                for page in self._scanner.scan(SETTINGS):
                    number, side = given // 2 + 1, SIDES[given % 2]
                    content = page.content + stamp(self._first - 1 + number, side)
                    yield replace(page, sheet=number, side=side, content=content)
                    given += 1
                    if given == sides:
                        return
            except DeviceError as error:
                raise DeviceError(error.reason, error.hint, sheet=given // 2 + 1) from error

    def cancel(self) -> None:
        self._scanner.cancel()


def main(folder: Path, sheets: int, device: str, config: str, tells: Connection) -> None:
    driver = make({"config_dir": config, "first_seconds": "20", "stall_seconds": "20"})

    def stack_from(first: int) -> SaneStack:
        return SaneStack(driver.open(device), first, sheets)

    live(folder, tells, stack_from)
