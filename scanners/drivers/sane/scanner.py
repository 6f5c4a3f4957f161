"""One device that ``scanimage`` drives."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from PIL import Image

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import DeviceInfo, RawPage
from scanners.drivers.checking import check_settings
from scanners.drivers.encoding import encoded
from scanners.drivers.sane.batch import Batch, Stalled
from scanners.drivers.sane.choices import (
    Options,
    Values,
    capabilities_of,
    holds_sheets,
    sources_of,
    values_for,
)
from scanners.drivers.sane.pnm import picture_of
from scanners.drivers.sane.program import answers, device_arguments, options_of, sees_double_feed
from scanners.drivers.sane.settings import SaneSettings
from scanners.drivers.sane.spool import page_folder
from scanners.drivers.sane.status import code_of, code_of_opening, code_told, hint_of_opening
from scanners.drivers.sheets import SheetCounter
from scanners.settings import Capabilities, ScanSettings, Source


class ScanimageScanner:
    """Drives one device by one ``scanimage`` a scan.

    Args:
        info: which device.
        settings: settings of the driver.
        options: the options that it showed when it was opened.
    """

    def __init__(self, info: DeviceInfo, settings: SaneSettings, options: Options) -> None:
        self._info = info
        self._settings = settings
        self._options = options
        self._by_source: dict[Source, tuple[Values, Options]] = {}
        self._lock = threading.Lock()
        self._batch: Batch | None = None
        self._cancelled = threading.Event()

    @property
    def info(self) -> DeviceInfo:
        """Which device this is."""
        return self._info

    def capabilities(self) -> Capabilities:
        """What the device says with each of its sources chosen; asked once (see ``Scanner``)."""
        if not self._by_source:
            self._by_source = {
                source: (
                    values,
                    options_of(self._settings, self._info.device, values) if values else self._options,
                )
                for source, values in sources_of(self._options).items()
            }
        found = self._by_source.items()
        sources = tuple(capabilities_of(source, options) for source, (_, options) in found)
        return Capabilities(
            sources=sources,
            holds_sheets=holds_sheets(self._info.device, self._options, self._settings.extra),
        )

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        """Yields whole pages (see ``Scanner``)."""
        check_settings(self.capabilities(), settings)
        self._cancelled.clear()
        return self._pages(settings)

    def cancel(self) -> None:
        """Stops the device; the page it is at is thrown away."""
        with self._lock:
            self._cancelled.set()
            if self._batch is not None:
                self._batch.interrupt()

    def close(self) -> None:
        """Ends a running scan; the device itself is only held while it scans."""
        self.cancel()

    def _pages(self, settings: ScanSettings) -> Iterator[RawPage]:
        counter = SheetCounter(settings)
        with page_folder(self._settings.spool_dir) as folder:
            command = self._command(settings)
            batch = Batch(
                command,
                self._settings.environment,
                folder,
                first_seconds=self._settings.first_seconds,
                stall_seconds=self._settings.stall_seconds,
            )
            with self._lock:
                self._batch = batch
            try:
                yield from self._taken(batch, counter, settings.dpi)
            finally:
                with self._lock:
                    self._batch = None
                batch.end()

    def _taken(self, batch: Batch, counter: SheetCounter, dpi: int) -> Iterator[RawPage]:
        is_glass = counter.settings.source is Source.FLATBED
        while not self._cancelled.is_set() and not (is_glass and counter.delivered):
            try:
                content = batch.next_page()
            except Stalled as error:
                raise DeviceError(DeviceCode.OFFLINE, "went silent", sheet=counter.sheet) from error
            if self._cancelled.is_set():
                return
            if content is None:
                self._raise_trouble(batch, counter)
                return
            yield counter.page(encoded(self._picture(content, batch, counter), dpi))

    def _picture(self, content: bytes, batch: Batch, counter: SheetCounter) -> Image.Image:
        """The picture of a page; half a page that a driver gave for a whole one is trouble."""
        try:
            return picture_of(content)
        except DeviceError as error:
            batch.end()  # the device can be asked only when it is free
            is_there = answers(self._settings, self._info.device)
            reason = DeviceCode.DRIVER_FAILED if is_there else DeviceCode.OFFLINE
            raise DeviceError(reason, error.hint, sheet=counter.sheet) from error

    def _raise_trouble(self, batch: Batch, counter: SheetCounter) -> None:
        """Raises what ended the run; returns if it was the end of the paper.

        An exit status of 0 is no sign of it: ``scanimage`` also exits so when its wire to ``saned`` is cut.
        """
        reason = self._reason(batch)
        if reason is DeviceCode.FEEDER_EMPTY and counter.delivered:
            return
        is_opening = _cannot_open(batch)
        hint = hint_of_opening(batch.complaints) if is_opening else f"SANE status {batch.status}"
        raise DeviceError(reason, hint, sheet=counter.sheet)

    def _reason(self, batch: Batch) -> DeviceCode:
        """What the program told, else its status; the device is asked where that does not say enough."""
        if _cannot_open(batch):
            return code_of_opening(batch.complaints)
        told = code_told(batch.words) or code_of(batch.status)
        device = self._info.device
        if told is None or told is DeviceCode.OFFLINE:
            return DeviceCode.DRIVER_FAILED if answers(self._settings, device) else DeviceCode.OFFLINE
        has_sensor = "double-feed" in self._options
        if told is DeviceCode.JAM and has_sensor and sees_double_feed(self._settings, device):
            return DeviceCode.DOUBLE_FEED
        return told

    def _command(self, settings: ScanSettings) -> list[str]:
        chosen, options = self._by_source[settings.source]
        values = chosen | values_for(settings, options) | dict(self._settings.extra)
        return [self._settings.program, *device_arguments(self._info.device, values)]


def _cannot_open(batch: Batch) -> bool:
    return batch.status == 1 and " failed: " in batch.complaints
