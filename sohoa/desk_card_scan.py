"""A card laid on the scanner, read for its code alone: the picture is kept nowhere."""

from __future__ import annotations

import threading
from typing import Final

from dossiers.errors import EngineError, InputError
from scanners.driver import RawPage, Scanner
from scanners.settings import Capabilities, ColourMode, ScanSettings, Source
from sohoa.code_job import codes_of, codes_request
from sohoa.feeder_sandbox import feeder_sandbox
from sohoa.scanning import make_drivers, open_scanner
from sohoa.settings import Settings

#: The code of a card has 2 cm: less resolution loses it.
_DPI: Final = 300


class CardScan:
    """One picture from the glass of a device, or from its feeder where it has no glass.

    Args:
        settings: of the installation.
        device: true key of the device.
    """

    def __init__(self, settings: Settings, device: str) -> None:
        self._settings = settings
        self._device = device
        self._scanner: Scanner | None = None
        self._over = threading.Event()

    @property
    def is_running(self) -> bool:
        """Whether it holds the device."""
        return not self._over.is_set()

    def end(self) -> None:
        """Nobody waits for the card any more."""
        if self._scanner is not None:
            self._scanner.cancel()

    def join(self) -> None:
        """Waits until it is over."""
        self._over.wait()

    def run(self) -> tuple[str, ...]:
        """Returns what the codes of the picture say.

        Raises:
            DeviceError: the device fails.
            ConfigurationError: there is no such device.
        """
        try:
            self._scanner = open_scanner(make_drivers(self._settings, self._device), self._device)
            content = _one_picture(self._scanner)
            return self._read(content) if content else ()
        finally:
            if self._scanner is not None:
                self._scanner.close()
            self._over.set()

    def _read(self, content: bytes) -> tuple[str, ...]:
        child = feeder_sandbox(unsafe=self._settings.unsafe_sandbox)
        try:
            return codes_of(child.ask(codes_request(content)))
        except (InputError, EngineError):
            return ()
        finally:
            child.close()


def _one_picture(scanner: Scanner) -> bytes:
    for item in scanner.scan(_settings_for(scanner.capabilities())):
        if isinstance(item, RawPage):
            scanner.cancel()
            return item.content
    return b""


def _settings_for(offered: Capabilities) -> ScanSettings:
    sources = {each.source for each in offered.sources}
    source = Source.FLATBED if Source.FLATBED in sources else Source.FEEDER
    return ScanSettings(source=source, mode=ColourMode.COLOUR, dpi=_DPI)
