"""One eSCL device: a job a scan, its pages one by one.

Rule: a page is yielded only when HTTP and the file itself both say that it is whole. Every job is deleted at
its end, finished or not: devices that keep one take no other.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Final

from dossiers.errors import DeviceCode, DeviceError, SohoaError
from scanners.completeness import is_complete
from scanners.driver import DeviceInfo, RawPage, Side
from scanners.drivers.checking import check_settings
from scanners.drivers.encoding import suffix
from scanners.drivers.escl.abilities import WORDS, Abilities, read_abilities
from scanners.drivers.escl.address import Address
from scanners.drivers.escl.connection import Answer, Connection
from scanners.drivers.escl.documents import job_document, parsed
from scanners.drivers.escl.settings import NAME, EsclSettings
from scanners.drivers.escl.status import EsclStatus, read_status
from scanners.drivers.sheets import SheetCounter
from scanners.settings import Capabilities, ScanSettings, Source

#: Shortest and longest pause before asking a device again that is not ready, seconds.
_LEAST_PAUSE: Final = 0.1
_MOST_PAUSE: Final = 2.0
#: Pause between pages, as a share of the time that the page before took, and its limit in seconds: some
#: devices answer 404 in the middle of a stack when they are asked too soon.
_BREATH_SHARE: Final = 0.25
_MOST_BREATH: Final = 0.5


class EsclScanner:
    """Drives one device.

    Args:
        device: its address as it was asked for.
        address: the same, read.
        settings: settings of the driver.

    Raises:
        DeviceError: it does not answer.
        ConfigurationError: its certificate is not trusted.
    """

    def __init__(self, device: str, address: Address, settings: EsclSettings) -> None:
        self._address = address
        self._settings = settings
        self._connection = Connection(address, settings)
        self._cancelled = threading.Event()
        self._job = ""
        self._abilities = self._ask_abilities()
        self._info = DeviceInfo(driver=NAME, device=device, label=self._abilities.label or address.host)

    @property
    def info(self) -> DeviceInfo:
        """Which device this is."""
        return self._info

    def capabilities(self) -> Capabilities:
        """What the device said when it was opened."""
        return self._abilities.capabilities

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        """Yields whole pages (see ``Scanner``)."""
        check_settings(self.capabilities(), settings)
        self._cancelled.clear()
        return self._pages(settings)

    def cancel(self) -> None:
        """Deletes the running job; the page it is at is thrown away."""
        self._cancelled.set()
        self._delete(self._job)

    def close(self) -> None:
        """Ends a running scan; no connection is held between requests."""
        self.cancel()

    def _pages(self, settings: ScanSettings) -> Iterator[RawPage]:
        counter = SheetCounter(settings)
        self._raise_feeder_trouble(self._status(), counter)
        job = self._start(counter)
        try:
            while (content := self._next(job, counter)) is not None:
                yield _file(content, counter) if content.startswith(b"%PDF") else counter.page(content)
        finally:
            self._job = ""
            self._delete(job)

    def _start(self, counter: SheetCounter) -> str:
        """Opens a job; its path."""
        answer = self._ask_for_job(counter)
        path = self._address.path_of(answer.location) if answer.status == 201 else None
        if path is not None:
            self._job = path
            return path
        self._raise_feeder_trouble(self._status(), counter)
        reasons = {
            400: DeviceCode.UNSUPPORTED_SETTING,
            409: DeviceCode.UNSUPPORTED_SETTING,
            503: DeviceCode.BUSY,
        }
        reason = reasons.get(answer.status, DeviceCode.DRIVER_FAILED)
        detail = (
            "asks for a password" if answer.status in (401, 403) else f"HTTP {answer.status} for a new job"
        )
        raise DeviceError(reason, detail)

    def _ask_for_job(self, counter: SheetCounter) -> Answer:
        """Asks for a job until the device is no longer busy, or its time is over."""
        settings = counter.settings
        abilities = self._abilities.of(settings.source)
        assert abilities is not None  # check_settings has looked
        media_type = abilities.media_type(settings.mode)
        document = job_document(settings, WORDS[settings.mode], media_type, abilities.reach)
        until = time.monotonic() + self._settings.busy_seconds
        while True:
            answer = self._connection.post(f"{self._address.root}/ScanJobs", document)
            if answer.status != 503 or time.monotonic() > until or self._pause(answer):
                return answer

    def _next(self, job: str, counter: SheetCounter) -> bytes | None:
        """The next page, whole; ``None`` at the end of the paper, or when the scan was cancelled."""
        until = time.monotonic() + self._settings.first_seconds
        while not self._cancelled.is_set():
            asked = time.monotonic()
            answer = self._page_answer(job, counter)
            if self._cancelled.is_set():
                break
            if answer.status == 200:
                self._breathe(time.monotonic() - asked)
                return _whole(answer.body, counter)
            if answer.status != 503:
                self._raise_end(answer, job, counter)
                break
            self._raise_stop(self._status(), counter)
            if time.monotonic() > until:
                raise DeviceError(DeviceCode.OFFLINE, "no page comes", sheet=counter.sheet)
            self._pause(answer)
        return None

    def _page_answer(self, job: str, counter: SheetCounter) -> Answer:
        try:
            return self._connection.get_page(f"{job.rstrip('/')}/NextDocument")
        except DeviceError as error:
            if self._cancelled.is_set():
                return Answer(status=410)
            raise DeviceError(error.reason, error.hint, sheet=counter.sheet) from error

    def _raise_end(self, answer: Answer, job: str, counter: SheetCounter) -> None:
        """Raises what ended a job; returns if it was the end of the paper."""
        status = self._status()
        self._raise_stop(status, counter)
        if answer.status not in (404, 410) or status.broke(job):
            detail = f"HTTP {answer.status} for a page"
            raise DeviceError(DeviceCode.DRIVER_FAILED, detail, sheet=counter.sheet)
        if counter.delivered == 0:
            is_glass = counter.settings.source is Source.FLATBED
            reason = DeviceCode.DRIVER_FAILED if is_glass else DeviceCode.FEEDER_EMPTY
            raise DeviceError(reason, "no page", sheet=counter.sheet)

    def _raise_stop(self, status: EsclStatus, counter: SheetCounter) -> None:
        """Raises trouble of the feeder, but not that it is empty: at the end it should be."""
        if status.feeder_trouble is not DeviceCode.FEEDER_EMPTY:
            self._raise_feeder_trouble(status, counter)

    def _raise_feeder_trouble(self, status: EsclStatus, counter: SheetCounter) -> None:
        is_glass = counter.settings.source is Source.FLATBED
        if status.feeder_trouble is not None and not is_glass:
            raise DeviceError(status.feeder_trouble, status.feeder, sheet=counter.sheet)

    def _ask_abilities(self) -> Abilities:
        answer = self._connection.get(f"{self._address.root}/ScannerCapabilities")
        if answer.status == 200:
            return read_abilities(parsed(answer.body))
        reason = DeviceCode.BUSY if answer.status == 503 else DeviceCode.DRIVER_FAILED
        raise DeviceError(reason, f"HTTP {answer.status} for capabilities")

    def _status(self) -> EsclStatus:
        answer = self._connection.get(f"{self._address.root}/ScannerStatus")
        return read_status(parsed(answer.body)) if answer.status == 200 else EsclStatus(feeder="", jobs={})

    def _pause(self, answer: Answer) -> bool:
        """Waits as long as the device asks for, within limits; whether the scan was cancelled meanwhile."""
        return self._cancelled.wait(min(max(answer.retry_after, _LEAST_PAUSE), _MOST_PAUSE))

    def _breathe(self, taken_seconds: float) -> None:
        self._cancelled.wait(min(taken_seconds * _BREATH_SHARE, _MOST_BREATH))

    def _delete(self, job: str) -> None:
        """Deletes a job; that it is gone already, or the device is, is no matter."""
        if job:
            with contextlib.suppress(SohoaError):
                self._connection.delete(job)


def _whole(content: bytes, counter: SheetCounter) -> bytes:
    if not content or not is_complete(content):
        raise DeviceError(DeviceCode.OFFLINE, "half a page", sheet=counter.sheet)
    return content


def _file(content: bytes, counter: SheetCounter) -> RawPage:
    """A file that may hold many pages: of which sheets, only its reader can tell."""
    sequence = counter.delivered
    counter.delivered += 1
    name = f"scan-{sequence + 1:04d}.{suffix(content)}"
    return RawPage(sequence=sequence, name=name, content=content, side=Side.UNKNOWN, dpi=counter.settings.dpi)
