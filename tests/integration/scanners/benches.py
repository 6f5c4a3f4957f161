"""Scanners to test drivers on: real SANE devices, the eSCL test device, the simulated one.

A bench knows how to load its feeder, make trouble and cut the wire; the tests know only that.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NoReturn

import pytest
from PIL import Image

from dossiers.errors import DeviceCode
from scanners.driver import Scanner, ScannerDriver
from scanners.drivers.escl import driver as escl
from scanners.drivers.sane import driver as sane
from scanners.drivers.simulated import driver as simulated
from scanners.settings import Source
from tests.escl_device.device import EsclDevice
from tests.integration.scanners import sane_config
from tests.integration.scanners.saned import WIRE, Wire, saned

_ALL = frozenset({DeviceCode.JAM, DeviceCode.COVER_OPEN, DeviceCode.DOUBLE_FEED})
_SANE_STATUS = {DeviceCode.JAM: 6, DeviceCode.FEEDER_EMPTY: 7, DeviceCode.COVER_OPEN: 8, DeviceCode.BUSY: 3}
_SANE_WORDS = {
    DeviceCode.JAM: "JAMMED",
    DeviceCode.FEEDER_EMPTY: "NO_DOCS",
    DeviceCode.COVER_OPEN: "COVER_OPEN",
    DeviceCode.BUSY: "DEVICE_BUSY",
}
_ADF_STATES = {
    DeviceCode.JAM: "ScannerAdfJam",
    DeviceCode.COVER_OPEN: "ScannerAdfHatchOpen",
    DeviceCode.DOUBLE_FEED: "ScannerAdfMultipickDetected",
}
# Devices here answer at once; on a machine with much to do that may take seconds. Only a bench whose wire is
# cut is impatient, so that its silence is soon noticed.
_PATIENT_SANE = {"open_seconds": "30", "first_seconds": "60", "stall_seconds": "30"}
_QUICK_SANE = {"open_seconds": "20", "first_seconds": "5", "stall_seconds": "2"}
_PATIENT_ESCL = {
    "connect_seconds": "10", "first_seconds": "60", "stall_seconds": "30", "busy_seconds": "0.3",
}  # fmt: skip
_QUICK_ESCL = {"connect_seconds": "2", "first_seconds": "5", "stall_seconds": "1", "busy_seconds": "0.3"}


class Bench:
    """A device under test.

    Attributes:
        driver: the driver.
        device: its name of the device.
        sheets: sheets in the feeder when it is opened.
        sources: what the device has.
        troubles: what it can be made to do.
        at_any_sheet: trouble can be at any sheet, not just at the first.
        can_unplug: the wire can be cut in the middle of a page.
        is_found: ``discover`` sees it.
    """

    driver: ScannerDriver
    device: str
    sheets = 3
    sources: frozenset[Source] = frozenset({Source.FLATBED, Source.FEEDER})
    troubles: frozenset[DeviceCode] = _ALL
    at_any_sheet = True
    can_unplug = True
    is_found = True

    _scanner: Scanner | None = None

    def open(self) -> Scanner:
        """Opens the device, and closes it first if it is open."""
        self.close()
        self._scanner = self.driver.open(self.device)
        return self._scanner

    def close(self) -> None:
        """Closes the device."""
        if self._scanner is not None:
            self._scanner.close()
            self._scanner = None

    def empty(self) -> None:
        """Takes all paper out of the feeder."""
        raise NotImplementedError

    def trouble(self, reason: DeviceCode, sheet: int) -> None:
        """Makes trouble at a sheet, once."""
        raise NotImplementedError

    def calm(self) -> None:
        """Sets right whatever trouble there was, with all paper in the feeder again."""

    def unplug(self, sheet: int, *, is_silent: bool) -> None:
        """Makes the device vanish, or go silent, in the middle of a sheet."""
        raise NotImplementedError

    def hang(self) -> None:
        """Makes the first page take for ever."""
        raise NotImplementedError

    def asked(self) -> int | None:
        """Pages that the device was asked for so far; ``None`` where it cannot tell."""
        return None


class SimulatedBench(Bench):
    """The simulated scanner."""

    sources = frozenset(Source)
    can_unplug = False

    def __init__(self, folder: Path) -> None:
        self._papers = folder / "devices" / "papers"
        self._papers.mkdir(parents=True)
        for number in range(1, self.sheets + 1):
            paper = Image.new("RGB", (620, 877), "white")
            paper.paste((0, 0, 0), (20, 20, 20 + 60 * number, 60))
            paper.save(self._papers / f"{number}.png", dpi=(75, 75))
        self.driver = simulated.make({"folder": str(folder / "devices")})
        self.device = str(self._papers)

    def empty(self) -> None:
        for paper in self._papers.iterdir():
            paper.unlink()

    def trouble(self, reason: DeviceCode, sheet: int) -> None:
        fault = {
            DeviceCode.JAM: "jam",
            DeviceCode.COVER_OPEN: "cover_open",
            DeviceCode.DOUBLE_FEED: "double_feed",
        }[reason]
        self.device = f"{self._papers}?{fault}={sheet}"

    def calm(self) -> None:
        self.device = str(self._papers)

    def hang(self) -> None:
        self.device = f"{self._papers}?slow=600"


class SaneBench(Bench):
    """SANE's test device on this machine; ten sheets in its feeder whenever it is opened."""

    sheets = 10
    troubles = frozenset({DeviceCode.JAM, DeviceCode.COVER_OPEN, DeviceCode.BUSY})
    at_any_sheet = False
    can_unplug = False

    def __init__(self, folder: Path, options: dict[str, str] | None = None) -> None:
        config = sane_config.test_backend(folder / "sane")
        self._options = {**_PATIENT_SANE, "config_dir": str(config), **(options or {})}
        self.device = "test:0"
        self._extra("test-picture=Color pattern")

    def empty(self) -> None:
        self.trouble(DeviceCode.FEEDER_EMPTY, 1)

    def trouble(self, reason: DeviceCode, sheet: int) -> None:
        assert sheet == 1
        self._extra(f"read-return-value=SANE_STATUS_{_SANE_WORDS[reason]}")

    def calm(self) -> None:
        self._extra("")

    def hang(self) -> None:
        self._extra("read-limit=yes;read-limit-size=1;read-delay=yes;read-delay-duration=200000")

    def _extra(self, text: str) -> None:
        self.driver = sane.make({**self._options, "set": text})


class InProcessBench(SaneBench):
    """SANE's test device through python-sane, which keeps what was set until it is set again."""

    troubles = frozenset({DeviceCode.JAM, DeviceCode.COVER_OPEN})

    def __init__(self) -> None:
        super().__init__(_process_folder(), {"in_process": "yes"})

    def _extra(self, text: str) -> None:
        usual = "read-return-value=Default;read-limit=no;read-delay=no;"
        super()._extra(usual + text)


@cache
def _process_folder() -> Path:
    """SANE reads its configuration once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="sohoa-test-sane-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class SanedBench(Bench):
    """SANE's test device behind ``saned``, over a wire that can be cut."""

    sheets = 10
    troubles = frozenset({DeviceCode.JAM, DeviceCode.COVER_OPEN, DeviceCode.BUSY})

    def __init__(self, folder: Path, wire: Wire) -> None:
        self._wire = wire
        self._config = str(sane_config.network_client(folder / "client", WIRE))
        self.driver = sane.make({**_PATIENT_SANE, "config_dir": self._config})
        self.device = f"net:{WIRE}:test:0"

    def empty(self) -> None:
        self._wire.status[1] = _SANE_STATUS[DeviceCode.FEEDER_EMPTY]

    def trouble(self, reason: DeviceCode, sheet: int) -> None:
        self._wire.status[sheet] = _SANE_STATUS[reason]

    def calm(self) -> None:
        self._wire.status.clear()

    def unplug(self, sheet: int, *, is_silent: bool) -> None:
        self.driver = sane.make({**_QUICK_SANE, "config_dir": self._config})
        if is_silent:
            self._wire.silent_at = sheet
        else:
            self._wire.cut_at = sheet

    def hang(self) -> None:
        self._wire.silent_at = 1

    def asked(self) -> int:
        return self._wire.pages


class EsclBench(Bench):
    """The eSCL test device, through our own client."""

    sources = frozenset(Source)
    is_found = False  # finding is tested with the driver itself: it takes multicast

    def __init__(self, running: EsclDevice) -> None:
        self._running = running
        self.driver = escl.make(_PATIENT_ESCL)
        self.device = running.url

    def empty(self) -> None:
        self._running.feeder = []

    def trouble(self, reason: DeviceCode, sheet: int) -> None:
        self._running.faults.adf_state[sheet] = _ADF_STATES[reason]

    def calm(self) -> None:
        self._running.stopped = ""
        self._running.feeder = list(range(1, self.sheets + 1))

    def unplug(self, sheet: int, *, is_silent: bool) -> None:
        self._be_quick()
        faults = self._running.faults
        if is_silent:
            faults.silent_at = sheet
        else:
            faults.cut_at = sheet

    def _be_quick(self) -> None:
        self.driver = escl.make(_QUICK_ESCL)

    def hang(self) -> None:
        self._running.faults.later = 10**6

    def asked(self) -> int:
        return sum(request.endswith("NextDocument") for request in self._running.requests)


class AirscanBench(EsclBench):
    """The eSCL test device through Debian's sane-airscan and our SANE driver: two peers we did not write."""

    troubles = frozenset({DeviceCode.JAM, DeviceCode.COVER_OPEN})
    is_found = True

    def __init__(self, folder: Path, running: EsclDevice) -> None:
        super().__init__(running)
        self._config = str(sane_config.airscan_client(folder / "airscan", running.url))
        self.driver = sane.make({**_PATIENT_SANE, "config_dir": self._config})
        self.device = "airscan:e0:Test MFP"

    def _be_quick(self) -> None:
        self.driver = sane.make({**_QUICK_SANE, "config_dir": self._config})

    def trouble(self, reason: DeviceCode, sheet: int) -> None:
        super().trouble(reason, sheet)
        if reason is DeviceCode.COVER_OPEN:  # sane-airscan knows the word of devices alone
            self._running.faults.adf_state[sheet] = "ScannerAdfDoorOpen"

    def asked(self) -> None:
        return None  # sane-airscan asks ahead


NAMES: Final = ("simulated", "sane", "python-sane", "saned", "airscan", "escl")


@contextmanager
def bench(name: str, folder: Path) -> Iterator[Bench]:
    """A bench by its name, until the context ends; without its service skipped, but failed in CI."""
    if name == "simulated":
        yield SimulatedBench(folder)
    elif name == "sane":
        require_program("scanimage")
        yield SaneBench(folder)
    elif name == "python-sane":
        require_program("scanimage")
        if find_spec("sane") is None:
            _missing("python-sane, an extra that is built from source")
        yield InProcessBench()
    elif name == "saned":
        require_program("saned")
        with saned(folder / "server"):
            wire = Wire()
            yield SanedBench(folder, wire)
            wire.close()
    else:
        with EsclDevice(sheets=Bench.sheets) as running:
            if name == "airscan":
                require_program("airscan-discover")
            yield EsclBench(running) if name == "escl" else AirscanBench(folder, running)


def require_program(program: str) -> None:
    """Skips the test, or fails it in CI, where a program of Debian is missing."""
    if shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") is not None:
        return
    _missing(f"{program}: apt-get install sane-utils libsane1 sane-airscan")


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"not installed: {what}")
    pytest.skip(f"not installed: {what}")
