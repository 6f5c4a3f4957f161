"""Patch T: four parallel bars by which scanning offices separate documents with bought sheets.

Bars and gaps as Kodak's "Patch Code Information" (A-61599) gives them: narrow bars and all gaps 0.08 inch,
wide bars 0.20 inch, 0.80 inch altogether, bars at least 0.75 inch long; Patch T is narrow, wide, narrow,
wide from the leading edge. Turned upside down it is Patch 3, so both are told as Patch T: software cannot
know which edge of the sheet went first, and either separates.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from scanners.separators.blobs import Blobs

NARROW_MM: Final = 2.03
WIDE_MM: Final = 5.08
GAP_MM: Final = 2.03
#: Bars are at least so long (0.75 inch, less what skew and damage take away).
SHORTEST_MM: Final = 17.0
#: How far a bar or a gap may be off, millimetres: printers spread, scanners blur, copies shrink.
_OFF_MM: Final = 0.75
#: Bars of one patch: how far their angles (degrees) and their ends (share of the length) may differ.
_TILT_DEGREES: Final = 3.0
_ALIGNED: Final = 0.25
_FILLING: Final = 0.85
_PATTERNS: Final = ("NWNW", "WNWN")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """A solid bar; millimetres, direction in degrees of 0 to 180."""

    x: float
    y: float
    length: float
    thickness: float
    direction: float

    @property
    def kind(self) -> str:
        if abs(self.thickness - NARROW_MM) <= _OFF_MM:
            return "N"
        return "W" if abs(self.thickness - WIDE_MM) <= _OFF_MM else "?"


def has_patch_t(blobs: Blobs) -> bool:
    """Whether Patch T, either way up, is on the page at any angle."""
    bars = _bars(blobs)
    return any(_is_patch_t(_beside(bar, bars)) for bar in bars)


def _bars(blobs: Blobs) -> list[_Bar]:
    long_side = np.hypot(blobs.widths, blobs.heights)
    is_likely = long_side >= SHORTEST_MM * blobs.px_per_mm
    bars = []
    for index in np.flatnonzero(is_likely & (blobs.areas >= SHORTEST_MM * 1.2 * blobs.px_per_mm**2)):
        (x, y), (width, height), angle = blobs.rectangle(int(index))
        bar = _Bar(
            x=x / blobs.px_per_mm,
            y=y / blobs.px_per_mm,
            length=max(width, height) / blobs.px_per_mm,
            thickness=min(width, height) / blobs.px_per_mm,
            direction=(angle if width >= height else angle + 90) % 180,
        )
        is_solid = blobs.areas[index] >= _FILLING * width * height
        if is_solid and bar.kind != "?" and bar.length >= SHORTEST_MM:
            bars.append(bar)
    return bars


def _beside(bar: _Bar, bars: list[_Bar]) -> list[tuple[float, _Bar]]:
    """Bars parallel to one and level with it, by their distance across, that one included."""
    found = []
    along = np.array([np.cos(np.radians(bar.direction)), np.sin(np.radians(bar.direction))])
    for other in bars:
        apart = np.array([other.x - bar.x, other.y - bar.y])
        shift = float(along @ apart)
        across = float(along[0] * apart[1] - along[1] * apart[0])
        turned = abs((other.direction - bar.direction + 90) % 180 - 90)
        if turned <= _TILT_DEGREES and abs(shift) <= _ALIGNED * bar.length:
            found.append((across, other))
    return sorted(found, key=lambda each: each[0])


def _is_patch_t(row: list[tuple[float, _Bar]]) -> bool:
    """Whether four bars in a row, and no fifth as near, stand as the patch says."""
    for start in range(len(row) - 3):
        four = row[start : start + 4]
        if "".join(bar.kind for _, bar in four) not in _PATTERNS or not _has_gaps(four):
            continue
        before, behind = row[start - 1 : start] if start else [], row[start + 4 : start + 5]
        if not _has_gaps([*before, four[0]]) and not _has_gaps([four[-1], *behind]):
            return True
    return False


def _has_gaps(row: list[tuple[float, _Bar]]) -> bool:
    """Whether each gap between neighbours, one at least, is as wide as a gap of a patch."""
    gaps = [other[0] - one[0] - (one[1].thickness + other[1].thickness) / 2 for one, other in pairwise(row)]
    return bool(gaps) and all(abs(gap - GAP_MM) <= _OFF_MM for gap in gaps)
