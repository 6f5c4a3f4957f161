"""The family of devices that SANE knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scanners.driver import DeviceInfo, Scanner
from scanners.drivers.sane.in_process import InProcessScanner
from scanners.drivers.sane.program import describe, find_devices, options_of
from scanners.drivers.sane.scanner import ScanimageScanner
from scanners.drivers.sane.settings import NAME, SaneSettings, read_settings


class SaneDriver:
    """Finds and opens devices by the names that SANE gives them, for example ``fujitsu:fi-7160:12345``.

    Devices of another machine that runs ``saned`` are named ``net:HOST:DEVICE``.
    """

    name = NAME

    def __init__(self, settings: SaneSettings) -> None:
        self._settings = settings
        self._labels: dict[str, DeviceInfo] = {}

    def discover(self, timeout_seconds: float) -> Sequence[DeviceInfo]:
        """Devices that SANE finds by itself (see ``ScannerDriver``)."""
        found = find_devices(self._settings, timeout_seconds)
        self._labels = {info.device: info for info in found}
        return found

    def open(self, device: str) -> Scanner:
        """Asks the device for its options, which shows that it is there (see ``ScannerDriver``)."""
        info = self._labels.get(device) or describe(device, device)
        if self._settings.in_process:
            return InProcessScanner(info, self._settings)
        return ScanimageScanner(info, self._settings, options_of(self._settings, device, {}))


def make(options: Mapping[str, str]) -> SaneDriver:
    """Makes the driver from settings; the entry point ``sane`` of ``sohoa.scanner_drivers``.

    Args:
        options: see ``read_settings``.

    Raises:
        ConfigurationError: an option is unknown or impossible.
    """
    return SaneDriver(read_settings(options))
