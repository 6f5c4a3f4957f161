"""One simulated scanner: a feeder of papers that goes on where it stopped.

Rule: the same device name gives the same bytes in the same order.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Final

from PIL import Image

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import DeviceInfo, RawPage, Side
from scanners.drivers.checking import check_settings
from scanners.drivers.encoding import encoded
from scanners.drivers.simulated.faults import Faults
from scanners.drivers.simulated.glass import blank_back, in_mode, on_the_glass, with_streak
from scanners.drivers.simulated.papers import Paper, picture_of
from scanners.settings import Capabilities, ColourMode, Resolutions, ScanSettings, Source, SourceCapabilities

_RESOLUTIONS: Final = Resolutions(listed=(75, 100, 150, 200, 300, 600))
CAPABILITIES: Final = Capabilities(
    sources=tuple(
        SourceCapabilities(
            source=source,
            modes=frozenset(ColourMode),
            resolutions=_RESOLUTIONS,
            width_mm=216.0,
            height_mm=297.0 if source is Source.FLATBED else 356.0,
        )
        for source in Source
    ),
    holds_sheets=True,
)


class SimulatedScanner:
    """Feeds papers sheet by sheet; opening the device anew fills the feeder again."""

    def __init__(self, info: DeviceInfo, papers: tuple[Paper, ...], faults: Faults) -> None:
        self._info = info
        self._faults = faults
        self._stops = dict(faults.stops)
        step = 2 if faults.two_sided else 1
        self._sheets = [papers[at : at + step] for at in range(0, len(papers), step)]
        self._next = 0
        self._cancelled = threading.Event()
        self._is_closed = False

    @property
    def info(self) -> DeviceInfo:
        """Which device this is."""
        return self._info

    def capabilities(self) -> Capabilities:
        """Flatbed, feeder and duplex feeder, 75 to 600 dpi, all modes."""
        return CAPABILITIES

    def scan(self, settings: ScanSettings) -> Iterator[RawPage]:
        """Yields the next paper on the glass, or what is left in the feeder (see ``Scanner``)."""
        check_settings(CAPABILITIES, settings)
        if self._is_closed:
            raise DeviceError(DeviceCode.OFFLINE, "closed")
        self._cancelled.clear()
        return self._from_glass(settings) if settings.source is Source.FLATBED else self._feed(settings)

    def cancel(self) -> None:
        """Ends a running scan after the side that is being taken."""
        self._cancelled.set()

    def close(self) -> None:
        """Ends a running scan; the device cannot be used any more."""
        self._is_closed = True
        self._cancelled.set()

    def _from_glass(self, settings: ScanSettings) -> Iterator[RawPage]:
        if self._next >= len(self._sheets):
            self._next = 0  # somebody turns the stack over and starts again
        if not self._sheets:
            return
        self._stop_if_due(self._next + 1)
        [(_, content)] = self._take(self._next, settings)
        self._next += 1
        if not self._cancelled.is_set():
            yield _page(0, self._next, Side.UNKNOWN, content, settings.dpi)

    def _feed(self, settings: ScanSettings) -> Iterator[RawPage]:
        if self._next >= len(self._sheets):
            raise DeviceError(DeviceCode.FEEDER_EMPTY, sheet=1)
        first, sequence = self._next, 0
        while self._next < len(self._sheets):
            sheet = self._next
            self._stop_if_due(sheet + 1, sheet + 1 - first)
            taken = self._take(sheet, settings)
            if self._cancelled.is_set():
                return
            self._next = self._after(sheet)
            for side, content in taken:
                yield _page(sequence, sheet + 1 - first, side, content, settings.dpi)
                sequence += 1
                if self._cancelled.is_set():
                    return

    def _after(self, sheet: int) -> int:
        """0-based place of the sheet after this one: sheets that were swallowed with it are gone."""
        following = sheet + 1
        while following + 1 in self._faults.swallow:
            following += 1
        return following

    def _stop_if_due(self, number: int, sheet: int = 1) -> None:
        trouble = self._stops.pop(number, None)
        if trouble is not None:
            raise DeviceError(trouble, "simulated", sheet=sheet)

    def _take(self, sheet: int, settings: ScanSettings) -> list[tuple[Side, bytes]]:
        """All sides of a sheet that are asked for, as files."""
        faults, number = self._faults, sheet + 1
        papers = self._sheets[sheet]
        pictures = {Side.FRONT: picture_of(papers[0], settings.dpi)}
        if settings.source is Source.FEEDER_DUPLEX:
            has_back = len(papers) == 2
            pictures[Side.BACK] = (
                picture_of(papers[1], settings.dpi)
                if has_back
                else blank_back(pictures[Side.FRONT], faults.seed + number)
            )
        self._cancelled.wait(faults.slow_seconds * len(pictures))
        is_turned = number in faults.upside_down
        return [
            (side, _finished(picture, settings, faults, side, is_turned))
            for side, picture in pictures.items()
        ]


def _finished(
    paper: Image.Image, settings: ScanSettings, faults: Faults, side: Side, is_turned: bool
) -> bytes:
    area = on_the_glass(paper, settings, is_upside_down=is_turned)
    if faults.streak and side is Side.FRONT:
        area = with_streak(area, settings.dpi, faults.seed)
    return encoded(in_mode(area, settings.mode), settings.dpi)


def _page(sequence: int, sheet: int, side: Side, content: bytes, dpi: int) -> RawPage:
    mark = {Side.FRONT: "a", Side.BACK: "b", Side.UNKNOWN: ""}[side]
    suffix = "tif" if content[:2] in (b"II", b"MM") else "jpg"
    name = f"scan-{sheet:04d}{mark}.{suffix}"
    return RawPage(sequence=sequence, name=name, content=content, sheet=sheet, side=side, dpi=dpi)
