"""The ports behind which every source of pages stands.

A ``ScannerDriver`` finds and opens devices; an open ``Scanner`` says what it can do and yields pages as they
leave it. A ``PageSource`` is the least of it: something that yields items once, a folder for example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dossiers.errors import InputCode
from scanners.settings import Capabilities, ScanSettings


class Side(StrEnum):
    """Which side of a sheet a page shows."""

    FRONT = "front"
    BACK = "back"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """Bytes as they left the source: one scanned side, or a file that holds one page or many.

    Attributes:
        sequence: 0-based place in the stream.
        name: what people know it by, for example a file name; never used as a path.
        content: the bytes, unaltered.
        sheet: 1-based sheet of the feeder or placing on the glass; ``None`` for files.
        side: side of that sheet.
        dpi: resolution the device says it scanned with, dots per inch; ``None`` where only the bytes know.
    """

    sequence: int
    name: str
    content: bytes
    sheet: int | None = None
    side: Side = Side.UNKNOWN
    dpi: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Something that stood in the stream and could not be taken; the stream goes on."""

    sequence: int
    name: str
    reason: InputCode


class PageSource(Protocol):
    """Yields pages once."""

    @property
    def name(self) -> str:
        """What people call this source."""
        ...

    def expected(self) -> int | None:
        """How many items are to come, where the source knows."""
        ...

    def scan(self) -> Iterator[RawPage | Unreadable]:
        """Yields items in order as they become available.

        Raises:
            DeviceError: the source itself failed; what was yielded before is good.
        """
        ...

    def close(self) -> None:
        """Frees the source; closing twice is no error."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceInfo:
    """A device as a driver finds it.

    Attributes:
        driver: name of the driver, for example ``sane``.
        device: what the driver opens it by, for example ``test:0`` or ``https://192.0.2.7/eSCL``.
        label: maker and model for people.
    """

    driver: str
    device: str
    label: str

    @property
    def key(self) -> str:
        """Names the device among all drivers: ``<driver>:<device>``."""
        return f"{self.driver}:{self.device}"


class Scanner(Protocol):
    """One opened device."""

    @property
    def info(self) -> DeviceInfo:
        """Which device this is."""
        ...

    def capabilities(self) -> Capabilities:
        """What the device can do, as it says itself; may be repeated.

        Raises:
            DeviceError: it does not answer.
        """
        ...

    def scan(self, settings: ScanSettings) -> Iterator[RawPage | Unreadable]:
        """Yields whole pages as they leave the device: one placing on the glass, or the whole feeder.

        A page is yielded only when all of it has arrived. The next sheet is asked for no sooner than the
        iterator is advanced, as far as the device can be stopped between sheets. May be called again when
        the iterator has ended.

        Raises:
            DeviceError: jam, cover open, empty feeder at the very start, busy, double feed, offline, settings
                that it cannot do; what was yielded before is good.
        """
        ...

    def cancel(self) -> None:
        """Asks a running scan, from any thread, to end soon: the iterator ends without an error."""
        ...

    def close(self) -> None:
        """Frees the device; closing twice is no error."""
        ...


class ScannerDriver(Protocol):
    """A family of devices that are spoken to in one way."""

    @property
    def name(self) -> str:
        """Name of the driver; heads the keys of its devices."""
        ...

    def discover(self, timeout_seconds: float) -> Sequence[DeviceInfo]:
        """Looks for devices, at most so long; none found is no error.

        Raises:
            ConfigurationError: a program or library that the driver needs is missing.
        """
        ...

    def open(self, device: str) -> Scanner:
        """Opens a device by the name that ``discover`` gives, or that an administrator wrote down.

        Raises:
            DeviceError: ``OFFLINE`` or ``BUSY``, for example.
        """
        ...
