"""One device that python-sane drives in this process.

Pages are taken, and the device stopped, in threads of their own: a driver that hangs does not hang us, it is
left behind, and the device counts as offline.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from typing import Final

from PIL import Image

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import DeviceInfo, RawPage
from scanners.drivers.checking import check_settings
from scanners.drivers.encoding import encoded
from scanners.drivers.sane.choices import (
    Options,
    Values,
    capabilities_of,
    holds_sheets,
    sources_of,
    values_for,
)
from scanners.drivers.sane.library import Device
from scanners.drivers.sane.settings import SaneSettings
from scanners.drivers.sane.status import code_of_words
from scanners.drivers.sheets import SheetCounter
from scanners.settings import Capabilities, ColourMode, ScanSettings, Source

_LOOK_SECONDS: Final = 0.05
#: Longest time that a driver may take to stop its device; a motor runs out in less.
_STOP_SECONDS: Final = 10.0
_Taken = tuple[bytes, int, int, int]


class InProcessScanner:
    """Drives one device; the device is held from opening to closing.

    Args:
        info: which device.
        settings: settings of the driver.
        stop_seconds: longest time that the driver may take to stop the device.
    """

    def __init__(
        self, info: DeviceInfo, settings: SaneSettings, *, stop_seconds: float = _STOP_SECONDS
    ) -> None:
        self._info = info
        self._stop_seconds = stop_seconds
        self._settings = settings
        self._device = Device(settings, info.device)
        self._by_source: dict[Source, tuple[Values, Options]] = {}
        self._cancelled = threading.Event()
        self._closed = threading.Event()
        self._moved = 0.0
        self._has_bytes = False

    @property
    def info(self) -> DeviceInfo:
        """Which device this is."""
        return self._info

    def capabilities(self) -> Capabilities:
        """What the device says with each of its sources chosen; asked once (see ``Scanner``)."""
        if not self._by_source:
            self._by_source = {
                source: (values, self._options_with(values))
                for source, values in sources_of(self._device.options()).items()
            }
        found = self._by_source.items()
        sources = tuple(capabilities_of(source, options) for source, (_, options) in found)
        return Capabilities(
            sources=sources,
            holds_sheets=holds_sheets(self._info.device, self._device.options(), self._settings.extra),
        )

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        """Yields whole pages (see ``Scanner``)."""
        check_settings(self.capabilities(), settings)
        if self._closed.is_set():
            raise DeviceError(DeviceCode.OFFLINE, "closed")
        self._cancelled.clear()
        return self._pages(settings)

    def cancel(self) -> None:
        """Stops the device; the page it is at is thrown away."""
        self._cancelled.set()
        self._stop()

    def close(self) -> None:
        """Ends a running scan and closes the device."""
        if not self._closed.is_set():
            self.cancel()
        if not self._closed.is_set():
            self._closed.set()
            self._device.close()

    def _options_with(self, values: Values) -> Options:
        for name, value in values.items():
            self._device.set(name, value)
        return self._device.options()

    def _pages(self, settings: ScanSettings) -> Iterator[RawPage]:
        counter = SheetCounter(settings)
        chosen, options = self._by_source[settings.source]
        for name, value in (chosen | values_for(settings, options) | dict(self._settings.extra)).items():
            self._device.set(name, value)
        is_glass = settings.source is Source.FLATBED
        try:
            while not self._cancelled.is_set() and not (is_glass and counter.delivered):
                taken = self._next(counter)
                if taken is None:
                    return
                yield counter.page(encoded(_picture(taken, settings.mode), settings.dpi))
        finally:
            self._stop()

    def _stop(self) -> None:
        """Stops the device; one whose driver does not come back from it is left to its thread."""
        if self._closed.is_set():
            return
        stopping = threading.Thread(target=self._device.cancel, daemon=True)
        stopping.start()
        stopping.join(self._stop_seconds)
        if stopping.is_alive():
            self._closed.set()

    def _next(self, counter: SheetCounter) -> _Taken | None:
        """The next page; ``None`` at the end of the paper, or when the scan was cancelled."""
        outcome: queue.SimpleQueue[_Taken | Exception] = queue.SimpleQueue()
        self._moved, self._has_bytes = time.monotonic(), False
        threading.Thread(target=self._take, args=(outcome,), daemon=True).start()
        result = self._await(outcome, counter)
        if self._cancelled.is_set():
            return None
        if isinstance(result, DeviceError):
            raise DeviceError(result.reason, result.hint, sheet=counter.sheet) from result
        if isinstance(result, Exception):
            reason = code_of_words(str(result))
            if reason is DeviceCode.FEEDER_EMPTY and counter.delivered:
                return None
            raise DeviceError(reason, "SANE", sheet=counter.sheet) from result
        return result

    def _await(
        self, outcome: queue.SimpleQueue[_Taken | Exception], counter: SheetCounter
    ) -> _Taken | Exception:
        while True:
            try:
                return outcome.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                patience = self._settings.stall_seconds if self._has_bytes else self._settings.first_seconds
                if time.monotonic() - self._moved > patience:
                    self._closed.set()  # the hanging thread keeps the device
                    raise DeviceError(DeviceCode.OFFLINE, "went silent", sheet=counter.sheet) from None

    def _take(self, outcome: queue.SimpleQueue[_Taken | Exception]) -> None:
        try:
            outcome.put(self._device.take(self._note))
        except (self._device.error, DeviceError, RuntimeError) as error:
            outcome.put(error)

    def _note(self, *_: object) -> None:
        self._moved, self._has_bytes = time.monotonic(), True


def _picture(taken: _Taken, mode: ColourMode) -> Image.Image:
    pixels, width, height, samples = taken
    kind = "RGB" if samples == 3 else "L"
    picture = Image.frombytes(kind, (width, height), pixels[: width * height * len(kind)])
    return picture.convert("1", dither=Image.Dither.NONE) if mode is ColourMode.BITONAL else picture
