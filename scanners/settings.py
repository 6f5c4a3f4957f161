"""What a device can do and what is asked of it, in one vocabulary for all drivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where the paper lies."""

    FLATBED = "flatbed"
    FEEDER = "feeder"  # one side of every sheet
    FEEDER_DUPLEX = "feeder_duplex"  # both sides, front before back


class ColourMode(StrEnum):
    """How a page is seen; the archive asks for colour (Nghị định 30/2020, Phụ lục)."""

    COLOUR = "colour"
    GREY = "grey"
    BITONAL = "bitonal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolutions:
    """Resolutions of a source in dots per inch: a list, or a range with a step.

    Attributes:
        listed: the only ones, ascending; empty where a range is given.
        least: lower end of the range, 0 without one.
        most: upper end of the range.
        step: step of the range, at least 1.
    """

    listed: tuple[int, ...] = ()
    least: int = 0
    most: int = 0
    step: int = 1

    def allows(self, dpi: int) -> bool:
        """Whether the device scans with exactly this resolution."""
        if self.listed:
            return dpi in self.listed
        return self.least <= dpi <= self.most and (dpi - self.least) % self.step == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCapabilities:
    """What one source of a device can do.

    Attributes:
        source: the source.
        modes: colour modes.
        resolutions: resolutions.
        width_mm: widest area, millimetres.
        height_mm: longest area, millimetres.
    """

    source: Source
    modes: frozenset[ColourMode]
    resolutions: Resolutions
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a device can do, source by source.

    Attributes:
        sources: its sources.
        holds_sheets: whether the next sheet surely stays in the feeder until it is asked for, so that a scan
            may be ended between two sheets and none is lost.
    """

    sources: Sequence[SourceCapabilities]
    holds_sheets: bool = False

    def of(self, source: Source) -> SourceCapabilities | None:
        """What it can do with the source; ``None`` where it has none such."""
        return next((each for each in self.sources if each.source is source), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """What is asked of a device for one scan.

    Attributes:
        source: where the paper lies.
        mode: colour mode.
        dpi: dots per inch, the same both ways.
        width_mm: width of the area from the left edge (the centre for feeders that centre), millimetres.
        height_mm: length of the area from the top edge, millimetres.
    """

    source: Source = Source.FEEDER_DUPLEX
    mode: ColourMode = ColourMode.COLOUR
    dpi: int = 300
    width_mm: float = 210.0
    height_mm: float = 297.0
