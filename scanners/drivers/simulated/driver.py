"""Simulated scanners: every folder with papers can be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from scanners.driver import DeviceInfo
from scanners.drivers.options import check_names
from scanners.drivers.simulated.faults import parse_device
from scanners.drivers.simulated.papers import papers_in
from scanners.drivers.simulated.scanner import SimulatedScanner

NAME: Final = "simulated"


class SimulatedDriver:
    """Opens folders as scanners; ``discover`` shows the folders inside one that it was told of.

    Args:
        folder: holds one folder of papers for each device; ``None`` shows none.
    """

    name = NAME

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def discover(self, timeout_seconds: float) -> Sequence[DeviceInfo]:
        """The folders inside the folder; looks no deeper and takes no time."""
        del timeout_seconds
        if self._folder is None or not self._folder.is_dir():
            return ()
        folders = [each for each in sorted(self._folder.iterdir()) if each.is_dir()]
        return tuple(_info(str(each)) for each in folders if not each.name.startswith("."))

    def open(self, device: str) -> SimulatedScanner:
        """Opens ``FOLDER?FAULTS``, see ``faults``.

        Raises:
            DeviceError: ``OFFLINE``: there is no such folder.
            ConfigurationError: a fault is unknown.
        """
        folder, faults = parse_device(device)
        return SimulatedScanner(_info(device), papers_in(Path(folder)), faults)


def make(options: Mapping[str, str]) -> SimulatedDriver:
    """Makes the driver from settings; the entry point ``simulated`` of ``sohoa.scanner_drivers``.

    Args:
        options: ``folder``, whose folders are shown as devices.

    Raises:
        ConfigurationError: there is an option that nobody knows.
    """
    check_names(NAME, options, {"folder"})
    folder = options.get("folder")
    return SimulatedDriver(Path(folder) if folder else None)


def _info(device: str) -> DeviceInfo:
    label = f"Máy quét mô phỏng: {Path(device.partition('?')[0]).name}"
    return DeviceInfo(driver=NAME, device=device, label=label)
