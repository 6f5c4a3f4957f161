"""The family of network scanners that speak eSCL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scanners.driver import DeviceInfo
from scanners.drivers.escl.address import parse_address
from scanners.drivers.escl.discovery import find_devices
from scanners.drivers.escl.scanner import EsclScanner
from scanners.drivers.escl.settings import NAME, EsclSettings, read_settings


class EsclDriver:
    """Finds devices by multicast DNS and opens them by their addresses, ``https://HOST[:PORT]/eSCL``."""

    name = NAME

    def __init__(self, settings: EsclSettings) -> None:
        self._settings = settings

    def discover(self, timeout_seconds: float) -> Sequence[DeviceInfo]:
        """Devices that announce themselves (see ``ScannerDriver``)."""
        return find_devices(timeout_seconds, self._settings.interface)

    def open(self, device: str) -> EsclScanner:
        """Asks the device what it can do (see ``ScannerDriver``).

        Raises:
            ConfigurationError: the address is malformed or the certificate is not trusted.
        """
        return EsclScanner(device, parse_address(device), self._settings)


def make(options: Mapping[str, str]) -> EsclDriver:
    """Makes the driver from settings; the entry point ``escl`` of ``sohoa.scanner_drivers``.

    Args:
        options: see ``read_settings``.

    Raises:
        ConfigurationError: an option is unknown or impossible.
    """
    return EsclDriver(read_settings(options))
